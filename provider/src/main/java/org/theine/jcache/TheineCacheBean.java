package org.theine.jcache;

/** Shows a cache as {@link TheineCacheMXBean} says. Safe for use by several threads. */
final class TheineCacheBean implements TheineCacheMXBean {
  private static final long NONE = -1;

  private final TheineCache<?, ?> cache;
  private final boolean weighted;

  TheineCacheBean(TheineCache<?, ?> cache, boolean weighted) {
    this.cache = cache;
    this.weighted = weighted;
  }

  @Override
  public String getCacheName() {
    return cache.getName();
  }

  @Override
  public boolean isStatisticsEnabled() {
    return cache.statistics().enabled();
  }

  @Override
  public boolean isBounded() {
    return cache.maximum() != Long.MAX_VALUE;
  }

  @Override
  public boolean isWeighted() {
    return weighted;
  }

  @Override
  public long getSize() {
    return cache.size();
  }

  @Override
  public long getWeight() {
    return cache.weight();
  }

  @Override
  public long getMaximum() {
    return isBounded() ? cache.maximum() : NONE;
  }

  @Override
  public long getHits() {
    return cache.statistics().hits();
  }

  @Override
  public long getMisses() {
    return cache.statistics().misses();
  }

  @Override
  public double getHitRatio() {
    return cache.statistics().hitRatio();
  }

  @Override
  public long getLoads() {
    return cache.statistics().loads();
  }

  @Override
  public long getLoadFailures() {
    return cache.statistics().loadFailures();
  }

  @Override
  public double getAverageLoadMicros() {
    return cache.statistics().averageLoadMicros();
  }

  @Override
  public long getEvictionsBySize() {
    return cache.statistics().evictionsBySize();
  }

  @Override
  public long getEvictionsByWeight() {
    return cache.statistics().evictionsByWeight();
  }

  @Override
  public long getExpirations() {
    return cache.statistics().expirations();
  }

  @Override
  public long getEventsQueued() {
    return cache.eventsQueued();
  }
}
