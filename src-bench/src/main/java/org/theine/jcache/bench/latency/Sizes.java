package org.theine.jcache.bench.latency;

import javax.cache.Cache;
import org.cache2k.operation.CacheControl;
import org.theine.jcache.TheineCache;
import org.theine.jcache.bench.jmh.CacheMapping;
import org.theine.jcache.bench.jmh.Mapping;
import org.theine.jcache.bench.speed.Contestant;

/** How many entries a cache holds, expired ones included. */
interface Sizes {

  /** The number now; {@link Long#MAX_VALUE} if the cache does not tell. */
  long now();

  /** How to ask a contestant's cache. */
  static Sizes of(Contestant contestant, Mapping mapping) {
    return mapping instanceof CacheMapping opened
        ? of(contestant, opened.cache())
        : () -> Long.MAX_VALUE;
  }

  private static Sizes of(Contestant contestant, Cache<?, ?> cache) {
    return switch (contestant) {
      case THEINE -> cache.unwrap(TheineCache.class)::size;
      case CAFFEINE_JCACHE ->
          cache.unwrap(com.github.benmanes.caffeine.cache.Cache.class)::estimatedSize;
      case CACHE2K_JCACHE -> {
        CacheControl control = CacheControl.of(cache.unwrap(org.cache2k.Cache.class));
        yield control::getSize;
      }
      default -> () -> Long.MAX_VALUE;
    };
  }
}
