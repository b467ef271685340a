package org.theine.jcache.bench.speed;

import javax.cache.Cache;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.bench.jmh.Mapping;

/**
 * A cache behind {@code javax.cache}. As thread-safe as the cache.
 *
 * @param cache of a provider
 */
public record CacheMapping(Cache<Object, Object> cache) implements Mapping {

  @Override
  public @Nullable Object get(Object key) {
    return cache.get(key);
  }

  @Override
  public void put(Object key, Object value) {
    cache.put(key, value);
  }

  @Override
  public boolean remove(Object key) {
    return cache.remove(key);
  }
}
