package org.theine.jcache.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** How the names of Spring's environment become those of the manager's properties. */
final class EnvironmentPropertiesTest {
  private static Map<String, String> read(PropertySource<?>... sources) {
    StandardEnvironment environment = new StandardEnvironment();
    for (PropertySource<?> source : sources) {
      environment.getPropertySources().addLast(source);
    }
    ConfigurationPropertySources.attach(environment);
    try (GenericApplicationContext context = new GenericApplicationContext()) {
      context.setEnvironment(environment);
      context.refresh();
      Properties properties = new Properties();
      new EnvironmentProperties(context).copyTo(properties);
      Map<String, String> read = new HashMap<>();
      properties
          .stringPropertyNames()
          .forEach(name -> read.put(name, properties.getProperty(name)));
      return read;
    }
  }

  private static Map<String, String> read(String name, String value) {
    return read(new MapPropertySource("application", Map.of(name, value)));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "defaults.maximum, defaults.maximum",
        "defaults.eviction-events, defaults.eviction-events",
        "templates.entity.ttl, templates.entity.ttl",
        "caches.users.maximum, caches.users.maximum",
        "caches.Users.maximum, caches.Users.maximum",
        "caches.userSessions.maximum, caches.userSessions.maximum",
        "caches.user_sessions.maximum, caches.user_sessions.maximum",
        "caches.user-sessions.maximum, caches.user-sessions.maximum",
        "caches.com.acme.Product.ttl, caches.com.acme.Product.ttl",
        "caches[com.acme.Product].ttl, caches.com.acme.Product.ttl",
        "caches[com.acme.Product##NaturalId].ttl, caches.com.acme.Product##NaturalId.ttl",
        "caches[com.acme.*].template, caches.com.acme.*.template",
        "caches[user sessions].maximum, caches.user sessions.maximum",
        "caches[default].maximum, caches.default.maximum",
        "caches[default-query-results-region].ttl, caches.default-query-results-region.ttl",
        "caches[com.acme.Outer$Inner].ttl, caches.com.acme.Outer$Inner.ttl",
      })
  void name_inAFile_isThatOfTheManager(String written, String expected) {
    assertThat(read("theine.jcache." + written, "7"))
        .containsExactly(entry("theine.jcache." + expected, "7"));
  }

  @ParameterizedTest
  @CsvSource({
    "THEINE_JCACHE_DEFAULTS_MAXIMUM, defaults.maximum",
    "THEINE_JCACHE_DEFAULTS_EVICTIONEVENTS, defaults.eviction-events",
    "THEINE_JCACHE_CACHES_USERS_MAXIMUM, caches.users.maximum",
    "THEINE_JCACHE_TEMPLATES_ENTITY_TTL, templates.entity.ttl",
  })
  void name_ofAnEnvironmentVariable_isThatOfTheManager(String variable, String expected) {
    assertThat(
            read(new SystemEnvironmentPropertySource("systemEnvironment", Map.of(variable, "7"))))
        .containsExactly(entry("theine.jcache." + expected, "7"));
  }

  @ParameterizedTest
  @CsvSource({
    "defaults.evictionEvents, defaults.eviction-events",
    "defaults.eviction_events, defaults.eviction-events",
    "caches.users.evictionEvents, caches.users.eviction-events",
    "caches[com.acme.Product].EvictionEvents, caches.com.acme.Product.eviction-events",
    "caches.users.maxmum, caches.users.maxmum",
    "caches.users.Maximum, caches.users.maximum",
    "default.maximum, default.maximum",
  })
  void setting_inAnotherSpelling_isThatOfTheManager(String written, String expected) {
    assertThat(read("theine.jcache." + written, "7"))
        .containsExactly(entry("theine.jcache." + expected, "7"));
  }

  @Test
  void value_withAPlaceholder_isResolved() {
    assertThat(
            read(
                new MapPropertySource(
                    "application",
                    Map.of(
                        "shop.size", "500", "theine.jcache.caches.users.maximum", "${shop.size}"))))
        .containsExactly(entry("theine.jcache.caches.users.maximum", "500"));
  }

  @Test
  void value_ofTheSourceAsked_first_counts() {
    assertThat(
            read(
                new SystemEnvironmentPropertySource(
                    "systemEnvironment", Map.of("THEINE_JCACHE_CACHES_USERS_MAXIMUM", "7")),
                new MapPropertySource(
                    "application", Map.of("theine.jcache.caches.users.maximum", "8"))))
        .containsExactly(entry("theine.jcache.caches.users.maximum", "7"));
  }

  @Test
  void value_ofAnotherType_isTakenAsText() {
    assertThat(
            read(
                new MapPropertySource(
                    "application",
                    Map.of(
                        "theine.jcache.caches.users.maximum",
                        500,
                        "theine.jcache.caches.users.statistics",
                        true))))
        .containsOnly(
            entry("theine.jcache.caches.users.maximum", "500"),
            entry("theine.jcache.caches.users.statistics", "true"));
  }

  @Test
  void environment_withNothingOfOurs_givesNothing() {
    assertThat(read("theine.other", "7")).isEmpty();
  }

  @Test
  void hashSeed_whichIsOfTheSystem_isNotGivenToTheManager() {
    assertThat(read("theine.jcache.hash-seed", "7")).isEmpty();
  }
}
