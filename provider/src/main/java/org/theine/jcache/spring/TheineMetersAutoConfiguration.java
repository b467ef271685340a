package org.theine.jcache.spring;

import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.cache.jcache.JCacheCache;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.theine.jcache.micrometer.TheineCacheMetrics;

/**
 * Gives the actuator the meters of this provider, {@link TheineCacheMetrics}, for Spring's caches.
 * They have the names and tags of those that it would bind itself, and some more; they need no JMX,
 * and no name of a cache troubles them. Statistics that are disabled stay so.
 *
 * <p>Takes part before Spring Boot's own, which asks its binders in the order of their beans and
 * takes the first answer: that of a bean of the application comes before this one.
 */
@AutoConfiguration(
    beforeName = {
      "org.springframework.boot.actuate.autoconfigure.metrics.cache.CacheMetricsAutoConfiguration",
      "org.springframework.boot.cache.autoconfigure.metrics.CacheMetricsAutoConfiguration"
    })
@ConditionalOnClass(
    name = {
      "org.springframework.cache.jcache.JCacheCache",
      "io.micrometer.core.instrument.binder.MeterBinder"
    })
public class TheineMetersAutoConfiguration {
  /** Made by Spring. */
  public TheineMetersAutoConfiguration() {}

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(org.springframework.boot.actuate.metrics.cache.CacheMeterBinderProvider.class)
  static class SpringBoot3 {
    @Bean
    BinderOf3 theineCacheMeterBinderProvider() {
      return new BinderOf3();
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(org.springframework.boot.cache.metrics.CacheMeterBinderProvider.class)
  static class SpringBoot4 {
    @Bean
    BinderOf4 theineCacheMeterBinderProvider() {
      return new BinderOf4();
    }
  }

  static final class BinderOf3
      implements org.springframework.boot.actuate.metrics.cache.CacheMeterBinderProvider<
          JCacheCache> {
    @Override
    public @Nullable MeterBinder getMeterBinder(JCacheCache cache, Iterable<Tag> tags) {
      return MetersOfCache.binder(cache, tags);
    }
  }

  static final class BinderOf4
      implements org.springframework.boot.cache.metrics.CacheMeterBinderProvider<JCacheCache> {
    @Override
    public @Nullable MeterBinder getMeterBinder(JCacheCache cache, Iterable<Tag> tags) {
      return MetersOfCache.binder(cache, tags);
    }
  }
}
