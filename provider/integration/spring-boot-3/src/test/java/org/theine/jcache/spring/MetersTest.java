package org.theine.jcache.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.BeanWrapperImpl;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** What the actuator shows of the caches. */
final class MetersTest {
  @Import(Applications.Caching.class)
  static class Shop {
    @Bean
    MeterRegistry registry() {
      return new SimpleMeterRegistry();
    }
  }

  private static final String[] MEASURED = {
    "spring.cache.type=jcache",
    "spring.cache.cache-names=products",
    "theine.jcache.caches.products.maximum=100"
  };

  private static ConfigurableApplicationContext start(String... more) {
    return Applications.start(Shop.class, more);
  }

  /** Two hits, 1,001 misses, 1,000 puts, 900 evictions and one removal. */
  private static void use(Cache cache) {
    for (int i = 0; i < 1_000; i++) {
      int value = i;
      cache.get(i, () -> value);
    }
    for (Object key : keys(cache, 2)) {
      cache.get(key);
    }
    cache.evict(keys(cache, 1)[0]);
    cache.get("nowhere");
  }

  private static Object[] keys(Cache cache, int count) {
    Object[] keys = new Object[count];
    var entries = ((javax.cache.Cache<?, ?>) cache.getNativeCache()).iterator();
    for (int i = 0; i < count; i++) {
      keys[i] = entries.next().getKey();
    }
    return keys;
  }

  private static double count(
      ConfigurableApplicationContext application, String meter, String... tags) {
    return countOf("products", application, meter, tags);
  }

  private static double countOf(
      String cacheName, ConfigurableApplicationContext application, String meter, String... tags) {
    Meter found =
        application
            .getBean(MeterRegistry.class)
            .get(meter)
            .tags("cache", cacheName, "name", cacheName, "cache.manager", "cacheManager")
            .tags(tags)
            .meter();
    return found instanceof Gauge gauge ? gauge.value() : ((FunctionCounter) found).count();
  }

  @Test
  void meters_withTheActuator_countWithNoSettingOfTheUser() {
    try (ConfigurableApplicationContext application = start(MEASURED)) {
      use(application.getBean(CacheManager.class).getCache("products"));

      assertThat(count(application, "cache.gets", "result", "hit")).isGreaterThanOrEqualTo(2);
      assertThat(count(application, "cache.gets", "result", "miss")).isGreaterThanOrEqualTo(1_001);
      assertThat(count(application, "cache.puts")).isEqualTo(1_000);
      assertThat(count(application, "cache.evictions")).isEqualTo(900);
      assertThat(count(application, "cache.removals")).isEqualTo(1);
      assertThat(count(application, "cache.departures", "cause", "size")).isEqualTo(900);
      assertThat(count(application, "cache.maximum")).isEqualTo(100);
    }
  }

  @Test
  void meters_ofCachesOfAnyName_count() {
    String[] names = {"a,b", "a=b", "a:b", "a*b", "a?b", "a\"b", "'a b'", "com.acme.Product"};
    String[] properties = new String[names.length];
    for (int i = 0; i < names.length; i++) {
      properties[i] = "spring.cache.cache-names[" + i + "]=" + names[i];
    }
    try (ConfigurableApplicationContext application = start(properties)) {
      for (String name : names) {
        Cache cache = application.getBean(CacheManager.class).getCache(name);
        cache.put(1, 1);
        cache.get(1);

        assertThat(countOf(name, application, "cache.gets", "result", "hit")).isEqualTo(1);
        assertThat(countOf(name, application, "cache.size")).isEqualTo(1);
      }
    }
  }

  /** The beans of another manager with a cache of that name are not taken for this one's. */
  @Test
  void meters_withASecondCacheOfTheName_areThoseOfTheirOwn() {
    try (ConfigurableApplicationContext other =
            start("spring.cache.jcache.config=classpath:other.conf");
        ConfigurableApplicationContext application =
            start("spring.cache.jcache.config=classpath:caches.conf")) {
      application.getBean(CacheManager.class).getCache("users").put(1, 1);
      other.getBean(CacheManager.class).getCache("users").put(1, 1);
      other.getBean(CacheManager.class).getCache("users").put(2, 2);

      assertThat(countOf("users", application, "cache.puts")).isEqualTo(1);
      assertThat(countOf("users", other, "cache.puts")).isEqualTo(2);
    }
  }

  @Test
  void statistics_thatTheUserDisables_stayDisabledAndCountOnceEnabled() {
    try (ConfigurableApplicationContext application =
        start("spring.cache.cache-names=products", "theine.jcache.defaults.statistics=false")) {
      Cache cache = application.getBean(CacheManager.class).getCache("products");
      cache.put(1, 1);

      assertThat(Applications.configuration(application, "products").isStatisticsEnabled())
          .isFalse();
      assertThat(count(application, "cache.puts")).isZero();
      assertThat(count(application, "cache.size")).isEqualTo(1);
      Applications.manager(application).enableStatistics("products", true);
      cache.put(2, 2);
      assertThat(count(application, "cache.puts")).isEqualTo(1);
    }
  }

  /** The defaults of the file count for less than the registry, its blocks for more. */
  @Test
  void statistics_offInTheFile_areOffForTheBlockThatSaysItAlone() {
    try (ConfigurableApplicationContext application =
        start("spring.cache.jcache.config=classpath:quiet.conf")) {
      assertThat(Applications.configuration(application, "quiet").isStatisticsEnabled()).isFalse();
      assertThat(Applications.configuration(application, "other").isStatisticsEnabled()).isTrue();
    }
  }

  @Test
  void meters_withOursExcluded_areThoseOfSpringBoot() {
    try (ConfigurableApplicationContext application =
        start(
            "spring.cache.cache-names=products",
            "spring.autoconfigure.exclude=" + TheineMetersAutoConfiguration.class.getName())) {
      application.getBean(CacheManager.class).getCache("products").put(1, 1);

      assertThat(count(application, "cache.puts")).isEqualTo(1);
      assertThat(application.getBean(MeterRegistry.class).find("cache.departures").meters())
          .isEmpty();
    }
  }

  @Test
  void cachesEndpoint_withCaches_namesThem() throws Exception {
    try (ConfigurableApplicationContext application =
        Applications.start(
            "spring.cache.type=jcache",
            "spring.cache.cache-names=products,images",
            "spring.jmx.enabled=true",
            "management.endpoints.jmx.exposure.include=caches")) {
      Object endpoint = application.getBean("cachesEndpoint"); // its class is in another package
      Object answer = endpoint.getClass().getMethod("caches").invoke(endpoint);
      Map<?, ?> caches =
          (Map<?, ?>)
              new BeanWrapperImpl(answer).getPropertyValue("cacheManagers[cacheManager].caches");

      assertThat(caches).isNotNull();
      assertThat(caches.keySet().stream().map(Object::toString))
          .containsExactlyInAnyOrder("products", "images");
    }
  }
}
