package org.theine.jcache.bench.jmh;

import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.Caching;
import javax.cache.expiry.Duration;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.TheineCachingProvider;
import org.theine.jcache.TheineConfiguration;

/** A cache of the provider, through javax.cache and by reference. */
final class CacheMapping implements Mapping {
  private static final Duration IDLE = new Duration(TimeUnit.HOURS, 1);

  private final Cache<Object, Object> cache;

  private CacheMapping(TheineConfiguration<Object, Object> configuration) {
    configuration.setStoreByValue(false);
    cache =
        Caching.getCachingProvider(TheineCachingProvider.class.getName())
            .getCacheManager()
            .createCache("measured-" + System.nanoTime(), configuration);
  }

  static CacheMapping unbounded() {
    return new CacheMapping(new TheineConfiguration<>());
  }

  static CacheMapping bounded(long maximum) {
    return new CacheMapping(new TheineConfiguration<>().setMaximumSize(maximum));
  }

  static CacheMapping touched() {
    TheineConfiguration<Object, Object> configuration = new TheineConfiguration<>();
    configuration.setExpiryPolicyFactory(TouchedExpiryPolicy.factoryOf(IDLE));
    return new CacheMapping(configuration);
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
