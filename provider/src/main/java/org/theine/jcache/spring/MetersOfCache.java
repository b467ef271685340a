package org.theine.jcache.spring;

import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.jcache.JCacheCache;
import org.theine.jcache.TheineCache;
import org.theine.jcache.micrometer.TheineCacheMetrics;

/** What binds the meters of one of Spring's caches. */
final class MetersOfCache {
  private MetersOfCache() {}

  /** Returns the binder of a cache, or null if it is none of this provider. */
  static @Nullable MeterBinder binder(JCacheCache springs, Iterable<Tag> tags) {
    if (!(springs.getNativeCache() instanceof TheineCache<?, ?> cache)) {
      return null;
    }
    MeterBinder binder = new TheineCacheMetrics(cache, tags);
    return registry -> {
      boolean enabled = cache.statistics().enabled();
      binder.bindTo(registry);
      if (!enabled && !cache.isClosed()) { // the binder enables what the user disabled
        cache.getCacheManager().enableStatistics(cache.getName(), false);
      }
    };
  }
}
