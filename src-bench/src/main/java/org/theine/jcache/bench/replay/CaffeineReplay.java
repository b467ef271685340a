package org.theine.jcache.bench.replay;

import com.github.benmanes.caffeine.cache.Cache;

/** A cache of Caffeine, by its own API. Thread-safe. */
final class CaffeineReplay implements ReplayedCache {
  private final Cache<Long, Integer> cache;
  private final boolean weighted;

  CaffeineReplay(Cache<Long, Integer> cache) {
    this.cache = cache;
    this.weighted = cache.policy().eviction().orElseThrow().isWeighted();
  }

  @Override
  public boolean request(Long key, Integer weight) {
    if (cache.getIfPresent(key) != null) {
      return true;
    }
    cache.put(key, weight);
    return false;
  }

  @Override
  public long live() {
    return weighted
        ? cache.policy().eviction().orElseThrow().weightedSize().orElseThrow()
        : cache.asMap().size();
  }

  @Override
  public long counted() {
    return cache.asMap().values().stream().mapToLong(Integer::longValue).sum();
  }

  @Override
  public void close() {
    cache.invalidateAll();
  }
}
