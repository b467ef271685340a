package org.theine.jcache.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider;
import javax.cache.CacheManager;
import javax.cache.Caching;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.theine.jcache.TheineCacheManager;
import org.theine.jcache.TheineCachingProvider;

/** Applications with another JCache provider on the class path. */
@Tag("several-providers")
final class SeveralProvidersTest {
  @Test
  void provider_namedInTheProperties_isTaken() {
    assertThat(Caching.getCachingProviders()).hasSize(2);
    try (ConfigurableApplicationContext application =
        Applications.start(
            "spring.cache.jcache.provider=" + TheineCachingProvider.class.getName(),
            "theine.jcache.caches.users.maximum=9")) {
      assertThat(Applications.manager(application)).isInstanceOf(TheineCacheManager.class);
      assertThat(Applications.configuration(application, "users").getMaximumSize()).isEqualTo(9);
    }
  }

  @Test
  void otherProvider_namedInTheProperties_isTakenAndLeftAlone() {
    try (ConfigurableApplicationContext application =
        Applications.start(
            "spring.cache.type=jcache",
            "spring.cache.jcache.provider=" + CaffeineCachingProvider.class.getName(),
            "theine.jcache.caches.users.maximum=9")) {
      assertThat(Applications.manager(application).getCachingProvider())
          .isInstanceOf(CaffeineCachingProvider.class);
      assertThat(Applications.manager(application).getCacheNames()).doesNotContain("users");
    }
  }

  @Test
  void none_named_isNoJcacheAtAll() {
    try (ConfigurableApplicationContext application = Applications.start()) {
      assertThat(application.getBeansOfType(CacheManager.class)).isEmpty();
    }
  }
}
