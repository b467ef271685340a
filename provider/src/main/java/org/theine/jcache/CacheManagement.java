package org.theine.jcache;

import java.util.ArrayList;
import java.util.List;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import org.theine.jcache.management.CacheManagementBean;
import org.theine.jcache.management.CacheStatistics;
import org.theine.jcache.management.CacheStatisticsBean;
import org.theine.jcache.management.MBeans;

/**
 * What is seen of a cache from outside and switched there: its statistics, its configuration as it
 * is now, and the beans that show them. Safe for use by several threads.
 */
final class CacheManagement<K, V> {
  private final CacheParts<K, V> parts;

  /** As the cache was made; not changed. */
  private final TheineConfiguration<K, V> configuration;

  private final MBeans beans;
  private volatile boolean managementEnabled;

  /** With nothing enabled; {@code cache} need not be complete yet. */
  CacheManagement(
      TheineCache<K, V> cache,
      String managerUri,
      CacheParts<K, V> parts,
      TheineConfiguration<K, V> configuration) {
    this.parts = parts;
    this.configuration = configuration;
    this.beans =
        new MBeans(
            managerUri,
            parts.name,
            new CacheStatisticsBean(parts.statistics),
            new CacheManagementBean(
                configuration, parts.statistics::isEnabled, () -> managementEnabled),
            new TheineCacheBean(cache, configuration.getMaximumWeight() != null));
  }

  /** Enables what the configuration says. */
  void start() {
    setStatisticsEnabled(configuration.isStatisticsEnabled());
    setManagementEnabled(configuration.isManagementEnabled());
  }

  /** Enabling what is closed meanwhile has no effect: the beans then refuse to be registered. */
  void setStatisticsEnabled(boolean enabled) {
    parts.statistics.setEnabled(enabled);
    beans.setStatisticsRegistered(enabled);
  }

  void setManagementEnabled(boolean enabled) {
    managementEnabled = enabled;
    beans.setManagementRegistered(enabled);
  }

  /** Why the bound makes entries of this cache leave. */
  RemovalCause evictionCause() {
    return configuration.getMaximumWeight() == null ? RemovalCause.SIZE : RemovalCause.WEIGHT;
  }

  TheineStatistics statistics() {
    if (!parts.statistics.isEnabled()) {
      return TheineStatistics.DISABLED;
    }
    CacheStatistics.Snapshot counts = parts.statistics.snapshot();
    boolean bySize = evictionCause() == RemovalCause.SIZE;
    return new TheineStatistics(
        true,
        counts.hits(),
        counts.misses(),
        counts.puts(),
        counts.removals(),
        counts.loads(),
        counts.loadFailures(),
        counts.loadNanos(),
        bySize ? counts.evictions() : 0,
        bySize ? 0 : counts.evictions(),
        counts.expirations());
  }

  /** A copy of the configuration, with what has been switched and registered since. */
  TheineConfiguration<K, V> configuration() {
    TheineConfiguration<K, V> copy = new TheineConfiguration<>(configuration);
    copy.setStatisticsEnabled(parts.statistics.isEnabled());
    copy.setManagementEnabled(managementEnabled);
    configuredListeners(copy).forEach(copy::removeCacheEntryListenerConfiguration);
    parts
        .events
        .registrations()
        .forEach(each -> copy.addCacheEntryListenerConfiguration(each.configuration()));
    return copy;
  }

  private static <K, V> List<CacheEntryListenerConfiguration<K, V>> configuredListeners(
      TheineConfiguration<K, V> configuration) {
    List<CacheEntryListenerConfiguration<K, V>> configured = new ArrayList<>();
    configuration.getCacheEntryListenerConfigurations().forEach(configured::add);
    return configured;
  }

  /** Takes the beans away, for good. */
  void close() {
    beans.close();
  }
}
