package org.theine.jcache.weld;

import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.lang.annotation.Annotation;
import java.lang.management.ManagementFactory;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.management.JMException;
import javax.management.ObjectName;
import org.theine.jcache.cdi.CacheAnnotationsExtension;

/**
 * A Weld container with the beans that a test names, and the default manager of the provider, which
 * is closed with it. Weld looks for beans and extensions nowhere else.
 */
final class Container implements AutoCloseable {
  private final SeContainer weld;

  Container(Class<?>... beans) {
    this.weld = initializer(beans).initialize();
  }

  static SeContainerInitializer initializer(Class<?>... beans) {
    return SeContainerInitializer.newInstance()
        .disableDiscovery()
        .addExtensions(new CacheAnnotationsExtension())
        .addBeanClasses(beans);
  }

  <T> T get(Class<T> type, Annotation... qualifiers) {
    return weld.select(type, qualifiers).get();
  }

  void stopWeld() {
    weld.close();
  }

  static CacheManager manager() {
    return Caching.getCachingProvider().getCacheManager();
  }

  /** Returns a cache that counts, made now. */
  static Cache<Object, Object> counted(String name) {
    return manager().createCache(name, new MutableConfiguration<>().setStatisticsEnabled(true));
  }

  /** Returns the cache that the interceptors have made or used. */
  static Cache<Object, Object> cache(String name) {
    Cache<Object, Object> cache = manager().getCache(name);
    if (cache == null) {
      throw new AssertionError("no cache '" + name + "' in " + manager().getCacheNames());
    }
    return cache;
  }

  static int size(String name) {
    int size = 0;
    for (Cache.Entry<Object, Object> ignored : cache(name)) {
      size++;
    }
    return size;
  }

  /** Returns a figure of the statistics, such as CacheHits. */
  static long count(String cacheName, String attribute) {
    try {
      ObjectName pattern =
          new ObjectName("javax.cache:type=CacheStatistics,Cache=" + cacheName + ",*");
      Set<ObjectName> names = ManagementFactory.getPlatformMBeanServer().queryNames(pattern, null);
      return (Long)
          ManagementFactory.getPlatformMBeanServer()
              .getAttribute(names.iterator().next(), attribute);
    } catch (JMException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    if (weld.isRunning()) {
      weld.close();
    }
    Caching.getCachingProvider().close();
  }
}
