package org.theine.jcache;

import java.util.Collection;
import java.util.Map;
import javax.cache.integration.CacheLoaderException;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.integration.Loading;
import org.theine.jcache.management.CacheStatistics;

/**
 * Loads by the user's loader, and counts it: the only place that calls it, for whatever operation.
 * Safe for use by several threads, as far as the loader is.
 *
 * <p>A key that the loader was asked for is counted once when the loader returns, as loaded or as
 * failed: an operation that waits for the load of another one asks nothing. Failed is every key of
 * a call that throws, or gives null in place of a map; that there is no value for a key is an
 * answer. What fails with the value afterwards, its copying or weighing, is no failure of the
 * loader.
 */
final class CountedLoading<K, V> {
  private final Loading<K, V> loading;
  private final CacheStatistics statistics;

  CountedLoading(Loading<K, V> loading, CacheStatistics statistics) {
    this.loading = loading;
    this.statistics = statistics;
  }

  /** Whether there is a loader; without one nothing is to be loaded. */
  boolean isPresent() {
    return loading.isPresent();
  }

  /**
   * The value of a key, or null if there is none.
   *
   * @throws CacheLoaderException if the loader fails
   */
  @Nullable V load(K key) {
    long started = System.nanoTime();
    boolean answered = false;
    try {
      V value = loading.load(key);
      answered = true;
      return value;
    } finally {
      record(1, answered, started);
    }
  }

  /**
   * The values of several keys, of which one without a value is absent.
   *
   * @throws CacheLoaderException if the loader fails
   */
  Map<K, V> loadAll(Collection<? extends K> keys) {
    long started = System.nanoTime();
    Map<K, V> loaded = null;
    try {
      loaded = loading.loadAll(keys);
    } finally {
      record(keys.size(), loaded != null, started);
    }
    return loaded == null ? Map.of() : loaded;
  }

  private void record(int keys, boolean answered, long started) {
    long nanos = System.nanoTime() - started;
    if (answered) {
      statistics.recordLoads(keys, nanos);
    } else {
      statistics.recordLoadFailures(keys, nanos);
    }
  }

  /** The failure of a load, as an exception of its own for one more caller. */
  CacheLoaderException failure(Throwable failure) {
    return loading.failure(failure);
  }
}
