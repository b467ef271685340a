package org.theine.jcache.bench.replay;

import java.util.function.ToLongFunction;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.Configuration;
import javax.cache.spi.CachingProvider;

/** A cache behind {@code javax.cache}. As thread-safe as the cache. */
final class JCacheReplay implements ReplayedCache {
  private static final String NAME = "replay";

  private final CacheManager manager;
  private final Cache<Long, Integer> cache;
  private final ToLongFunction<Cache<Long, Integer>> live;

  /**
   * Makes the cache; {@code live} knows how to ask this kind of cache for what it holds, maybe by
   * its statistics.
   */
  JCacheReplay(
      String provider,
      Configuration<Long, Integer> configuration,
      boolean statistics,
      ToLongFunction<Cache<Long, Integer>> live) {
    CachingProvider found = Caching.getCachingProvider(provider);
    this.manager = found.getCacheManager();
    this.cache = manager.createCache(NAME, configuration);
    manager.enableStatistics(NAME, statistics);
    this.live = live;
  }

  @Override
  public boolean request(Long key, Integer weight) {
    if (cache.get(key) != null) {
      return true;
    }
    cache.put(key, weight);
    return false;
  }

  @Override
  public long live() {
    return live.applyAsLong(cache);
  }

  @Override
  public long counted() {
    long counted = 0;
    for (Cache.Entry<Long, Integer> entry : cache) {
      counted += entry.getValue();
    }
    return counted;
  }

  @Override
  public void close() {
    manager.close();
  }
}
