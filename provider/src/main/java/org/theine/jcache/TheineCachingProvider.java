package org.theine.jcache;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import javax.cache.CacheManager;
import javax.cache.configuration.OptionalFeature;
import javax.cache.spi.CachingProvider;
import org.jspecify.annotations.Nullable;

/**
 * The entry to this provider, found by {@code Caching.getCachingProvider()}. Safe for use by
 * several threads.
 *
 * <p>A manager, and with it the class loader that it was asked for with, is held until it is
 * closed; nothing is held afterwards.
 */
public final class TheineCachingProvider implements CachingProvider {
  private static final URI DEFAULT_URI = URI.create("theine-jcache");

  private record Identity(ClassLoader classLoader, URI uri) {}

  /** A leaf: nothing of the user is called under it but equals and hashCode of class loaders. */
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by the lock. */
  private final Map<Identity, TheineCacheManager> managers = new HashMap<>();

  /** Made by {@code javax.cache.Caching}, by its class name. */
  public TheineCachingProvider() {}

  @Override
  public CacheManager getCacheManager(
      @Nullable URI uri, @Nullable ClassLoader classLoader, @Nullable Properties properties) {
    URI managerUri = uri == null ? getDefaultURI() : uri;
    ClassLoader managerLoader = classLoader == null ? getDefaultClassLoader() : classLoader;
    lock.lock();
    try {
      return managers.computeIfAbsent(
          new Identity(managerLoader, managerUri),
          absent ->
              new TheineCacheManager(
                  this,
                  managerUri,
                  managerLoader,
                  properties == null ? getDefaultProperties() : properties));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public CacheManager getCacheManager(@Nullable URI uri, @Nullable ClassLoader classLoader) {
    return getCacheManager(uri, classLoader, getDefaultProperties());
  }

  @Override
  public CacheManager getCacheManager() {
    return getCacheManager(getDefaultURI(), getDefaultClassLoader(), getDefaultProperties());
  }

  /**
   * Returns the class loader of this provider, whatever thread asks: the context class loader is
   * not held.
   */
  @Override
  public ClassLoader getDefaultClassLoader() {
    ClassLoader own = getClass().getClassLoader();
    return own == null ? ClassLoader.getSystemClassLoader() : own;
  }

  @Override
  public URI getDefaultURI() {
    return DEFAULT_URI;
  }

  @Override
  public Properties getDefaultProperties() {
    return new Properties();
  }

  @Override
  public boolean isSupported(OptionalFeature optionalFeature) {
    return optionalFeature == OptionalFeature.STORE_BY_REFERENCE;
  }

  @Override
  public void close() {
    close(identity -> true);
  }

  @Override
  public void close(@Nullable ClassLoader classLoader) {
    ClassLoader asked = classLoader == null ? getDefaultClassLoader() : classLoader;
    close(identity -> identity.classLoader.equals(asked));
  }

  @Override
  public void close(@Nullable URI uri, @Nullable ClassLoader classLoader) {
    Identity asked =
        new Identity(
            classLoader == null ? getDefaultClassLoader() : classLoader,
            uri == null ? getDefaultURI() : uri);
    close(asked::equals);
  }

  /**
   * Managers are closed without the lock, so that one that is just closing itself cannot be in the
   * way.
   */
  private void close(Predicate<Identity> condition) {
    List<TheineCacheManager> closing = new ArrayList<>();
    lock.lock();
    try {
      managers.forEach(
          (identity, manager) -> {
            if (condition.test(identity)) {
              closing.add(manager);
            }
          });
    } finally {
      lock.unlock();
    }
    closing.forEach(TheineCacheManager::close);
  }

  /** A manager is closed: a new one may be made in its place. */
  void forget(TheineCacheManager manager) {
    lock.lock();
    try {
      managers.remove(new Identity(manager.getClassLoader(), manager.getURI()), manager);
    } finally {
      lock.unlock();
    }
  }
}
