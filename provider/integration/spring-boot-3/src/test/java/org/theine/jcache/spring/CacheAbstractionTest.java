package org.theine.jcache.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.jcache.JCacheCacheManager;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.theine.jcache.TheineCache;
import org.theine.jcache.TheineCacheManager;
import org.theine.jcache.spring.Catalogue.Product;

/** The annotations of Spring, in an application that asks for a JCache and names its caches. */
final class CacheAbstractionTest {
  @Import(Applications.Caching.class)
  static class Shop {
    @Bean
    Catalogue catalogue() {
      return new Catalogue();
    }
  }

  private static ConfigurableApplicationContext application;

  private final Catalogue catalogue = application.getBean(Catalogue.class);
  private final Cache cache = application.getBean(CacheManager.class).getCache("products");
  private final int callsBefore = catalogue.calls();

  @BeforeAll
  static void start() {
    application =
        Applications.start(
            Shop.class,
            "spring.cache.type=jcache",
            "spring.cache.jcache.provider=org.theine.jcache.TheineCachingProvider",
            "spring.cache.cache-names=products,images");
  }

  @AfterAll
  static void stop() {
    application.close();
  }

  @BeforeEach
  void empty() {
    cache.clear();
  }

  private int calls() {
    return catalogue.calls() - callsBefore;
  }

  @Test
  void typeJcache_ofThisProvider_isItsManagerWithTheCachesNamed() {
    assertThat(application.getBean(CacheManager.class)).isInstanceOf(JCacheCacheManager.class);
    assertThat(application.getBean(CacheManager.class).getCacheNames())
        .containsExactlyInAnyOrder("products", "images");
    assertThat(Applications.manager(application)).isInstanceOf(TheineCacheManager.class);
    assertThat(cache.getNativeCache()).isInstanceOf(TheineCache.class);
  }

  @Test
  void cacheable_askedTwice_callsOnce() {
    Product first = catalogue.find("lamp");
    Product second = catalogue.find("lamp");

    assertThat(second).isEqualTo(first);
    assertThat(calls()).isEqualTo(1);
  }

  @Test
  void cacheable_null_isCachedAsNull() {
    assertThat(catalogue.find("none")).isNull();
    assertThat(catalogue.find("none")).isNull();

    assertThat(calls()).isEqualTo(1);
    assertThat(cache.get("none")).isNotNull().extracting(Cache.ValueWrapper::get).isNull();
  }

  @Test
  void cacheable_unlessNull_cachesNoNull() {
    catalogue.findKnown("none");
    catalogue.findKnown("none");

    assertThat(calls()).isEqualTo(2);
    assertThat(cache.get("none")).isNull();
  }

  @Test
  void cachePut_afterCacheable_isWhatIsFound() {
    catalogue.find("lamp");
    catalogue.save(new Product("lamp", 77));

    assertThat(catalogue.find("lamp")).isEqualTo(new Product("lamp", 77));
    assertThat(calls()).isEqualTo(1);
  }

  @Test
  void cacheEvict_ofOneKey_leavesTheOthers() {
    catalogue.find("lamp");
    catalogue.find("desk");
    catalogue.remove("lamp");

    catalogue.find("lamp");
    catalogue.find("desk");
    assertThat(calls()).isEqualTo(3);
  }

  @Test
  void cacheEvict_beforeAnInvocationThatFails_evicts() {
    catalogue.find("lamp");

    assertThatThrownBy(() -> catalogue.removeAndFail("lamp")).hasMessage("removed before: lamp");
    assertThat(cache.get("lamp")).isNull();
  }

  @Test
  void cacheEvict_ofAllEntries_leavesNone() {
    catalogue.find("lamp");
    catalogue.find("desk");
    catalogue.removeAll();

    catalogue.find("lamp");
    catalogue.find("desk");
    assertThat(calls()).isEqualTo(4);
  }

  @Test
  void value_comingOut_isAnotherObjectThanWentIn() {
    List<String> put = new ArrayList<>(List.of("lamp"));
    cache.put("lamp", put);
    put.add("changed later");

    assertThat(cache.get("lamp"))
        .isNotNull()
        .extracting(Cache.ValueWrapper::get)
        .isEqualTo(List.of("lamp"));
  }

  @Test
  void putIfAbsent_overAValue_returnsIt() {
    cache.put("lamp", "first");

    assertThat(cache.putIfAbsent("lamp", "second"))
        .extracting(Cache.ValueWrapper::get)
        .isEqualTo("first");
    assertThat(cache.putIfAbsent("desk", "second")).isNull();
    assertThat(cache.get("lamp", String.class)).isEqualTo("first");
    assertThat(cache.get("desk", String.class)).isEqualTo("second");
  }

  @Test
  void evictIfPresent_andInvalidate_tellWhetherSomethingWasThere() {
    cache.put("lamp", "first");

    assertThat(cache.evictIfPresent("lamp")).isTrue();
    assertThat(cache.evictIfPresent("lamp")).isFalse();
    cache.put("lamp", "again");
    assertThat(cache.invalidate()).isTrue();
    assertThat(cache.invalidate()).isFalse();
  }

  @Test
  void getWithLoader_thatFails_throwsItsFailureAndCachesNothing() {
    Exception failure = new Exception("the database is away");
    Callable<String> loader =
        () -> {
          throw failure;
        };

    assertThatThrownBy(() -> cache.get("lamp", loader))
        .isInstanceOf(Cache.ValueRetrievalException.class)
        .hasCause(failure);
    assertThat(cache.get("lamp")).isNull();
  }

  @Test
  void getWithLoader_ofNull_cachesNull() {
    assertThat(cache.<Object>get("lamp", () -> null)).isNull();

    assertThat(cache.get("lamp")).isNotNull().extracting(Cache.ValueWrapper::get).isNull();
  }
}
