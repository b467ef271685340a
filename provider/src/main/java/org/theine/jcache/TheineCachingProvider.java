package org.theine.jcache;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import javax.cache.CacheException;
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

  private record Identity(ClassLoader classLoader, URI uri) {
    /*
     * Written out, since the JDK 17 keeps the record class for which it made the last of these methods, and so
     * this provider's class loader when all else has let go of it.
     */

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Identity that
          && classLoader.equals(that.classLoader)
          && uri.equals(that.uri);
    }

    @Override
    public int hashCode() {
      return 31 * classLoader.hashCode() + uri.hashCode();
    }
  }

  /** A leaf: nothing of the user is called under it but equals and hashCode of class loaders. */
  private final ReentrantLock lock = new ReentrantLock();

  /** Those that are there, and those that are being made; guarded by the lock. */
  private final Map<Identity, Opening> managers = new HashMap<>();

  /** Made by {@code javax.cache.Caching}, by its class name. */
  public TheineCachingProvider() {}

  /**
   * Returns the manager of a URI and class loader, and makes it if there is none. Where the URI
   * names a file, the caches that it declares exist from the beginning.
   *
   * @throws CacheException if the file is missing, or it or the properties break a rule; nothing is
   *     left then, and the next call tries anew
   */
  @Override
  public CacheManager getCacheManager(
      @Nullable URI uri, @Nullable ClassLoader classLoader, @Nullable Properties properties) {
    Identity identity =
        new Identity(
            classLoader == null ? getDefaultClassLoader() : classLoader,
            uri == null ? getDefaultURI() : uri);
    Opening mine = new Opening("cache manager " + identity.uri);
    Opening first = enter(identity, mine);
    if (first != mine) {
      return first.await();
    }
    Properties given = properties == null ? getDefaultProperties() : properties;
    try {
      return mine.open(
          () -> TheineCacheManager.open(this, identity.uri, identity.classLoader, given));
    } catch (Throwable e) {
      leave(identity, mine);
      throw e;
    }
  }

  /** The opening that is there, or else this one, which is there from now on. */
  private Opening enter(Identity identity, Opening opening) {
    lock.lock();
    try {
      Opening present = managers.putIfAbsent(identity, opening);
      return present == null ? opening : present;
    } finally {
      lock.unlock();
    }
  }

  private void leave(Identity identity, Opening opening) {
    lock.lock();
    try {
      managers.remove(identity, opening);
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
   * way. One that is being made meanwhile is made after this.
   */
  private void close(Predicate<Identity> condition) {
    List<TheineCacheManager> closing = new ArrayList<>();
    lock.lock();
    try {
      managers.forEach(
          (identity, opening) -> {
            TheineCacheManager manager = opening.now();
            if (manager != null && condition.test(identity)) {
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
    Identity identity = new Identity(manager.getClassLoader(), manager.getURI());
    lock.lock();
    try {
      Opening opening = managers.get(identity);
      if (opening != null && opening.now() == manager) {
        managers.remove(identity);
      }
    } finally {
      lock.unlock();
    }
  }
}
