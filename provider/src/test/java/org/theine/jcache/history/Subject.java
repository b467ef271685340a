package org.theine.jcache.history;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.integration.CompletionListener;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.CacheAudit;
import org.theine.jcache.TheineCache;
import org.theine.jcache.TheineConfiguration;

/**
 * A cache, with what is plugged into it, on which one history after the other runs. Used by all
 * threads of a history; changed between histories only.
 */
final class Subject {
  /** Two and a half of these are the life of an entry that lives for two ticks, see advance. */
  static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Codes below are written by calls. */
  private static final int FIRST_LOADED = Stamp.INCREMENT / 2;

  final Cache<Key, Stamp> cache;
  final History history;

  private final Setting setting;
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger loads = new AtomicInteger();
  private final Map<Key, Stamp> written = new ConcurrentHashMap<>();
  private final Story story = new Story(this);
  private final Key[] keys = new Key[Call.KEYS];

  Subject(
      Setting setting,
      CacheManager manager,
      String name,
      UnaryOperator<Cache<Key, Stamp>> disguise) {
    this.setting = setting;
    this.history = new History(setting.threads(), 0);
    TheineConfiguration<Key, Stamp> configuration = new TheineConfiguration<>();
    configuration.setStoreByValue(false);
    configuration.setShards(1);
    configuration.setTickerFactory(() -> this::nanos);
    configuration.setExecutorFactory(() -> Runnable::run);
    setting.configure(configuration, this);
    cache = disguise.apply(manager.createCache(name, configuration));
  }

  // ------------------------------------------------------------------------------------- plugged
  // in

  /** A load by the call that runs in this thread: each time another value. */
  Stamp load(Key key) {
    Call call = Worker.currentCall();
    Stamp known = setting.readsBack() ? written.get(key) : null;
    int code = known == null ? FIRST_LOADED + loads.getAndIncrement() : known.code();
    if (isOwn(key)) {
      if (call.loaded[indexOf(key)] != 0) {
        call.fail("the loader is asked twice by one call");
      }
      call.loaded[indexOf(key)] = code;
    }
    pause(call);
    return Stamp.of(history.number, code);
  }

  boolean clears() {
    return setting.clears();
  }

  void write(Key key, Stamp value) {
    pause(Worker.currentCall());
    written.put(key, value);
  }

  void delete(Key key) {
    pause(Worker.currentCall());
    written.remove(key);
  }

  Story story() {
    return story;
  }

  /**
   * A nanosecond goes by with each reading, so that no two deadlines are equal: a touch would take
   * the deadline of a newer value for the one that it has seen.
   */
  private long nanos() {
    Worker.pauseInside(); // before: what is read is not to be older than it must
    return nanos.incrementAndGet();
  }

  /** Lets some time pass as user code does, or lets another thread run. */
  static void pause(Call call) {
    if (call.pause == Call.NAP) {
      LockSupport.parkNanos(1);
    }
    for (int i = 0; i < call.pause; i++) {
      Thread.onSpinWait();
    }
  }

  // ------------------------------------------------------------------------------ before and after

  /** Makes the cache empty for the next history. */
  void begin(long number, long seed) {
    cache.clear();
    setting.plan(history, number, seed);
    for (int key = 0; key < Call.KEYS; key++) {
      keys[key] = setting.key((int) number * Call.KEYS + key);
    }
    loads.set(0);
    written.clear();
    story.clear();
    for (int other = 0; other < setting.others(number); other++) {
      cache.put(setting.key(-1 - other), Stamp.of(number, 1));
    }
  }

  /** What went wrong, or null; at rest. */
  @Nullable String end(Search search) {
    Map<Key, Stamp> left = new HashMap<>();
    cache.forEach(entry -> left.put(entry.getKey(), entry.getValue()));
    for (int key = 0; key < Call.KEYS; key++) {
      Stamp stamp = left.get(keys[key]);
      history.left[key] = stamp == null ? 0 : stamp.code();
    }
    String failed = failedCall();
    if (failed != null) {
      return failed;
    }
    String plugIns = setting.writes() ? unwritten(left) : null;
    if (plugIns == null && setting.listens()) {
      plugIns = story.misfit(setting.expires() || setting.clears());
    }
    if (plugIns != null) {
      return plugIns;
    }
    if (setting.expires() && history.all().stream().anyMatch(call -> call.shownAgain)) {
      return null; // somebody has touched what the story does not tell
    }
    int unexplained = setting.unexplained(search, history);
    return unexplained == 0 ? null : "no order explains keys " + namesOf(unexplained);
  }

  /** Walks all structures. */
  void audit() {
    CacheAudit.audit(cache);
  }

  private @Nullable String failedCall() {
    for (Call[] ofThread : history.calls) {
      for (Call call : ofThread) {
        if (call.failure != null) {
          return call.name() + " failed: " + call.failure;
        }
        if (setting.loads() && call.action.loads()) {
          for (int key = 0; key < Call.KEYS; key++) {
            if (call.concerns(key) && call.answers[key] == 0) {
              return call.name() + " answered none, though there is a loader";
            }
          }
        }
      }
    }
    return null;
  }

  /** What is in the cache was written last, unless it was loaded. */
  private @Nullable String unwritten(Map<Key, Stamp> left) {
    for (Key key : keys) {
      if (!agrees(left.get(key), written.get(key))) {
        return "written: " + written;
      }
    }
    return null;
  }

  private boolean agrees(@Nullable Stamp there, @Nullable Stamp behind) {
    if (there == null) {
      return behind == null || setting.clears();
    }
    boolean invented = isLoaded(there) && (behind == null || !setting.readsBack());
    return invented || there.equals(behind);
  }

  private static boolean isLoaded(Stamp stamp) {
    return stamp.code() < Stamp.INCREMENT && stamp.code() >= FIRST_LOADED;
  }

  private static String namesOf(int keys) {
    StringBuilder names = new StringBuilder();
    for (int key = 0; key < Call.KEYS; key++) {
      if ((keys & 1 << key) != 0) {
        names.append(" k").append(key);
      }
    }
    return names.toString();
  }

  // ----------------------------------------------------------------------------------------- calls

  Key key(int index) {
    return keys[index];
  }

  /** The key that the cache may have, or one that equals it: the cache has to find out. */
  Key key(Call call) {
    Key key = keys[call.key()];
    return call.pause == 0 ? key : new Key(key.number(), key.hash());
  }

  boolean isOwn(Key key) {
    return key.number() >= 0;
  }

  int indexOf(Key key) {
    return key.number() - keys[0].number();
  }

  Stamp value(Call call) {
    return value(call, key(call));
  }

  Stamp value(Call call, Key key) {
    return Stamp.of(history.number, call.values[indexOf(key)]);
  }

  Stamp expected(Call call) {
    return Stamp.of(history.number, call.expected);
  }

  void answer(Call call, boolean answer) {
    call.answers[call.key()] = answer ? 1 : 0;
  }

  void answer(Call call, @Nullable Stamp answer) {
    answer(call, key(call), answer);
  }

  void answer(Call call, Map<Key, Stamp> answers) {
    answers.forEach((key, value) -> answer(call, key, value));
  }

  void answer(Call call, Key key, @Nullable Stamp answer) {
    int index = indexOf(key);
    if (index < 0 || index >= Call.KEYS || !call.concerns(index)) {
      call.fail("an answer for a key that nobody asked for: " + key);
    } else if (answer != null && !answer.isOf(history.number)) {
      call.fail("a value of another history: " + answer);
    } else {
      call.answers[index] = answer == null ? 0 : answer.code();
    }
  }

  void load(Call call, Set<Key> asked, boolean replace) {
    AtomicBoolean completed = new AtomicBoolean();
    cache.loadAll(
        asked,
        replace,
        new CompletionListener() {
          @Override
          public void onCompletion() {
            completed.set(true);
          }

          @Override
          public void onException(Exception e) {
            call.failure = e;
          }
        });
    if (!completed.get()) {
      call.fail("loadAll has not completed");
    }
  }

  void advance(int ticks) {
    nanos.addAndGet(ticks * TICK_NANOS);
  }

  void expireNow() {
    cache.unwrap(TheineCache.class).expireNow();
  }
}
