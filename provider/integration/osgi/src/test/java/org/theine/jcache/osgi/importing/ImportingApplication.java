package org.theine.jcache.osgi.importing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.spi.CachingProvider;
import org.theine.jcache.TheineCache;
import org.theine.jcache.TheineConfiguration;

/**
 * Uses a bounded cache by the provider's own API, and leaves it open: whoever stops the bundle has
 * to close it. For one thread.
 */
public final class ImportingApplication implements Callable<Map<String, Object>>, AutoCloseable {
  private final ClassLoader own = ImportingApplication.class.getClassLoader();
  private final CachingProvider provider =
      Caching.getCachingProvider("org.theine.jcache.TheineCachingProvider", own);

  /** Made by the test, through the bundle's class loader. */
  public ImportingApplication() {}

  /**
   * Fills a bounded cache.
   *
   * @return what was seen, by what it was looked for
   */
  @Override
  public Map<String, Object> call() {
    CacheManager manager = provider.getCacheManager(null, own);
    Cache<Integer, String> cache =
        manager.createCache(
            "bounded",
            new TheineConfiguration<Integer, String>()
                .setTypes(Integer.class, String.class)
                .setMaximumSize(10));
    for (int i = 0; i < 100; i++) {
      cache.put(i, "value " + i);
    }
    int held = 0;
    for (Cache.Entry<Integer, String> entry : cache) {
      held += entry.getValue().startsWith("value") ? 1 : 0;
    }
    Map<String, Object> seen = new LinkedHashMap<>();
    seen.put("held", held);
    seen.put("unwraps", cache.unwrap(TheineCache.class) == cache);
    return seen;
  }

  @Override
  public void close() {
    provider.close(own);
  }
}
