package org.theine.jcache.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.cache.CacheException;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.cache.CacheManager;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Settings of caches from the files of an application, and mistakes in them. */
final class SettingsTest {
  private static final String PRODUCT = "com.acme.Product";

  /** An application that says what caches are made with, as Spring Boot allows it. */
  @Import(Applications.Caching.class)
  static class Typed {
    @Bean
    Configuration<String, Integer> configuration() {
      return new MutableConfiguration<String, Integer>().setTypes(String.class, Integer.class);
    }
  }

  private static Duration afterCreation(
      ConfigurableApplicationContext application, String cacheName) {
    ExpiryPolicy policy =
        Applications.configuration(application, cacheName).getExpiryPolicyFactory().create();
    return policy.getExpiryForCreation();
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop.properties", "shop.yaml"})
  void file_ofTheApplication_setsItsCaches(String file) {
    try (ConfigurableApplicationContext application =
        Applications.start("spring.config.location=classpath:/" + file)) {
      assertThat(application.getBean(CacheManager.class).getCacheNames())
          .containsExactlyInAnyOrder("users", "orders", PRODUCT, "images");
      assertThat(Applications.configuration(application, "users").getMaximumSize()).isEqualTo(500);
      assertThat(afterCreation(application, "users")).isEqualTo(Duration.ETERNAL);
      assertThat(Applications.configuration(application, "orders").getMaximumSize())
          .isEqualTo(10_000);
      assertThat(Applications.configuration(application, PRODUCT).getMaximumSize())
          .isEqualTo(50_000);
      assertThat(afterCreation(application, PRODUCT)).isEqualTo(new Duration(TimeUnit.MINUTES, 30));
      assertThat(Applications.configuration(application, "images").isStoreByValue()).isFalse();
      assertThat(Applications.configuration(application, "users").isStoreByValue()).isTrue();
    }
  }

  @Test
  void configurationFile_andProperties_holdTogetherAndThePropertiesWin() {
    try (ConfigurableApplicationContext application =
        Applications.start(
            "spring.cache.type=jcache",
            "spring.cache.jcache.config=classpath:caches.conf",
            "spring.cache.cache-names=users,sessions",
            "theine.jcache.caches.users.maximum=7",
            "theine.jcache.caches.orders.ttl=1h")) {
      assertThat(Applications.manager(application).getURI().toString()).endsWith("caches.conf");
      assertThat(Applications.manager(application).getCacheNames())
          .containsExactlyInAnyOrder("users", "products", "orders", "sessions");
      assertThat(Applications.configuration(application, "users").getMaximumSize()).isEqualTo(7);
      assertThat(afterCreation(application, "users")).isEqualTo(new Duration(TimeUnit.MINUTES, 5));
      assertThat(Applications.configuration(application, "products").getMaximumSize())
          .isEqualTo(200);
      assertThat(Applications.configuration(application, "sessions").getMaximumSize())
          .isEqualTo(1_000);
    }
  }

  @Test
  void configurationFile_thatIsMissing_failsTheStart() {
    assertThatThrownBy(
            () -> Applications.start("spring.cache.jcache.config=classpath:missing.conf"))
        .hasStackTraceContaining("missing.conf");
  }

  @Test
  void configurationFile_asAPathOfTheMachine_isRead() throws Exception {
    Path file = Path.of(SettingsTest.class.getResource("/caches.conf").toURI());
    try (ConfigurableApplicationContext application =
        Applications.start("spring.cache.jcache.config=" + file.toUri())) {
      assertThat(Applications.manager(application).getCacheNames())
          .containsExactlyInAnyOrder("users", "products");
    }
  }

  @Test
  void twoApplications_withFilesOfTheirOwn_haveManagersOfTheirOwn() {
    try (ConfigurableApplicationContext other =
        Applications.start("spring.cache.jcache.config=classpath:other.conf")) {
      try (ConfigurableApplicationContext one =
          Applications.start("spring.cache.jcache.config=classpath:caches.conf")) {
        Applications.manager(one).getCache("users").put("ada", 1);
      }

      assertThat(Applications.manager(other).isClosed()).isFalse();
      assertThat(Applications.manager(other).getCache("users")).isEmpty();
    }
  }

  @Test
  void configurationBean_withTypes_isThatOfTheCachesNamed() {
    try (ConfigurableApplicationContext application =
        Applications.start(
            Typed.class,
            "spring.cache.cache-names=counts",
            "theine.jcache.caches.counts.maximum=9")) {
      assertThat(Applications.configuration(application, "counts").getMaximumSize()).isEqualTo(9);
      assertThat(Applications.manager(application).getCache("counts", String.class, Integer.class))
          .isNotNull();
    }
  }

  @Test
  void valuesWithNoSerialForm_byReference_areHeldAsTheyAre() {
    try (ConfigurableApplicationContext application =
        Applications.start(
            "spring.cache.cache-names=threads", "theine.jcache.defaults.store-by-value=false")) {
      var cache = application.getBean(CacheManager.class).getCache("threads");
      cache.put("main", Thread.currentThread());

      assertThat(cache.get("main", Thread.class)).isSameAs(Thread.currentThread());
    }
  }

  @Test
  void mistake_inAFile_failsTheStartAndNamesPlaceAndNearest() {
    PrintStream console = System.out;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
    try {
      assertThatThrownBy(
              () -> Applications.start("spring.config.location=classpath:/mistakes.properties"))
          .hasRootCauseInstanceOf(CacheException.class);
    } finally {
      System.setOut(console);
    }

    String place = "class path resource [mistakes.properties] - ";
    assertThat(written.toString(StandardCharsets.UTF_8))
        .contains("property theine.jcache.caches.users.maxmum, " + place + "2:")
        .contains("property theine.jcache.defaults.ttl, " + place + "3:")
        .contains("nearest is 'maximum'")
        .contains("Correct what is named above.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "theine.jcache.default.maximum=1",
        "theine.jcache.defaults.maximum=many",
        "theine.jcache.caches.users.template=missing",
        "theine.jcache.caches.users.weigher=com.acme.NoSuchWeigher",
        "theine.jcache.defaults.ttl=30",
      })
  void mistake_ofAnyKind_failsTheStartAndLeavesNothing(String mistake) {
    String property = mistake.substring(0, mistake.indexOf('='));

    assertThatThrownBy(() -> Applications.start("spring.cache.cache-names=users", mistake))
        .hasRootCauseInstanceOf(CacheException.class)
        .hasStackTraceContaining(property);
    try (ConfigurableApplicationContext application =
        Applications.start("spring.cache.cache-names=users")) {
      assertThat(Applications.manager(application).getCache("users")).isEmpty();
    }
  }
}
