package org.theine.jcache.bench.shop;

import java.util.ArrayList;
import java.util.List;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.management.CacheStatisticsMXBean;
import javax.cache.spi.CachingProvider;
import org.hibernate.stat.CacheRegionStatistics;
import org.hibernate.stat.Statistics;
import org.theine.jcache.TheineCache;
import org.theine.jcache.TheineCachingProvider;
import org.theine.jcache.TheineConfiguration;
import org.theine.jcache.bench.BoundedCaches;

/** The caches below Hibernate. Stateless. */
final class Regions {
  private static final String HASH_SEED = "theine.jcache.hash-seed";

  private Regions() {}

  /**
   * Makes the caches of all regions, in the manager in which Hibernate looks for them. Their hashes
   * have a fixed seed, so that the same entries are evicted in each run.
   */
  static void create() {
    String seed = System.getProperty(HASH_SEED);
    if (seed == null) {
      System.setProperty(HASH_SEED, "1");
    }
    try {
      CacheManager manager = manager();
      for (Region region : Region.values()) {
        manager.createCache(region.cacheName(), configuration(region));
      }
    } finally {
      if (seed == null) {
        System.clearProperty(HASH_SEED);
      }
    }
  }

  /** What Hibernate keeps is never changed, so there is no need to copy it. */
  private static TheineConfiguration<Object, Object> configuration(Region region) {
    TheineConfiguration<Object, Object> configuration = new TheineConfiguration<>();
    configuration.setStoreByValue(false).setStatisticsEnabled(true);
    return (region.bound() == 0) ? configuration : configuration.setMaximumSize(region.bound());
  }

  /** What came of each region by now. */
  static List<RegionFigures> figures(Statistics hibernate) {
    List<RegionFigures> figures = new ArrayList<>();
    for (Region region : Region.values()) {
      Cache<Object, Object> cache = manager().getCache(region.cacheName());
      CacheStatisticsMXBean statistics = BoundedCaches.statistics(cache);
      long entries = cache.unwrap(TheineCache.class).size();
      figures.add(figures(hibernate, region, statistics.getCacheEvictions(), entries));
    }
    return figures;
  }

  private static RegionFigures figures(
      Statistics hibernate, Region region, long evictions, long entries) {
    if (region == Region.TIMESTAMPS) { // counted elsewhere
      return new RegionFigures(
          region,
          hibernate.getUpdateTimestampsCacheHitCount(),
          hibernate.getUpdateTimestampsCacheMissCount(),
          hibernate.getUpdateTimestampsCachePutCount(),
          evictions,
          entries);
    }
    CacheRegionStatistics counted = hibernate.getCacheRegionStatistics(region.cacheName());
    if (counted == null) {
      throw new IllegalStateException("Hibernate must use region '" + region.cacheName() + "'");
    }
    return new RegionFigures(
        region,
        counted.getHitCount(),
        counted.getMissCount(),
        counted.getPutCount(),
        evictions,
        entries);
  }

  private static CacheManager manager() {
    CachingProvider provider = Caching.getCachingProvider(TheineCachingProvider.class.getName());
    return provider.getCacheManager();
  }
}
