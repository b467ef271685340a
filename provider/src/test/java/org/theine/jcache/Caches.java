package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryListener;
import javax.cache.management.CacheStatisticsMXBean;
import javax.management.JMX;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What a test of whole caches needs: a manager of its own, time that is turned by hand, threads.
 * After each test the caches that are still open are audited, then all is closed.
 *
 * <pre>{@code
 * @RegisterExtension final Caches caches = new Caches();
 * }</pre>
 */
final class Caches implements AfterEachCallback {
  /** Bound of every wait: far beyond what a loaded machine needs. */
  static final long PATIENCE_SECONDS = 60;

  private static final AtomicInteger MANAGERS = new AtomicInteger();

  private final TheineCachingProvider provider = new TheineCachingProvider();
  private final URI uri = URI.create("test-" + MANAGERS.incrementAndGet());
  private final List<TheineCache<?, ?>> made = new ArrayList<>();
  private final AtomicLong nanos = new AtomicLong(-5); // as System.nanoTime, it may be negative
  private final ExecutorService threads = Executors.newCachedThreadPool(Caches::daemon);

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "test");
    thread.setDaemon(true);
    return thread;
  }

  TheineCacheManager manager() {
    return (TheineCacheManager) provider.getCacheManager(uri, null);
  }

  /** A configuration with the time of this fixture, and with statistics. */
  <K, V> TheineConfiguration<K, V> configuration() {
    TheineConfiguration<K, V> configuration = new TheineConfiguration<>();
    configuration.setTickerFactory(() -> nanos::get);
    configuration.setStatisticsEnabled(true);
    return configuration;
  }

  /** A cache with a name of its own. */
  <K, V> TheineCache<K, V> create(Configuration<K, V> configuration) {
    return create("cache-" + (made.size() + 1), configuration);
  }

  @SuppressWarnings("unchecked")
  <K, V> TheineCache<K, V> create(String name, Configuration<K, V> configuration) {
    TheineCache<K, V> cache =
        (TheineCache<K, V>) manager().createCache(name, configuration).unwrap(TheineCache.class);
    made.add(cache);
    return cache;
  }

  // ------------------------------------------------------------------------------------------ time

  /** Lets time go by for all caches of {@link #configuration}; what is due is not yet removed. */
  void advance(Duration duration) {
    nanos.addAndGet(duration.toNanos());
  }

  // ------------------------------------------------------------------------------------- listeners

  static <K, V> CacheEntryListenerConfiguration<K, V> synchronous(
      CacheEntryListener<? super K, ? super V> listener) {
    return listening(listener, null, true, true);
  }

  static <K, V> CacheEntryListenerConfiguration<K, V> asynchronous(
      CacheEntryListener<? super K, ? super V> listener) {
    return listening(listener, null, true, false);
  }

  static <K, V> CacheEntryListenerConfiguration<K, V> listening(
      CacheEntryListener<? super K, ? super V> listener,
      @Nullable CacheEntryEventFilter<? super K, ? super V> filter,
      boolean oldValueRequired,
      boolean synchronous) {
    return new MutableCacheEntryListenerConfiguration<>(
        () -> listener, filter == null ? null : () -> filter, oldValueRequired, synchronous);
  }

  // ----------------------------------------------------------------------------------------
  // threads

  /** Runs a task in another thread. */
  <T> Future<T> start(Callable<T> task) {
    return threads.submit(task);
  }

  /** Runs a task in another thread. */
  Future<?> run(Runnable task) {
    return threads.submit(task);
  }

  /** What a task has come to; its failure is thrown as the cause of an AssertionError. */
  static <T> T join(Future<T> task) throws InterruptedException {
    try {
      return task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("a task does not end", e);
    } catch (ExecutionException e) {
      throw new AssertionError("a task failed", e.getCause());
    }
  }

  /** Waits until something has become true in another thread. */
  static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
        throw new AssertionError("not seen within " + PATIENCE_SECONDS + " s: " + what);
      }
      Thread.sleep(1);
    }
  }

  // -------------------------------------------------------------------------------------
  // statistics

  static ObjectName statisticsName(Cache<?, ?> cache) {
    return beanName("CacheStatistics", cache);
  }

  static ObjectName beanName(String type, Cache<?, ?> cache) {
    try {
      return new ObjectName(
          "javax.cache:type=%s,CacheManager=%s,Cache=%s"
              .formatted(type, cache.getCacheManager().getURI(), cache.getName()));
    } catch (MalformedObjectNameException e) {
      throw new AssertionError(e);
    }
  }

  /** The names of all beans of a manager's caches. */
  static Set<ObjectName> beansOf(CacheManager manager) {
    try {
      return ManagementFactory.getPlatformMBeanServer()
          .queryNames(new ObjectName("javax.cache:CacheManager=" + manager.getURI() + ",*"), null);
    } catch (MalformedObjectNameException e) {
      throw new AssertionError(e);
    }
  }

  /** The statistics as management clients see them. */
  static CacheStatisticsMXBean statistics(Cache<?, ?> cache) {
    return JMX.newMXBeanProxy(
        ManagementFactory.getPlatformMBeanServer(),
        statisticsName(cache),
        CacheStatisticsMXBean.class);
  }

  /** Asserts all counters that operations move, and sets them to zero. */
  static void assertCounted(Cache<?, ?> cache, long hits, long misses, long puts, long removals) {
    CacheStatisticsMXBean statistics = statistics(cache);
    assertThat(
            "hits %d, misses %d, puts %d, removals %d"
                .formatted(
                    statistics.getCacheHits(),
                    statistics.getCacheMisses(),
                    statistics.getCachePuts(),
                    statistics.getCacheRemovals()))
        .isEqualTo("hits %d, misses %d, puts %d, removals %d", hits, misses, puts, removals);
    assertThat(statistics.getCacheGets()).isEqualTo(hits + misses);
    statistics.clear();
  }

  // --------------------------------------------------------------------------------------------
  // end

  /** In a thread of its own, so that a cache that cannot even be closed any more fails its test. */
  @Override
  public void afterEach(ExtensionContext context) throws InterruptedException {
    Task.start(this::end).result();
  }

  private @Nullable Void end() throws InterruptedException {
    threads.shutdownNow();
    try {
      assertThat(threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS))
          .as("all threads of the test have ended")
          .isTrue();
      made.stream().filter(cache -> !cache.isClosed()).forEach(TheineCache::audit);
      return null;
    } finally {
      provider.close();
    }
  }
}
