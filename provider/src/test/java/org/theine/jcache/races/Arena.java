package org.theine.jcache.races;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.CacheAudit;
import org.theine.jcache.TheineCache;
import org.theine.jcache.TheineCachingProvider;
import org.theine.jcache.TheineConfiguration;
import org.theine.jcache.races.KeyState.Counts;

/**
 * A cache on which operations meet, and what is around it. Its operations are for any thread,
 * beginning and looking at a round for one.
 */
final class Arena implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final long SECOND = 1_000_000_000;
  private static final long PATIENCE_NANOS = 60 * SECOND;
  private static final String[] COUNTERS = {
    "CacheHits", "CacheMisses", "CachePuts", "CacheRemovals", "CacheEvictions"
  };

  final Setting setting;
  final Queue<String> misfits = new ConcurrentLinkedQueue<>();
  final Behind behind = new Behind(misfits);
  final Cache<Key, Box> cache;
  private final TheineCachingProvider provider = new TheineCachingProvider();
  private final CacheManager manager;
  private final ObjectName statistics;
  private final AtomicLong nanos = new AtomicLong();
  private final Stories stories = new Stories(misfits);

  /** Listeners that come or go in a round. */
  private final Deque<CacheEntryListenerConfiguration<Key, Box>> extra = new ArrayDeque<>();

  /** Looks of the sweep at a cache that has been closed; one may have been under way. */
  final AtomicInteger lateTicks = new AtomicInteger();

  private final AtomicInteger ticks = new AtomicInteger();
  private volatile boolean cacheIsGone;
  private boolean clears;
  private Counts countsBefore = Counts.ZERO;

  Arena(Setting setting) {
    this.setting = setting;
    this.manager = provider.getCacheManager(URI.create("races-" + COUNT.incrementAndGet()), null);
    this.cache = manager.createCache("arena", configuration());
    try {
      this.statistics =
          new ObjectName(
              "javax.cache:type=CacheStatistics,CacheManager=%s,Cache=arena"
                  .formatted(manager.getURI()));
    } catch (JMException e) {
      throw new AssertionError(e);
    }
  }

  private TheineConfiguration<Key, Box> configuration() {
    TheineConfiguration<Key, Box> configuration = new TheineConfiguration<>();
    configuration.setStoreByValue(setting.byValue());
    configuration.setStatisticsEnabled(true);
    configuration.setTickerFactory(() -> this::readTicker);
    configuration.setExecutorFactory(() -> Runnable::run);
    configuration.setExpiryPolicyFactory(setting.expiry());
    if (setting.reads()) {
      configuration.setReadThrough(true).setCacheLoaderFactory(() -> behind.new Loader());
    }
    if (setting.writes()) {
      configuration.setWriteThrough(true).setCacheWriterFactory(() -> behind.new Writer());
    }
    if (setting.asks()) {
      long maximum = setting.maximum() > 0 ? setting.maximum() : 1_000;
      configuration.setMaximumWeight(maximum, () -> (key, value) -> weigh());
    } else if (setting.maximum() > 0) {
      configuration.setMaximumSize(setting.maximum());
    }
    if (setting.listens()) {
      configuration.addCacheEntryListenerConfiguration(listening(stories));
    }
    return configuration;
  }

  private long readTicker() {
    if (Thread.currentThread().getName().equals("theine-jcache-expiration")) {
      (cacheIsGone ? lateTicks : ticks).incrementAndGet();
    }
    return nanos.get();
  }

  private static int weigh() {
    Callback.WEIGHER.reached();
    return 1;
  }

  private static CacheEntryListenerConfiguration<Key, Box> listening(Stories listener) {
    return new MutableCacheEntryListenerConfiguration<>(() -> listener, null, true, true);
  }

  // ---------------------------------------------------------------------------- what operations do

  void turnTheClock() {
    nanos.addAndGet(Setting.TURN_SECONDS * SECOND);
  }

  /** A cache without a maximum refuses. */
  void setMaximum(long maximum) {
    cache.unwrap(TheineCache.class).setMaximum(maximum);
  }

  void register() {
    Stories listener = new Stories(misfits);
    listener.begin(clears);
    CacheEntryListenerConfiguration<Key, Box> configuration = listening(listener);
    synchronized (extra) {
      extra.add(configuration);
    }
    cache.registerCacheEntryListener(configuration);
  }

  void deregister() {
    CacheEntryListenerConfiguration<Key, Box> configuration;
    synchronized (extra) {
      configuration = extra.poll();
    }
    cache.deregisterCacheEntryListener(
        configuration == null ? listening(stories) : configuration); // of an unknown one: nothing
  }

  void toggleStatistics() {
    manager.enableStatistics(cache.getName(), false);
    manager.enableStatistics(cache.getName(), true);
  }

  // ---------------------------------------------------------------------------------------- rounds

  /**
   * Sets the scene. That all keys can be changed shows that no lock was left behind.
   *
   * @param beginning of keys 1 and 2, in this order; 3 and 4 are absent
   * @param clear whether what was there goes by a clear
   */
  void begin(Pair pair, List<KeyState> beginning, boolean clear) {
    clears = pair.has(Action.CLEAR);
    while (!extra.isEmpty()) {
      deregister();
    }
    if (setting.maximum() > 0) {
      setMaximum(setting.maximum());
    }
    for (int key = Answers.KEYS; key > 0; key--) {
      if (!clear || key <= 2) {
        cache.remove(Action.KEYS.get(key));
      }
    }
    if (clear) {
      cache.clear();
    }
    for (int key = 1; key <= Answers.KEYS; key++) {
      KeyState state = key <= 2 ? beginning.get(key - 1) : null;
      if (state != null && state.cached != KeyState.NOTHING) {
        cache.put(Action.KEYS.get(key), new Box(state.cached));
      }
      behind.set(key, state == null ? KeyState.NOTHING : state.stored);
    }
    for (int i = 0; i < 2; i++) {
      if ((i == 0 ? pair.first() : pair.second()) == Action.DEREGISTER) {
        register();
      }
    }
    stories.begin(clears);
    countsBefore = counts();
  }

  /** What operations have counted since the round began. */
  Counts counted() {
    return counts().minus(countsBefore);
  }

  private Counts counts() {
    try {
      List<Attribute> counts =
          ManagementFactory.getPlatformMBeanServer().getAttributes(statistics, COUNTERS).asList();
      long[] numbers = counts.stream().mapToLong(each -> (Long) each.getValue()).toArray();
      return new Counts(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
    } catch (JMException e) {
      throw new AssertionError(e);
    }
  }

  /** The values of all keys, by number, when what is due has gone. */
  int[] settled() {
    if (setting.expires()) {
      cache.unwrap(TheineCache.class).expireNow();
    }
    CacheAudit.audit(cache);
    int[] values = new int[Answers.KEYS + 1];
    Arrays.fill(values, KeyState.NOTHING);
    cache.forEach(entry -> values[entry.getKey().number] = entry.getValue().number);
    return values;
  }

  // ------------------------------------------------------------------------------------------- end

  /** Closes the cache in one of the ways there are. */
  void end(int way) {
    switch (way % 3) {
      case 0 -> cache.close();
      case 1 -> manager.destroyCache(cache.getName());
      default -> manager.close();
    }
    cacheIsGone = true;
  }

  boolean isGone() {
    return cacheIsGone;
  }

  /** Waits until the sweep has looked at the cache some times. */
  void awaitTicks(int more) throws InterruptedException {
    long since = System.nanoTime();
    for (int before = ticks.get(); ticks.get() - before < more; ) {
      if (System.nanoTime() - since > PATIENCE_NANOS) {
        throw new AssertionError("no sweep looks at the cache any more");
      }
      Thread.sleep(10);
    }
  }

  /** What the closed cache has left behind, or null. */
  @Nullable String leftover() {
    int plugIns = (setting.reads() ? 1 : 0) + (setting.writes() ? 1 : 0);
    if (behind.closed.get() != plugIns) {
      return "closed " + behind.closed + " of " + plugIns + " plug-ins";
    }
    if (ManagementFactory.getPlatformMBeanServer().isRegistered(statistics)) {
      return "a bean";
    }
    if (cache.unwrap(TheineCache.class).size() != 0) {
      return "entries";
    }
    if (!manager.isClosed() && manager.getCache(cache.getName()) != null) {
      return "its name";
    }
    try {
      cache.containsKey(Action.KEYS.get(1));
      return "a usable cache";
    } catch (IllegalStateException e) {
      return misfits.isEmpty() ? null : misfits.toString();
    }
  }

  String story(int key) {
    return stories.of(key);
  }

  @Override
  public void close() {
    provider.close();
  }
}
