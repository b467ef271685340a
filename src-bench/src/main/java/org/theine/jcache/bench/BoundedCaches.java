package org.theine.jcache.bench;

import java.lang.management.ManagementFactory;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.management.CacheStatisticsMXBean;
import javax.cache.spi.CachingProvider;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.theine.jcache.TheineCache;
import org.theine.jcache.TheineCachingProvider;
import org.theine.jcache.TheineConfiguration;

/**
 * What the demonstration needs and the JCache API leaves to the provider: the bound, the size, and
 * where the statistics are. Stateless.
 */
public final class BoundedCaches {

  private BoundedCaches() {}

  /** The provider, named, since the class path has others too. */
  static CachingProvider provider() {
    return Caching.getCachingProvider(TheineCachingProvider.class.getName());
  }

  /** A configuration whose caches hold at most {@code maximumSize} entries, with statistics on. */
  static <K, V> MutableConfiguration<K, V> configuration(long maximumSize) {
    TheineConfiguration<K, V> configuration = new TheineConfiguration<>();
    configuration.setMaximumSize(maximumSize);
    return configuration.setStoreByValue(false).setStatisticsEnabled(true);
  }

  /** The number of entries in the cache now. */
  static long size(Cache<?, ?> cache) {
    TheineCache<?, ?> theine = cache.unwrap(TheineCache.class);
    return theine.size();
  }

  /** The cache's own statistics, as any monitoring tool would see them. */
  public static CacheStatisticsMXBean statistics(Cache<?, ?> cache) {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    Set<ObjectName> names = server.queryNames(pattern(cache.getName()), null);
    if (names.size() != 1) {
      throw new IllegalStateException(
          "cache '" + cache.getName() + "' must have one statistics bean: " + names);
    }
    return JMX.newMXBeanProxy(server, names.iterator().next(), CacheStatisticsMXBean.class);
  }

  private static ObjectName pattern(String cacheName) {
    try {
      return new ObjectName("javax.cache:type=CacheStatistics,Cache=" + cacheName + ",*");
    } catch (MalformedObjectNameException e) {
      throw new IllegalArgumentException("cache name must suit an object name: " + cacheName, e);
    }
  }
}
