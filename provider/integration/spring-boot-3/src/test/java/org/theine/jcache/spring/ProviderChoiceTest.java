package org.theine.jcache.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Properties;
import javax.cache.CacheManager;
import javax.cache.Caching;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.cache.Cache;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.cache.jcache.JCacheCacheManager;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.DefaultResourceLoader;
import org.theine.jcache.TheineCacheManager;

/** When an application has caches of this provider, and when the auto-configuration takes part. */
final class ProviderChoiceTest {
  private static final String OURS = "theineCacheManager";

  /** An application that makes its JCache manager itself. */
  @Import(Applications.Caching.class)
  static class OwnManager {
    @Bean
    CacheManager own() {
      return Caching.getCachingProvider()
          .getCacheManager(URI.create("urn:of-the-application"), null, new Properties());
    }
  }

  /** An application that makes Spring's manager itself. */
  @Import(Applications.Caching.class)
  static class OwnSpringManager {
    @Bean
    org.springframework.cache.CacheManager cacheManager() {
      return new ConcurrentMapCacheManager("own");
    }
  }

  @Test
  void onlyProvider_withNothingSaid_isTaken() {
    try (ConfigurableApplicationContext application = Applications.start()) {
      assertThat(Applications.manager(application)).isInstanceOf(TheineCacheManager.class);
      assertThat(application.containsBean(OURS)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "simple", "NONE"})
  void typeOfAnotherKind_withTheProviderThere_makesNoManager(String type) {
    try (ConfigurableApplicationContext application =
        Applications.start("spring.cache.type=" + type, "theine.jcache.caches.users.maximum=1")) {
      assertThat(application.getBeansOfType(CacheManager.class)).isEmpty();
      assertThat(application.containsBean(OURS)).isFalse();
    }
  }

  @Test
  void ownManager_withProperties_isLeftAlone() {
    try (ConfigurableApplicationContext application =
        Applications.start(
            OwnManager.class, "spring.cache.type=jcache", "theine.jcache.defaults.maximum=7")) {
      assertThat(Applications.manager(application).getURI())
          .isEqualTo(URI.create("urn:of-the-application"));
      assertThat(Applications.manager(application).getProperties()).isEmpty();
      assertThat(application.getBean(JCacheCacheManager.class).getCacheManager())
          .isSameAs(Applications.manager(application));
    }
  }

  @Test
  void ownManagerOfSpring_withTheProviderThere_isLeftAlone() {
    try (ConfigurableApplicationContext application = Applications.start(OwnSpringManager.class)) {
      assertThat(application.getBeansOfType(CacheManager.class)).isEmpty();
      assertThat(application.getBean(org.springframework.cache.CacheManager.class))
          .extracting(manager -> manager.getCache("own"))
          .isInstanceOf(Cache.class);
    }
  }

  @Test
  void providerNamed_thatIsNotThere_failsTheStart() {
    assertThatThrownBy(
            () -> Applications.start("spring.cache.jcache.provider=com.acme.NoSuchProvider"))
        .hasRootCauseInstanceOf(ClassNotFoundException.class)
        .hasRootCauseMessage("com.acme.NoSuchProvider");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.springframework.cache.jcache", // spring-context-support
        "org.springframework.boot.autoconfigure.cache.JCache", // the caches of Spring Boot 3
        "org.springframework.boot.cache", // the caches of Spring Boot 4
      })
  void classPath_withoutAPartOfSpringsCaches_startsAnApplicationWithoutThem(String hidden) {
    ClassLoader hiding = new FilteredClassLoader(name -> name.startsWith(hidden));
    try (ConfigurableApplicationContext application =
        Applications.builder(NoCaching.class)
            .resourceLoader(new DefaultResourceLoader(hiding))
            .run(Applications.arguments("theine.jcache.defaults.maximum=7"))) {
      assertThat(application.isActive()).isTrue();
      assertThat(application.getBeansOfType(CacheManager.class)).isEmpty();
    }
  }

  /** An application with our auto-configuration, and none of the cache. */
  @Import(TheineCacheAutoConfiguration.class)
  static class NoCaching {}
}
