package org.theine.jcache.faults;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryEventFilter;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.TheineCache;
import org.theine.jcache.TheineCachingProvider;
import org.theine.jcache.TheineConfiguration;

/** A cache all of whose parts are trapped, with what was written, heard and told. */
final class World implements AutoCloseable {
  /** The keys of the operations. */
  static final int A = 1;

  static final int B = 2;

  /** The first of the keys that no operation asks for, and that may share their hash. */
  static final int BYSTANDER = 10;

  /** A key that is there and has a hash of its own. */
  static final int APART = 900;

  /** From here on keys come and go while a callback hangs. */
  static final int OTHERS = 1000;

  private static final String SWEEPER = "theine-jcache-expiration";
  private static final int SHARED_HASH = 7;
  private static final int SHORT_MINUTES = 10;
  private static final int LONG_MINUTES = 1000;

  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final CacheManager MANAGER =
      new TheineCachingProvider().getCacheManager(URI.create("faults"), null);

  final Profile profile;
  final Start start;
  final Trap trap = new Trap();
  final Map<Integer, String> written = new ConcurrentHashMap<>();
  final Map<Integer, List<String>> heard = new ConcurrentHashMap<>();
  final Map<Integer, List<String>> heardLater = new ConcurrentHashMap<>();
  final List<Object> told = new CopyOnWriteArrayList<>();
  final PlugIns.TrappedExecutor executor = new PlugIns.TrappedExecutor(trap);
  final TheineCache<Key, Value> cache;

  /** What was to be seen before the operation. */
  final Observation before;

  private final AtomicInteger minutes = new AtomicInteger(SHORT_MINUTES);
  private final AtomicLong nanos = new AtomicLong(-5);

  World(Profile profile, Start start) {
    this.profile = profile;
    this.start = start;
    this.cache = create();
    this.before = fill();
  }

  private TheineCache<Key, Value> create() {
    TheineConfiguration<Key, Value> configuration =
        new TheineConfiguration<Key, Value>()
            .setShards(1)
            .setTickerFactory(() -> this::time)
            .setExecutorFactory(() -> executor)
            .setStatisticsEnabled(true)
            .setStoreByValue(has(Profile.Trait.COPIER) || has(Profile.Trait.SERIALIZER));
    if (has(Profile.Trait.LOADER)) {
      configuration.setReadThrough(true).setCacheLoaderFactory(() -> new PlugIns.Loader(trap));
    }
    if (has(Profile.Trait.WRITER)) {
      configuration
          .setWriteThrough(true)
          .setCacheWriterFactory(() -> new PlugIns.Writer(trap, written));
    }
    if (has(Profile.Trait.EXPIRY)) {
      configuration.setExpiryPolicyFactory(
          () -> new PlugIns.Policy(trap, minutes, has(Profile.Trait.TOUCH)));
    }
    if (has(Profile.Trait.COPIER)) {
      configuration.setCopierFactory(() -> new PlugIns.TrappedCopier(trap));
    }
    if (has(Profile.Trait.SERIALIZER)) {
      configuration.setSerializerFactory(() -> new PlugIns.TrappedSerializer(trap));
    }
    int maximum = has(Profile.Trait.BOUND) ? seeds() : OTHERS;
    if (has(Profile.Trait.WEIGHER)) {
      configuration.setMaximumWeight(
          maximum, () -> (key, value) -> trap.during(Callback.WEIGHER, () -> 1));
    } else if (has(Profile.Trait.BOUND)) {
      configuration.setMaximumSize(maximum);
    }
    String name = "faults-" + NAMES.incrementAndGet();
    @SuppressWarnings("unchecked")
    TheineCache<Key, Value> created =
        MANAGER.createCache(name, configuration).unwrap(TheineCache.class);
    listen(created, new PlugIns.TrappedListener(trap, true), true);
    listen(created, new PlugIns.TrappedListener(trap, false), false);
    listen(created, new PlugIns.Recorder(heard), true);
    listen(created, new PlugIns.Recorder(heardLater), false);
    return created;
  }

  private void listen(
      TheineCache<Key, Value> created, PlugIns.Listener listener, boolean synchronous) {
    CacheEntryEventFilter<Key, Value> filter =
        listener instanceof PlugIns.TrappedListener ? new PlugIns.Filter(trap, synchronous) : null;
    created.registerCacheEntryListener(
        new MutableCacheEntryListenerConfiguration<>(
            () -> listener,
            filter == null ? null : () -> filter,
            has(Profile.Trait.OLD_VALUE),
            synchronous));
  }

  boolean has(Profile.Trait trait) {
    return profile.has(trait);
  }

  private int seeds() {
    return profile.bystanders() + 1 + (start == Start.ABSENT ? 0 : 2);
  }

  private Observation fill() {
    if (start != Start.ABSENT) {
      cache.put(key(A), value("old " + A));
      cache.put(key(B), value("old " + B));
    }
    minutes.set(LONG_MINUTES);
    for (int i = 0; i < profile.bystanders(); i++) {
      cache.put(key(BYSTANDER + i), value("bystander"));
    }
    cache.put(key(APART), value("bystander"));
    minutes.set(SHORT_MINUTES);
    executor.awaitQuiet();
    Observation filled = Observation.of(this);
    if (start == Start.EXPIRED) {
      filled.content().remove(A);
      filled.content().remove(B);
    }
    advanceMinutes(start == Start.EXPIRED ? SHORT_MINUTES : 1);
    return filled;
  }

  /** The sweep comes when the test calls it, not in between. */
  private long time() {
    if (Thread.currentThread().getName().equals(SWEEPER)) {
      throw new IllegalStateException("no sweep in the background");
    }
    return nanos.get();
  }

  void advanceMinutes(long amount) {
    nanos.addAndGet(TimeUnit.MINUTES.toNanos(amount));
  }

  void advanceNanos(long amount) {
    nanos.addAndGet(amount);
  }

  /** The keys of the operations, and those that are there besides. */
  Set<Integer> ids() {
    Set<Integer> ids = new LinkedHashSet<>(List.of(A, B));
    for (int i = 0; i < profile.bystanders(); i++) {
      ids.add(BYSTANDER + i);
    }
    ids.add(APART);
    return ids;
  }

  /** A key of its own, so that the cache has to ask equals. */
  Key key(int id) {
    boolean shared = profile.sharesHashes() && id < APART;
    return new Key(id, shared ? SHARED_HASH : id * 31, trap);
  }

  Key a() {
    return key(A);
  }

  Value value(String text) {
    return new Value(text, trap);
  }

  /** Both keys of the operations; built unseen. */
  Set<Key> both() {
    return Trap.lookingOn(
        () -> {
          Set<Key> keys = new LinkedHashSet<>();
          keys.add(key(A));
          keys.add(key(B));
          return keys;
        });
  }

  Map<Key, Value> newMappings() {
    return Trap.lookingOn(
        () -> {
          Map<Key, Value> mappings = new LinkedHashMap<>();
          mappings.put(key(A), value("new " + A));
          mappings.put(key(B), value("new " + B));
          return mappings;
        });
  }

  /** What the cache has; unseen by the trap, and without a load. */
  Map<Integer, String> content() {
    return Trap.lookingOn(
        () -> {
          Map<Integer, String> content = new TreeMap<>();
          for (Cache.Entry<Key, Value> entry : cache) {
            content.put(entry.getKey().id, entry.getValue().text);
          }
          return content;
        });
  }

  /** Puts, removals, evictions. */
  long[] counts() {
    try {
      ObjectName name =
          new ObjectName(
              "javax.cache:type=CacheStatistics,CacheManager=faults,Cache=" + cache.getName());
      List<Attribute> attributes =
          ManagementFactory.getPlatformMBeanServer()
              .getAttributes(name, new String[] {"CachePuts", "CacheRemovals", "CacheEvictions"})
              .asList();
      return attributes.stream().mapToLong(each -> (Long) each.getValue()).toArray();
    } catch (JMException e) {
      throw new AssertionError(e);
    }
  }

  /** An eviction whose key has a listener that hangs is told when that one is done. */
  boolean hasToldEvictions() {
    long told =
        heard.values().stream()
            .mapToLong(
                events ->
                    List.copyOf(events).stream()
                        .filter(event -> event.startsWith("EVICTED"))
                        .count())
            .sum();
    return told >= counts()[2];
  }

  static <T> List<T> newList(Object ignored) {
    return Collections.synchronizedList(new java.util.ArrayList<>());
  }

  /** The text of what an operation has given. */
  static String text(@Nullable Object result) {
    if (result instanceof Map<?, ?> map) {
      Map<String, String> sorted = new TreeMap<>();
      map.forEach((key, value) -> sorted.put(key.toString(), text(value)));
      return sorted.toString();
    }
    return String.valueOf(result);
  }

  @Override
  public void close() {
    trap.disarm();
    trap.release();
    Threads.run("closing", cache::close);
  }
}
