package org.theine.jcache.spring;

import java.util.stream.Stream;
import javax.cache.CacheManager;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.theine.jcache.TheineCache;
import org.theine.jcache.TheineConfiguration;

/** Starts applications, as {@code SpringApplication.run} does, but without a banner and a log. */
final class Applications {
  /** An application of nothing but caches, whatever is on the class path. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration(
      excludeName = {
        "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration",
        "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration"
      })
  @EnableCaching
  static class Caching {}

  private Applications() {}

  /** Starts the sources with properties of the form {@code name=value}. */
  static ConfigurableApplicationContext start(Class<?> source, String... properties) {
    return builder(source).run(arguments(properties));
  }

  static ConfigurableApplicationContext start(String... properties) {
    return start(Caching.class, properties);
  }

  static SpringApplicationBuilder builder(Class<?>... sources) {
    return new SpringApplicationBuilder(sources)
        .web(WebApplicationType.NONE)
        .bannerMode(Banner.Mode.OFF)
        .logStartupInfo(false)
        .registerShutdownHook(false);
  }

  static String[] arguments(String... properties) {
    return Stream.of(properties).map(each -> "--" + each).toArray(String[]::new);
  }

  static CacheManager manager(ConfigurableApplicationContext application) {
    return application.getBean(CacheManager.class);
  }

  /** Returns the configuration that is in force for a cache. */
  @SuppressWarnings("unchecked")
  static TheineConfiguration<Object, Object> configuration(
      ConfigurableApplicationContext application, String cacheName) {
    TheineCache<Object, Object> cache =
        manager(application).getCache(cacheName).unwrap(TheineCache.class);
    return cache.getConfiguration(TheineConfiguration.class);
  }
}
