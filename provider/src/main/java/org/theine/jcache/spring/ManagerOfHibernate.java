package org.theine.jcache.spring;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;
import org.theine.jcache.TheineCacheManager;
import org.theine.jcache.TheineCachingProvider;

/**
 * Chooses the manager for Hibernate's caches, and closes what it made when the application closes
 * or its start fails. Safe for use by several threads.
 */
final class ManagerOfHibernate implements DisposableBean {
  private static final String FACTORY = "hibernate.cache.region.factory_class";
  private static final String ENABLED = "hibernate.cache.use_second_level_cache";
  private static final String PROVIDER = "hibernate.javax.cache.provider";
  private static final String URI = "hibernate.javax.cache.uri";
  private static final String MANAGER = "hibernate.javax.cache.cache_manager";

  /**
   * With none said Hibernate takes the only one on the class path, and hibernate-jcache is there.
   */
  private static final Set<String> JCACHE_FACTORIES =
      Set.of("", "jcache", "org.hibernate.cache.jcache.internal.JCacheRegionFactory");

  private final ApplicationContext application;
  private final ObjectProvider<CacheManager> managers;

  /** By the URI that Hibernate's properties say: several session factories share one. */
  private final Map<String, CacheManager> made = new ConcurrentHashMap<>();

  ManagerOfHibernate(ApplicationContext application, ObjectProvider<CacheManager> managers) {
    this.application = application;
    this.managers = managers;
  }

  /** Puts a manager into Hibernate's properties, unless they say that its caches are others. */
  void putInto(Map<String, Object> properties) {
    if (isOurs(properties)) {
      properties.put(MANAGER, new UnclosedManager(manager(text(properties, URI))));
    }
  }

  @Override
  public void destroy() {
    made.values().forEach(CacheManager::close);
  }

  private static boolean isOurs(Map<String, Object> properties) {
    String provider = text(properties, PROVIDER);
    return !properties.containsKey(MANAGER)
        && !text(properties, ENABLED).equals("false")
        && JCACHE_FACTORIES.contains(text(properties, FACTORY))
        && (provider.isEmpty()
            ? OnTheineProvider.isOnly()
            : provider.equals(TheineCachingProvider.class.getName()));
  }

  private static String text(Map<String, Object> properties, String name) {
    @Nullable Object value = properties.get(name);
    return value == null ? "" : value.toString().trim();
  }

  private CacheManager manager(String uri) {
    CacheManager present = made.get(uri);
    return present == null ? find(uri, manager -> made.put(uri, manager)) : present;
  }

  private CacheManager find(String uri, Consumer<CacheManager> whenNew) {
    ManagerFactory factory = new ManagerFactory(application);
    if (uri.isEmpty()) {
      CacheManager shared = managers.getIfUnique();
      return shared instanceof TheineCacheManager ? shared : factory.create(null, whenNew);
    }
    try {
      return factory.create(
          new DefaultResourceLoader(application.getClassLoader()).getResource(uri).getURI(),
          whenNew);
    } catch (IOException e) {
      throw new CacheException("property " + URI + " names nothing that is there: " + uri, e);
    }
  }
}
