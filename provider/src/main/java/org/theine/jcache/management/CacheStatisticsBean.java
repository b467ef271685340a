package org.theine.jcache.management;

import javax.cache.management.CacheStatisticsMXBean;

/** Shows the statistics of a cache as JCache wants them. Safe for use by any thread. */
public final class CacheStatisticsBean implements CacheStatisticsMXBean {

  private final CacheStatistics statistics;

  /**
   * Makes a bean.
   *
   * @param statistics what to show
   */
  public CacheStatisticsBean(CacheStatistics statistics) {
    this.statistics = statistics;
  }

  @Override
  public void clear() {
    statistics.clear();
  }

  @Override
  public long getCacheHits() {
    return statistics.snapshot().hits();
  }

  @Override
  public float getCacheHitPercentage() {
    return statistics.snapshot().hitPercentage();
  }

  @Override
  public long getCacheMisses() {
    return statistics.snapshot().misses();
  }

  @Override
  public float getCacheMissPercentage() {
    return statistics.snapshot().missPercentage();
  }

  @Override
  public long getCacheGets() {
    return statistics.snapshot().gets();
  }

  @Override
  public long getCachePuts() {
    return statistics.snapshot().puts();
  }

  @Override
  public long getCacheRemovals() {
    return statistics.snapshot().removals();
  }

  @Override
  public long getCacheEvictions() {
    return statistics.snapshot().evictions();
  }

  @Override
  public float getAverageGetTime() {
    return statistics.snapshot().averageGetMicros();
  }

  @Override
  public float getAveragePutTime() {
    return statistics.snapshot().averagePutMicros();
  }

  @Override
  public float getAverageRemoveTime() {
    return statistics.snapshot().averageRemoveMicros();
  }
}
