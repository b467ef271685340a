package org.theine.jcache.integration.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.cache.JCacheMetrics;
import io.micrometer.core.instrument.config.InvalidConfigurationException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.cache.Cache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.theine.jcache.micrometer.TheineCacheMetrics;

/**
 * Micrometer's own meters of a JCache, which look for the bean of its statistics by name. That
 * works as far as the name of the cache and the URI of the manager have none of the characters that
 * the specification replaces in the names of beans, as Micrometer replaces only colons, and those
 * only in the URI.
 */
final class JCacheMetricsTest {
  @RegisterExtension final MeteredCaches caches = new MeteredCaches();

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  private void bind(Cache<?, ?> cache) {
    new JCacheMetrics<>(cache, Tags.empty(), true).bindTo(registry);
  }

  private void assertNoZero() {
    Map<String, Double> values = MeteredCaches.values(registry);
    assertThat(values)
        .containsOnlyKeys(
            "cache.gets{result=hit}",
            "cache.gets{result=miss}",
            "cache.puts{}",
            "cache.evictions{}",
            "cache.removals{}");
    assertThat(values).allSatisfy((meter, value) -> assertThat(value).as(meter).isPositive());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "users",
        " ",
        "com.acme.Product",
        "com.acme.Product##NaturalId",
        "default-query-results-region",
        "back\\slash/and/slash",
        "it's (50%) $new; [a]{b}|c&d!",
        "tab\tand \u00fcml\u00e4ut \uD83D\uDE00"
      })
  void meters_ofACacheOfThisName_areNotZero(String name) {
    Cache<Integer, String> cache =
        caches.cache(
            name, MeteredCaches.configuration().setMaximumSize(3).setStatisticsEnabled(true));
    bind(cache);

    MeteredCaches.use(cache);

    assertNoZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"urn:acme:shop", "plain-name", "https://acme.example/a%20b;c#d"})
  void meters_ofAManagerOfThisUri_areNotZero(String uri) {
    assertNoZeroOf(URI.create(uri));
  }

  @Test
  void meters_ofAManagerOfAFile_areNotZero(@TempDir Path folder) throws IOException {
    assertNoZeroOf(Files.writeString(folder.resolve("caches.conf"), "theine.jcache {}").toUri());
  }

  private void assertNoZeroOf(URI manager) {
    Cache<Integer, String> cache =
        caches
            .manager(manager)
            .createCache(
                "users",
                MeteredCaches.configuration().setMaximumSize(3).setStatisticsEnabled(true));
    bind(cache);

    MeteredCaches.use(cache);

    assertNoZero();
  }

  /** The name that Micrometer makes is none of a bean. Ours are bound all the same. */
  @ParameterizedTest
  @ValueSource(strings = {"a:b", "a=b", "a,b", "a\"b", "line\nbreak", "a:b,\"c\"=d*?"})
  void meters_nameThatMicrometerRefuses_areOursAlone(String name) {
    Cache<Integer, String> cache =
        caches.cache(
            name, MeteredCaches.configuration().setMaximumSize(3).setStatisticsEnabled(true));

    assertThatThrownBy(() -> bind(cache)).isInstanceOf(InvalidConfigurationException.class);
    TheineCacheMetrics.monitor(registry, cache);
    MeteredCaches.use(cache);

    assertOursCount(name);
  }

  /** The name that Micrometer makes is a pattern, or has a value in quotes, and finds no bean. */
  @ParameterizedTest
  @ValueSource(strings = {"com.acme.*", "really?", "\"quoted\"", "a,b=c"})
  void meters_nameThatMicrometerMakesAnotherOf_areZeroAndOursAreNot(String name) {
    Cache<Integer, String> cache =
        caches.cache(
            name, MeteredCaches.configuration().setMaximumSize(3).setStatisticsEnabled(true));
    bind(cache);
    MeteredCaches.use(cache);
    assertThat(MeteredCaches.values(registry)).isNotEmpty().containsValue(0.0);

    TheineCacheMetrics.monitor(registry, cache);

    assertOursCount(name);
  }

  private void assertOursCount(String name) {
    assertThat(MeteredCaches.values(registry))
        .containsEntry("cache.gets{result=hit}", 2.0)
        .containsEntry("cache.gets{result=miss}", 2.0)
        .containsEntry("cache.puts{}", 5.0)
        .containsEntry("cache.evictions{}", 2.0)
        .containsEntry("cache.removals{}", 1.0);
    assertThat(registry.get("cache.puts").functionCounter().getId().getTag("cache"))
        .isEqualTo(name);
  }
}
