package org.theine.jcache.spring;

import java.net.URI;
import java.util.Properties;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.Configuration;
import javax.cache.spi.CachingProvider;
import org.jspecify.annotations.Nullable;

/**
 * A manager that Hibernate is given and cannot close: it would close it with its session factory,
 * and so the caches of Spring and of other session factories too. All else is that of the manager
 * behind it. Immutable.
 */
final class UnclosedManager implements CacheManager {
  private final CacheManager manager;

  UnclosedManager(CacheManager manager) {
    this.manager = manager;
  }

  /** Does nothing: the application closes the manager. */
  @Override
  public void close() {}

  @Override
  public boolean isClosed() {
    return manager.isClosed();
  }

  @Override
  public CachingProvider getCachingProvider() {
    return manager.getCachingProvider();
  }

  @Override
  public URI getURI() {
    return manager.getURI();
  }

  @Override
  public ClassLoader getClassLoader() {
    return manager.getClassLoader();
  }

  @Override
  public Properties getProperties() {
    return manager.getProperties();
  }

  @Override
  public <K, V, C extends Configuration<K, V>> Cache<K, V> createCache(
      String cacheName, C configuration) {
    return manager.createCache(cacheName, configuration);
  }

  @Override
  public <K, V> @Nullable Cache<K, V> getCache(
      String cacheName, Class<K> keyType, Class<V> valueType) {
    return manager.getCache(cacheName, keyType, valueType);
  }

  @Override
  public <K, V> @Nullable Cache<K, V> getCache(String cacheName) {
    return manager.getCache(cacheName);
  }

  @Override
  public Iterable<String> getCacheNames() {
    return manager.getCacheNames();
  }

  @Override
  public void destroyCache(String cacheName) {
    manager.destroyCache(cacheName);
  }

  @Override
  public void enableManagement(String cacheName, boolean enabled) {
    manager.enableManagement(cacheName, enabled);
  }

  @Override
  public void enableStatistics(String cacheName, boolean enabled) {
    manager.enableStatistics(cacheName, enabled);
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    return manager.unwrap(type);
  }

  @Override
  public String toString() {
    return manager.toString();
  }
}
