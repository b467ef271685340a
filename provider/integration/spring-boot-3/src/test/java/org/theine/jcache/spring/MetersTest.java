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

/** What the actuator shows of the caches, by Micrometer's {@code JCacheMetrics}. */
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
    Meter found =
        application
            .getBean(MeterRegistry.class)
            .get(meter)
            .tags("cache", "products", "cache.manager", "cacheManager")
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
