package org.theine.jcache.management;

import java.util.function.BooleanSupplier;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.management.CacheMXBean;

/** Shows the configuration of a cache as JCache wants it. Safe for use by any thread. */
public final class CacheManagementBean implements CacheMXBean {

  private final CompleteConfiguration<?, ?> configuration;
  private final BooleanSupplier statisticsEnabled;
  private final BooleanSupplier managementEnabled;

  /**
   * Makes a bean.
   *
   * @param configuration what to show; it must not change
   * @param statisticsEnabled whether statistics are counted now
   * @param managementEnabled whether this bean is wanted now
   */
  public CacheManagementBean(
      CompleteConfiguration<?, ?> configuration,
      BooleanSupplier statisticsEnabled,
      BooleanSupplier managementEnabled) {
    this.configuration = configuration;
    this.statisticsEnabled = statisticsEnabled;
    this.managementEnabled = managementEnabled;
  }

  @Override
  public String getKeyType() {
    return configuration.getKeyType().getName();
  }

  @Override
  public String getValueType() {
    return configuration.getValueType().getName();
  }

  @Override
  public boolean isReadThrough() {
    return configuration.isReadThrough();
  }

  @Override
  public boolean isWriteThrough() {
    return configuration.isWriteThrough();
  }

  @Override
  public boolean isStoreByValue() {
    return configuration.isStoreByValue();
  }

  @Override
  public boolean isStatisticsEnabled() {
    return statisticsEnabled.getAsBoolean();
  }

  @Override
  public boolean isManagementEnabled() {
    return managementEnabled.getAsBoolean();
  }
}
