package org.theine.jcache;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.config.CacheSettings;
import org.theine.jcache.config.ManagerSettings;

/**
 * The caches of one URI and class loader. Safe for use by several threads; takes no lock while user
 * code runs.
 *
 * <p>What a program does not say of its caches can be said from outside: in a file that the URI
 * names, by properties of the system, or by those that the manager was made with. Caches that the
 * file declares exist from the beginning.
 */
public final class TheineCacheManager implements CacheManager {
  private final TheineCachingProvider provider;
  private final URI uri;
  private final ClassLoader classLoader;
  private final Properties properties;
  private final UserClasses classes;
  private final ManagerSettings settings;
  private final ConcurrentMap<String, TheineCache<?, ?>> caches = new ConcurrentHashMap<>();

  private final Names names = new Names();

  private final BoundReport boundReport;

  private final AtomicBoolean closed = new AtomicBoolean();

  private TheineCacheManager(
      TheineCachingProvider provider, URI uri, ClassLoader classLoader, Properties properties) {
    this.provider = provider;
    this.uri = uri;
    this.classLoader = classLoader;
    this.properties = copy(properties);
    this.boundReport = new BoundReport(uri);
    this.classes = new UserClasses(classLoader);
    this.settings =
        ManagerSettings.read(
            uri,
            uri.equals(provider.getDefaultURI()),
            classLoader,
            this.properties,
            classes::check);
  }

  /**
   * Makes a manager with the caches that its file declares.
   *
   * @throws CacheException if its settings are wrong, or one of the caches cannot be made; then
   *     nothing of it is left
   */
  static TheineCacheManager open(
      TheineCachingProvider provider, URI uri, ClassLoader classLoader, Properties properties) {
    TheineCacheManager manager = new TheineCacheManager(provider, uri, classLoader, properties);
    try {
      for (String cacheName : manager.settings.declared()) {
        CacheSettings settings = manager.settings.ofDeclared(cacheName);
        manager.create(new CacheBuilder<>(new MutableConfiguration<>(), settings, manager.classes));
      }
    } catch (Throwable e) {
      manager.close();
      throw e;
    }
    return manager;
  }

  /** A copy of our own; the defaults that properties may have behind them are copied in. */
  private static Properties copy(Properties properties) {
    Properties copy = new Properties();
    properties.stringPropertyNames().forEach(key -> copy.put(key, properties.getProperty(key)));
    properties.forEach(copy::putIfAbsent);
    return copy;
  }

  @Override
  public TheineCachingProvider getCachingProvider() {
    return provider;
  }

  @Override
  public URI getURI() {
    return uri;
  }

  @Override
  public ClassLoader getClassLoader() {
    return classLoader;
  }

  /** Returns a copy of the properties; what is done to it does not reach the manager. */
  @Override
  public Properties getProperties() {
    return copy(properties);
  }

  @Override
  public <K, V, C extends Configuration<K, V>> Cache<K, V> createCache(
      String cacheName, C configuration) {
    requireOpen();
    requireNonNull("cache name", cacheName);
    requireNonNull("configuration", configuration);
    if (!names.take(cacheName)) {
      throw exists(cacheName);
    }
    try {
      if (caches.containsKey(cacheName)) {
        throw exists(cacheName);
      }
      return create(builder(cacheName, configuration));
    } finally {
      names.giveBack(cacheName);
    }
  }

  <K, V> CacheBuilder<K, V> builder(String cacheName, Configuration<K, V> configuration) {
    return new CacheBuilder<>(configuration, settings.ofMade(cacheName), classes);
  }

  private <K, V> Cache<K, V> create(CacheBuilder<K, V> builder) {
    String cacheName = builder.name();
    TheineCache<K, V> cache = new TheineCache<>(this, builder);
    caches.put(cacheName, cache);
    try {
      cache.start();
      requireOpen(); // a close that did not see the new cache leaves it to us
    } catch (Throwable e) {
      cache.close();
      throw e;
    }
    boundReport.made(cacheName, builder.configuration());
    return cache;
  }

  private CacheException exists(String cacheName) {
    String where = settings.whereDeclared(cacheName);
    return new CacheException(
        "cache '%s' exists already in manager %s%s"
            .formatted(
                cacheName,
                uri,
                where == null
                    ? ""
                    : ": it is declared in "
                        + where
                        + "; get it by getCache, or let the block be a wildcard or a template"));
  }

  @Override
  @SuppressWarnings("unchecked")
  public <K, V> @Nullable Cache<K, V> getCache(
      String cacheName, Class<K> keyType, Class<V> valueType) {
    requireOpen();
    requireNonNull("cache name", cacheName);
    requireNonNull("key type", keyType);
    requireNonNull("value type", valueType);
    TheineCache<?, ?> cache = caches.get(cacheName);
    if (cache == null) {
      return null;
    }
    requireType(cacheName, "key", cache.keyType(), keyType);
    requireType(cacheName, "value", cache.valueType(), valueType);
    return (Cache<K, V>) cache;
  }

  private static void requireType(
      String cacheName, String what, Class<?> configured, Class<?> asked) {
    if (!configured.equals(asked)) {
      throw new ClassCastException(
          "cache '"
              + cacheName
              + "' has "
              + what
              + "s of type "
              + configured.getName()
              + ", not "
              + asked.getName());
    }
  }

  @Override
  @SuppressWarnings("unchecked")
  public <K, V> @Nullable Cache<K, V> getCache(String cacheName) {
    requireOpen();
    requireNonNull("cache name", cacheName);
    return (Cache<K, V>) caches.get(cacheName);
  }

  /** Returns the names of this moment; the collection cannot be changed and does not change. */
  @Override
  public Iterable<String> getCacheNames() {
    requireOpen();
    return Collections.unmodifiableSet(new LinkedHashSet<>(caches.keySet()));
  }

  @Override
  public void destroyCache(String cacheName) {
    requireOpen();
    requireNonNull("cache name", cacheName);
    TheineCache<?, ?> cache = caches.get(cacheName);
    if (cache != null) {
      cache.close();
    }
  }

  @Override
  public void enableManagement(String cacheName, boolean enabled) {
    TheineCache<?, ?> cache = find(cacheName);
    if (cache != null) {
      cache.management().setManagementEnabled(enabled);
    }
  }

  @Override
  public void enableStatistics(String cacheName, boolean enabled) {
    TheineCache<?, ?> cache = find(cacheName);
    if (cache != null) {
      cache.management().setStatisticsEnabled(enabled);
    }
  }

  private @Nullable TheineCache<?, ?> find(String cacheName) {
    requireOpen();
    requireNonNull("cache name", cacheName);
    return caches.get(cacheName);
  }

  /** A cache is closed: its name is free, unless a new cache has it already. */
  void forget(TheineCache<?, ?> cache) {
    caches.remove(cache.getName(), cache);
  }

  /** Closes all caches. Idempotent; waits for no operation. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      List<TheineCache<?, ?>> open = List.copyOf(caches.values());
      open.forEach(TheineCache::hideBeans); // a new manager wants the same names for its own
      provider.forget(this);
      open.forEach(TheineCache::close);
    }
  }

  @Override
  public boolean isClosed() {
    return closed.get();
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    return CacheEntry.unwrap(this, type);
  }

  private void requireOpen() {
    if (isClosed()) {
      throw new IllegalStateException("cache manager " + uri + " is closed");
    }
  }

  private static void requireNonNull(String what, @Nullable Object object) {
    if (object == null) {
      throw new NullPointerException("a " + what + " must not be null");
    }
  }

  @Override
  public String toString() {
    return "TheineCacheManager[" + uri + (isClosed() ? ", closed]" : "]");
  }
}
