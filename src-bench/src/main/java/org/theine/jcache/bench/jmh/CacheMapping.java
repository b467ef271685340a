package org.theine.jcache.bench.jmh;

import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.Caching;
import javax.cache.expiry.Duration;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.TheineCachingProvider;
import org.theine.jcache.TheineConfiguration;

/**
 * A cache behind {@code javax.cache}. As thread-safe as the cache.
 *
 * @param cache of any provider
 */
public record CacheMapping(Cache<Object, Object> cache) implements Mapping {
  private static final Duration IDLE = new Duration(TimeUnit.HOURS, 1);

  /** A cache of ours, by reference like the following, without a bound. */
  static CacheMapping unbounded() {
    return of(new TheineConfiguration<>());
  }

  /** One with a maximum number of entries. */
  static CacheMapping bounded(long maximum) {
    return of(new TheineConfiguration<>().setMaximumSize(maximum));
  }

  /** One without a bound whose entries live for an hour from each look. */
  static CacheMapping touched() {
    TheineConfiguration<Object, Object> configuration = new TheineConfiguration<>();
    configuration.setExpiryPolicyFactory(TouchedExpiryPolicy.factoryOf(IDLE));
    return of(configuration);
  }

  private static CacheMapping of(TheineConfiguration<Object, Object> configuration) {
    configuration.setStoreByValue(false);
    return new CacheMapping(
        Caching.getCachingProvider(TheineCachingProvider.class.getName())
            .getCacheManager()
            .createCache("measured-" + System.nanoTime(), configuration));
  }

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
