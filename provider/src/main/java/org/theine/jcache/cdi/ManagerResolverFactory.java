package org.theine.jcache.cdi;

import java.lang.annotation.Annotation;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.annotation.CacheInvocationContext;
import javax.cache.annotation.CacheMethodDetails;
import javax.cache.annotation.CacheResolver;
import javax.cache.annotation.CacheResolverFactory;
import javax.cache.annotation.CacheResult;
import javax.cache.configuration.MutableConfiguration;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.TheineCachingProvider;

/**
 * The factory of methods that name none: caches by their names, of the application's bean of type
 * {@link CacheManager}, or without one of the default manager of this provider, whichever others
 * are on the class path. A cache that is missing is made, which is where defaults of the
 * configuration apply. Safe for use by any thread.
 */
final class ManagerResolverFactory implements CacheResolverFactory {
  private final PlugIns plugIns;
  private final @Nullable ClassLoader applicationLoader;

  /**
   * @param applicationLoader that of the thread that deployed; later ones, which may be of any
   *     pool, would lead to other managers
   */
  ManagerResolverFactory(PlugIns plugIns, @Nullable ClassLoader applicationLoader) {
    this.plugIns = plugIns;
    this.applicationLoader = applicationLoader;
  }

  @Override
  public CacheResolver getCacheResolver(CacheMethodDetails<? extends Annotation> method) {
    return new NamedCache(method.getCacheName());
  }

  @Override
  public CacheResolver getExceptionCacheResolver(CacheMethodDetails<CacheResult> method) {
    return new NamedCache(method.getCacheAnnotation().exceptionCacheName());
  }

  private CacheManager manager() {
    return plugIns.isBean(CacheManager.class) ? plugIns.get(CacheManager.class) : defaultManager();
  }

  /** As {@code Caching} has it, so that the application finds the same caches by itself. */
  private CacheManager defaultManager() {
    String name = TheineCachingProvider.class.getName();
    if (applicationLoader != null) {
      try {
        return Caching.getCachingProvider(name, applicationLoader).getCacheManager();
      } catch (CacheException notSeenByTheApplication) {
        // That of this class does see the provider.
      }
    }
    ClassLoader own = ManagerResolverFactory.class.getClassLoader();
    return Caching.getCachingProvider(name, own).getCacheManager();
  }

  /** Looks again when its cache was closed: the application may have made it anew. */
  private final class NamedCache implements CacheResolver {
    private final String name;

    /** Any thread writes it; two that do at the same time found the same cache. */
    private volatile @Nullable Cache<?, ?> known;

    NamedCache(String name) {
      this.name = name;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <K, V> Cache<K, V> resolveCache(CacheInvocationContext<? extends Annotation> call) {
      Cache<?, ?> cache = known;
      if (cache == null || cache.isClosed()) {
        cache = find(manager());
        known = cache;
      }
      return (Cache<K, V>) cache;
    }

    private Cache<?, ?> find(CacheManager manager) {
      Cache<?, ?> cache = manager.getCache(name);
      if (cache != null) {
        return cache;
      }
      try {
        return manager.createCache(name, new MutableConfiguration<>());
      } catch (CacheException failure) {
        cache = manager.getCache(name); // another thread may have been quicker
        if (cache == null) {
          throw failure;
        }
        return cache;
      }
    }
  }
}
