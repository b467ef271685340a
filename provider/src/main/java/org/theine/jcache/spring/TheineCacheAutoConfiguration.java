package org.theine.jcache.spring;

import java.io.IOException;
import javax.cache.CacheManager;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cache.interceptor.CacheAspectSupport;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * Makes the JCache manager of an application with {@code @EnableCaching}, with the properties
 * {@code theine.jcache.*} of its environment. Spring Boot takes it for its own, which it would make
 * if there were none.
 *
 * <p>Takes part if the application asks for no other kind of cache and no other JCache provider,
 * and has no cache manager of its own. All that Spring Boot heeds is heeded: {@code
 * spring.cache.jcache.config}, {@code spring.cache.cache-names}, a bean of the type {@code
 * javax.cache.configuration.Configuration} for the caches that are made, and the beans of the types
 * {@code JCachePropertiesCustomizer}, which may overwrite what the environment says, and {@code
 * JCacheManagerCustomizer}.
 */
@AutoConfiguration(
    beforeName = {
      "org.springframework.boot.autoconfigure.cache.CacheAutoConfiguration",
      "org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration"
    })
@ConditionalOnClass(name = "org.springframework.cache.jcache.JCacheCacheManager")
@ConditionalOnBean(CacheAspectSupport.class)
@ConditionalOnMissingBean(
    value = {CacheManager.class, org.springframework.cache.CacheManager.class},
    name = "cacheResolver")
@Conditional(OnTheineProvider.class)
public class TheineCacheAutoConfiguration {
  /*
   * Between Spring Boot 3 and 4 the classes of its caches moved to another package; else they are
   * the same. One of the two configurations below finds its own.
   */

  /** Made by Spring. */
  public TheineCacheAutoConfiguration() {}

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(org.springframework.boot.autoconfigure.cache.CacheProperties.class)
  @EnableConfigurationProperties(org.springframework.boot.autoconfigure.cache.CacheProperties.class)
  static class SpringBoot3 {
    @Bean
    CacheManager theineCacheManager(
        ApplicationContext application,
        org.springframework.boot.autoconfigure.cache.CacheProperties settings,
        ObjectProvider<javax.cache.configuration.Configuration<?, ?>> configuration,
        ObjectProvider<org.springframework.boot.autoconfigure.cache.JCachePropertiesCustomizer>
            ofProperties,
        ObjectProvider<org.springframework.boot.autoconfigure.cache.JCacheManagerCustomizer>
            ofManager)
        throws IOException {
      return new ManagerFactory(application)
          .create(
              settings.resolveConfigLocation(settings.getJcache().getConfig()),
              properties -> ofProperties.orderedStream().forEach(one -> one.customize(properties)),
              new ManagerFactory.Caches(settings.getCacheNames(), configuration),
              manager -> ofManager.orderedStream().forEach(one -> one.customize(manager)));
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(org.springframework.boot.cache.autoconfigure.CacheProperties.class)
  @EnableConfigurationProperties(org.springframework.boot.cache.autoconfigure.CacheProperties.class)
  static class SpringBoot4 {
    @Bean
    CacheManager theineCacheManager(
        ApplicationContext application,
        org.springframework.boot.cache.autoconfigure.CacheProperties settings,
        ObjectProvider<javax.cache.configuration.Configuration<?, ?>> configuration,
        ObjectProvider<org.springframework.boot.cache.autoconfigure.JCachePropertiesCustomizer>
            ofProperties,
        ObjectProvider<org.springframework.boot.cache.autoconfigure.JCacheManagerCustomizer>
            ofManager)
        throws IOException {
      return new ManagerFactory(application)
          .create(
              settings.resolveConfigLocation(settings.getJcache().getConfig()),
              properties -> ofProperties.orderedStream().forEach(one -> one.customize(properties)),
              new ManagerFactory.Caches(settings.getCacheNames(), configuration),
              manager -> ofManager.orderedStream().forEach(one -> one.customize(manager)));
    }
  }
}
