package org.theine.jcache.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.theine.jcache.TheineCache;
import org.theine.jcache.TheineCachingProvider;

/** This provider, Caffeine, Ehcache and cache2k on one class path. */
final class SeveralProvidersTest {
  private static final String NAME = "org.theine.jcache.TheineCachingProvider";

  @AfterEach
  void close() {
    System.clearProperty(Caching.JAVAX_CACHE_CACHING_PROVIDER);
    Caching.getCachingProviders().forEach(CachingProvider::close);
  }

  @Test
  void providers_onTheClassPath_areFour() {
    List<String> names = new ArrayList<>();
    Caching.getCachingProviders().forEach(provider -> names.add(provider.getClass().getName()));

    assertThat(names)
        .containsExactlyInAnyOrder(
            NAME,
            "com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider",
            "org.ehcache.jsr107.EhcacheCachingProvider",
            "org.cache2k.jcache.provider.JCacheProvider");
  }

  @Test
  void provider_notNamed_isRefusedByJCache() {
    assertThatThrownBy(Caching::getCachingProvider)
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("Multiple CachingProviders");
  }

  @Test
  void provider_namedInCode_isThisOne() {
    assertOurs(Caching.getCachingProvider(NAME));
  }

  /** JCache looks at the property when it is asked for a class loader for the first time. */
  @Test
  void provider_namedByTheSystemProperty_isThisOne() {
    System.setProperty(Caching.JAVAX_CACHE_CACHING_PROVIDER, NAME);

    assertOurs(Caching.getCachingProvider(new ClassLoader(getClass().getClassLoader()) {}));
  }

  private static void assertOurs(CachingProvider provider) {
    assertThat(provider).isInstanceOf(TheineCachingProvider.class);
    try (CacheManager manager = provider.getCacheManager()) {
      Cache<String, List<String>> cache =
          manager.createCache("lists", new MutableConfiguration<String, List<String>>());
      cache.put("a", new ArrayList<>(List.of("b")));

      assertThat(cache.get("a")).containsExactly("b");
      assertThat((Object) cache.unwrap(TheineCache.class)).isSameAs(cache);
    }
  }
}
