package org.theine.jcache.spring;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Consumer;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationContext;
import org.springframework.core.io.Resource;
import org.theine.jcache.TheineCachingProvider;

/** Makes the managers of an application, with the properties of its environment. Immutable. */
final class ManagerFactory {
  /*
   * A provider has one manager for each URI and class loader. So an application may be given that of
   * another one which lives in the same virtual machine, tests do that, and then its properties
   * change nothing. A manager that is new carries the mark that its properties were given.
   */
  private static final String MARK = "org.theine.jcache.spring.mark";

  private static final System.Logger LOGGER = System.getLogger(ManagerFactory.class.getName());

  /** The caches of {@code spring.cache.cache-names}, and what they are made with if it is said. */
  record Caches(List<String> names, ObjectProvider<Configuration<?, ?>> configuration) {}

  private final ApplicationContext application;
  private final EnvironmentProperties environment;

  ManagerFactory(ApplicationContext application) {
    this.application = application;
    this.environment = new EnvironmentProperties(application);
  }

  /**
   * Makes a manager with its caches: those that Spring's property names, and those that have
   * settings of their own. If anything fails, no manager is left that was not there before.
   */
  CacheManager create(
      @Nullable Resource configuration,
      Consumer<Properties> ofProperties,
      Caches caches,
      Consumer<CacheManager> ofManager)
      throws IOException {
    return open(
        configuration == null ? null : configuration.getURI(),
        ofProperties,
        manager -> {
          for (String name : caches.names) {
            createCache(manager, name, caches.configuration.getIfAvailable(this::plain));
          }
          ofManager.accept(manager);
        },
        manager -> {}); // Spring closes it, as any bean
  }

  /**
   * Makes a manager for Hibernate, with the caches that have settings of their own.
   *
   * @param whenNew is given the manager if it was not there before
   */
  CacheManager create(@Nullable URI uri, Consumer<CacheManager> whenNew) {
    return open(uri, properties -> {}, manager -> {}, whenNew);
  }

  private CacheManager open(
      @Nullable URI uri,
      Consumer<Properties> ofProperties,
      Consumer<CacheManager> ofManager,
      Consumer<CacheManager> whenNew) {
    String mark = UUID.randomUUID().toString();
    CacheManager manager = get(uri, mark, ofProperties);
    boolean made = mark.equals(manager.getProperties().getProperty(MARK));
    try {
      ofManager.accept(manager);
      environment.cacheNames().forEach(name -> createCache(manager, name, plain()));
    } catch (Throwable e) {
      if (made) {
        manager.close();
      }
      throw e;
    }
    if (made) {
      whenNew.accept(manager);
    } else {
      LOGGER.log(
          System.Logger.Level.WARNING,
          "cache manager {0} was there already in the same class loader: its caches are shared, and"
              + " the properties theine.jcache.* have no effect on them",
          manager.getURI());
    }
    return manager;
  }

  /** Makes a cache, unless the manager has it, by its file or from before. */
  private static void createCache(
      CacheManager manager, String name, Configuration<?, ?> configuration) {
    if (manager.getCache(name) == null) {
      manager.createCache(name, configuration);
    }
  }

  private Configuration<?, ?> plain() {
    return new MutableConfiguration<>().setStoreByValue(!environment.isByReference());
  }

  private CacheManager get(@Nullable URI uri, String mark, Consumer<Properties> customizer) {
    Properties properties = new Properties();
    properties.setProperty(MARK, mark);
    environment.copyTo(properties);
    customizer.accept(properties);
    return Caching.getCachingProvider(TheineCachingProvider.class.getName())
        .getCacheManager(uri, application.getClassLoader(), properties);
  }
}
