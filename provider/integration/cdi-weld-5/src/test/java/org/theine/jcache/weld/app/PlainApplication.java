package org.theine.jcache.weld.app;

import java.util.concurrent.Callable;
import javax.cache.Cache;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;

/** Uses a cache where there is nothing of CDI. */
public final class PlainApplication implements Callable<String> {
  /** Made by the test. */
  public PlainApplication() {}

  @Override
  public String call() {
    try (CachingProvider provider = Caching.getCachingProvider()) {
      Cache<String, String> cache =
          provider.getCacheManager().createCache("plain", new MutableConfiguration<>());
      cache.put("a", "b");
      return cache.get("a");
    }
  }
}
