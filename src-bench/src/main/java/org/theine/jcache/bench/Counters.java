package org.theine.jcache.bench;

import javax.cache.Cache;
import javax.cache.management.CacheStatisticsMXBean;

/**
 * What a cache says of itself at one moment.
 *
 * @param hits in its statistics, as the next four
 * @param misses of its look-ups
 * @param puts without loads
 * @param removals by the caller
 * @param evictions to keep the bound
 * @param present the entries it holds
 */
record Counters(long hits, long misses, long puts, long removals, long evictions, long present) {

  /** Asks the cache. */
  static Counters of(Cache<?, ?> cache) {
    CacheStatisticsMXBean statistics = BoundedCaches.statistics(cache);
    return new Counters(
        statistics.getCacheHits(),
        statistics.getCacheMisses(),
        statistics.getCachePuts(),
        statistics.getCacheRemovals(),
        statistics.getCacheEvictions(),
        BoundedCaches.size(cache));
  }
}
