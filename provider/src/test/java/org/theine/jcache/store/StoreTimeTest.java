package org.theine.jcache.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.theine.jcache.Gate;
import org.theine.jcache.Task;
import org.theine.jcache.timer.Clock;
import org.theine.jcache.timer.ExpirationThread;

/** Touches of readers and owners, sweeps, and when the store is swept at all. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StoreTimeTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final AtomicLong ticker = new AtomicLong();
  private final AtomicInteger readings = new AtomicInteger();
  private final List<String> expired = new ArrayList<>();
  private final AtomicInteger settled = new AtomicInteger();
  private final Store<LookedKey, String> store =
      Stores.create(StoreSettings.UNBOUNDED, this::tick, new Told());
  private final LookedKey key = new LookedKey("key");

  private final class Told extends Stores.Unheard<LookedKey> {
    @Override
    public void expired(Entry<LookedKey, String> entry, String value) {
      expired.add(entry.key().name());
    }

    @Override
    public void settled() {
      settled.incrementAndGet();
    }
  }

  private long tick() {
    readings.incrementAndGet();
    return ticker.get();
  }

  private Entry<LookedKey, String> entry() {
    Entry<LookedKey, String> entry = store.find(key, store.hash(key));
    assertThat(entry).isNotNull();
    return entry;
  }

  private long touched(long duration) {
    assertThat(store.access(key, store.hash(key), () -> duration)).isEqualTo("value");
    return entry().deadline();
  }

  @AfterEach
  void structures_atTheEnd_agree() {
    Stores.assertAtRest(store);
  }

  // ---- readers

  /** Touches of more than ten seconds are counted from a time that may be a second late. */
  @Test
  void access_longTouchThatChangesLittle_leavesTheDeadline() {
    Stores.put(store, key, "value", 30 * SECOND);
    assertThat(touched(30 * SECOND)).isEqualTo(30 * SECOND);
    assertThat(touched(29 * SECOND + 1)).isEqualTo(30 * SECOND);
    assertThat(touched(29 * SECOND)).as("a second nearer").isEqualTo(29 * SECOND);
    assertThat(touched(29 * SECOND + SECOND / 4 - 1)).isEqualTo(29 * SECOND);
    assertThat(touched(29 * SECOND + SECOND / 4))
        .as("a quarter of a second further")
        .isEqualTo(29 * SECOND + SECOND / 4);
    assertThat(touched(12 * SECOND)).isEqualTo(12 * SECOND);
  }

  @Test
  void access_longTouchLater_countsFromNow() {
    Stores.put(store, key, "value", 30 * SECOND);
    ticker.addAndGet(5 * SECOND);
    assertThat(touched(26 * SECOND)).isEqualTo(31 * SECOND);
    assertThat(touched(24 * SECOND)).isEqualTo(29 * SECOND);
  }

  @Test
  void access_shortTouch_isExact() {
    Stores.put(store, key, "value", 10 * SECOND + 2);
    assertThat(touched(10 * SECOND + 1)).as("just long").isEqualTo(10 * SECOND + 2);
    assertThat(touched(10 * SECOND)).as("not long").isEqualTo(10 * SECOND);
    assertThat(touched(1)).isEqualTo(1);
  }

  @Test
  void access_touchForEverOrUnchanged_doesAsItSays() {
    Stores.put(store, key, "value", SECOND);
    assertThat(touched(Store.UNCHANGED)).isEqualTo(SECOND);
    assertThat(touched(Clock.NEVER)).isEqualTo(Clock.NEVER);
    ticker.addAndGet(100 * SECOND);
    store.tick();
    assertThat(Stores.contains(store, key)).isTrue();
    assertThat(expired).isEmpty();
  }

  @Test
  void access_durationAskedOnce() {
    Stores.put(store, key, "old", SECOND);
    AtomicInteger asked = new AtomicInteger();
    String value =
        store.access(
            key,
            store.hash(key),
            () -> {
              if (asked.incrementAndGet() == 1) {
                Stores.put(store, key, "new", 2 * SECOND);
              }
              return 3 * SECOND;
            });
    assertThat(value).isEqualTo("new");
    assertThat(asked).hasValue(1);
  }

  @Test
  void accessOfTheEntry_untilItLeaves_givesTheValue() {
    Stores.put(store, key, "value", SECOND);
    Entry<LookedKey, String> entry = entry();
    assertThat(store.access(entry, null)).isEqualTo("value");
    assertThat(store.peek(entry)).isEqualTo("value");
    ticker.addAndGet(SECOND);
    assertThat(store.access(entry, null)).isNull();
    assertThat(store.peek(entry)).isNull();
  }

  @Test
  void forEach_seesAll() {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      Stores.put(store, new LookedKey("key " + i), "value");
    }
    store.forEach(entry -> names.add(entry.key().name()));
    assertThat(names).hasSize(50);
  }

  // ---- owners

  private void asOwner(Consumer<Entry<LookedKey, String>> action) {
    Entry<LookedKey, String> entry = Stores.lock(store, key);
    try {
      action.accept(entry);
    } finally {
      store.exclusive().unlock(entry);
    }
  }

  @Test
  void touch_byTheOwner_movesTheDeadline() {
    Stores.put(store, key, "value", 30 * SECOND);
    asOwner(entry -> store.exclusive().touch(entry, Store.UNCHANGED));
    assertThat(entry().deadline()).isEqualTo(30 * SECOND);
    asOwner(entry -> store.exclusive().touch(entry, 50 * SECOND));
    assertThat(entry().deadline()).isEqualTo(50 * SECOND);
    asOwner(entry -> store.exclusive().touch(entry, SECOND));
    ticker.addAndGet(2 * SECOND);
    store.tick();
    assertThat(expired).as("the timer came nearer too").containsExactly("key");
  }

  @Test
  void touch_withoutExpiry_doesNothing() {
    Store<String, String> eternal = Stores.create(StoreSettings.UNBOUNDED, null);
    Stores.put(eternal, "key", "value");
    Entry<String, String> entry = Stores.lock(eternal, "key");
    eternal.exclusive().touch(entry, 1);
    assertThat(eternal.exclusive().current(entry)).isEqualTo("value");
    eternal.exclusive().unlock(entry);
    eternal.tick();
    assertThat(Stores.contains(eternal, "key")).isTrue();
    Stores.assertAtRest(eternal);
  }

  @Test
  void replace_nearerDeadline_expiresByThen() {
    Stores.put(store, key, "value", 3600 * SECOND);
    asOwner(
        entry -> {
          store.exclusive().replace(entry, "other", 1, SECOND);
          assertThat(entry.isCommitting()).isFalse();
        });
    ticker.addAndGet(2 * SECOND);
    store.tick();
    assertThat(expired).containsExactly("key");
  }

  @Test
  void replace_unchanged_keepsTheDeadline() {
    Stores.put(store, key, "value", 7 * SECOND);
    ticker.addAndGet(SECOND);
    asOwner(entry -> store.exclusive().replace(entry, "other", 1, Store.UNCHANGED));
    assertThat(entry().deadline()).isEqualTo(7 * SECOND);
    assertThat(store.peek(entry())).isEqualTo("other");
  }

  @Test
  void expire_byTheOwner_tellsAndEmpties() {
    Stores.put(store, key, "value");
    asOwner(entry -> store.exclusive().expire(entry));
    assertThat(expired).containsExactly("key");
    assertThat(store.size()).isZero();
  }

  @Test
  void remove_byTheOwner_emptiesAndTellsNobody() {
    Stores.put(store, key, "value", SECOND);
    asOwner(entry -> store.exclusive().remove(entry));
    ticker.addAndGet(2 * SECOND);
    store.tick();
    assertThat(store.size()).isZero();
    assertThat(expired).isEmpty();
  }

  @Test
  void unlock_always_settlesWhatWasTold() {
    asOwner(entry -> settled.set(0));
    assertThat(settled).hasValue(1);
  }

  // ---- sweep

  @Test
  void tick_moreThanOneSweepTakes_allLeave() {
    for (int i = 0; i < 5 * Sweep.LIMIT; i++) {
      Stores.put(store, new LookedKey("key " + i), "value", SECOND);
    }
    settled.set(0);
    ticker.addAndGet(2 * SECOND);
    store.tick();
    assertThat(expired).hasSize(5 * Sweep.LIMIT);
    assertThat(store.size()).isZero();
    assertThat(settled).hasValue(1);
  }

  /** It would come up again and again: the sweep goes on with the others, and ends. */
  @Test
  void tick_entryIsPromisedToAWaiter_endsAndLeavesIt() throws Exception {
    Stores.put(store, key, "value", SECOND);
    Entry<LookedKey, String> entry = Stores.lock(store, key);
    Gate left = new Gate();
    Task<Entry<LookedKey, String>> first =
        Task.start(() -> Stores.lock(store, LookedKey.at("key", 2, left::pass)))
            .awaitParkedFor(entry);
    Task<Entry<LookedKey, String>> second =
        Task.start(() -> Stores.lock(store, key)).awaitParkedFor(entry);
    store.exclusive().unlock(entry);
    left.awaitReached();
    ticker.addAndGet(2 * SECOND);

    store.tick();

    assertThat(expired).isEmpty();
    left.open();
    store.exclusive().unlock(first.result());
    store.exclusive().unlock(second.result());
    store.tick();
    assertThat(expired).containsExactly("key");
  }

  /** Who waits for an entry that the sweep takes looks the key up anew. */
  @Test
  void tick_somebodyComesToWaitMeanwhile_locksTheKeyAnew() throws Exception {
    List<Task<Entry<String, String>>> waiters = new ArrayList<>();
    List<Store<String, String>> swept = new ArrayList<>();
    Store<String, String> waited =
        Stores.create(
            StoreSettings.UNBOUNDED,
            ticker::get,
            new Stores.Unheard<>() {
              @Override
              public void expired(Entry<String, String> entry, String value) {
                try {
                  waiters.add(
                      Task.start(() -> Stores.lock(swept.get(0), "key")).awaitParkedFor(entry));
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
              }
            });
    swept.add(waited);
    Stores.put(waited, "key", "value", SECOND);
    ticker.addAndGet(2 * SECOND);

    waited.tick();

    Entry<String, String> anew = waiters.get(0).result();
    assertThat(anew.value()).isNull();
    waited.exclusive().unlock(anew);
    Stores.assertAtRest(waited);
  }

  // ---- start and close

  @Test
  void start_untilClose_isSweptByItself() throws Exception {
    Stores.put(store, key, "value", SECOND);
    store.start();
    ticker.addAndGet(2 * SECOND);
    for (int rounds = 0; store.size() > 0; rounds++) {
      assertThat(rounds).as("rounds in which nothing was swept").isLessThan(20);
      awaitRounds(1);
    }
    store.close();
    assertNotSweptAnyMore();
  }

  @Test
  void start_afterTheClose_isNotSwept() throws Exception {
    store.close();
    store.start();
    assertNotSweptAnyMore();
  }

  /** A round that was under way at the close may have begun with this store. */
  private void assertNotSweptAnyMore() throws Exception {
    awaitRounds(1);
    readings.set(0);
    awaitRounds(2);
    assertThat(readings).as("looks at the time").hasValue(0);
  }

  private static void awaitRounds(int rounds) throws Exception {
    CountDownLatch called = new CountDownLatch(rounds);
    ExpirationThread.Task task = called::countDown;
    ExpirationThread.register(task);
    assertThat(called.await(60, TimeUnit.SECONDS)).isTrue();
    ExpirationThread.unregister(task);
  }

  @Test
  void requireOpen_closed_isRefusedNamingTheCache() {
    store.requireOpen();
    store.close();
    assertThatThrownBy(store::requireOpen)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("cache 'test' is closed");
  }
}
