package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Settings that no cache can have are refused by name, rule and value, in code and as properties.
 */
final class BadSettingsTest {
  @RegisterExtension final Caches caches = new Caches();

  // ---- maximum

  @ParameterizedTest
  @ValueSource(longs = {0, -1, -3, Long.MIN_VALUE})
  void maximum_notPositive_isRefusedWithValueAndRule(long maximum) {
    TheineConfiguration<Integer, String> configuration = caches.configuration();
    TheineCache<Integer, String> bounded =
        caches.create(caches.<Integer, String>configuration().setMaximumSize(10));

    assertThatThrownBy(() -> configuration.setMaximumSize(maximum))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maximumSize must be positive: " + maximum);
    assertThatThrownBy(() -> configuration.setMaximumWeight(maximum, () -> (k, v) -> 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maximumWeight must be positive: " + maximum);
    assertThatThrownBy(() -> bounded.setMaximum(maximum))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("positive")
        .hasMessageContaining(Long.toString(maximum));
    assertThat(bounded.maximum()).isEqualTo(10);
  }

  @Test
  void setMaximum_withoutABound_isRefused() {
    TheineCache<Integer, String> unbounded = caches.create("free", caches.configuration());
    TheineCache<Integer, String> bounded =
        caches.create(caches.<Integer, String>configuration().setMaximumSize(10));

    assertThatThrownBy(() -> unbounded.setMaximum(5))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'free'");
    assertThatThrownBy(() -> bounded.setMaximum(Long.MAX_VALUE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(Long.toString(Long.MAX_VALUE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"12X", "", "G", "-1M", "0", "1 2M", "0x10", "1e3", "9E", "NaN"})
  void maximumBytes_noSize_isRefusedWithTheText(String size) {
    assertThatThrownBy(
            () ->
                new TheineConfiguration<Integer, String>()
                    .setMaximumBytes(size, () -> (key, value) -> 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("maximumBytes must be")
        .hasMessageEndingWith(": " + size);
  }

  // ---- properties

  private final List<String> systemProperties = new ArrayList<>();

  private void setSystemProperty(String property, String value) {
    systemProperties.add(property);
    System.setProperty(property, value);
  }

  @AfterEach
  void clearSystemProperties() {
    systemProperties.forEach(System::clearProperty);
  }

  private static Stream<Arguments> badProperties() {
    return Stream.of(
            Map.entry("maximum", List.of("0", "-1", "12X", "", "1e3", "9223372036854775808")),
            Map.entry("shards", List.of("0", "-2", "3", "131072", "many", "")),
            Map.entry("eviction-events", List.of("all", "", "REMOVE")))
        .flatMap(entry -> entry.getValue().stream().map(bad -> Arguments.of(entry.getKey(), bad)));
  }

  @ParameterizedTest(name = "{0} = {1}")
  @MethodSource("badProperties")
  void property_bad_isRefusedWithNameRuleAndValue(String setting, String bad) {
    for (String scope : List.of("defaults.", "caches.the-name.")) {
      String property = "theine.jcache." + scope + setting;
      Properties properties = new Properties();
      properties.setProperty(property, bad);
      assertPropertyRefused(properties, property, bad);
      setSystemProperty(property, bad);
      assertPropertyRefused(new Properties(), property, bad);
    }
  }

  private static void assertPropertyRefused(Properties properties, String property, String bad) {
    try (TheineCachingProvider provider = new TheineCachingProvider()) {
      assertThatThrownBy(() -> provider.getCacheManager(URI.create("bad"), null, properties))
          .isInstanceOf(CacheException.class)
          .hasMessageMatching(
              ".* property \\Q" + property + "\\E: .+ must be .+: \\Q" + bad + "\\E");
      properties.remove(property);
      System.clearProperty(property);
      assertThat(provider.getCacheManager(URI.create("bad"), null, properties).getCacheNames())
          .as("the manager, once the property is right")
          .isEmpty();
    }
  }

  /** A mistake is told at once, not when somebody makes the cache it is about, or never. */
  @Test
  void property_ofAnotherCacheOrOverriddenInCode_isRefusedToo() {
    for (String scope : List.of("defaults.", "caches.other.", "templates.unused.")) {
      Properties properties = new Properties();
      properties.setProperty("theine.jcache." + scope + "maximum", "12X");
      assertPropertyRefused(properties, "theine.jcache." + scope + "maximum", "12X");
    }
  }

  /** Where a setting can come from, strongest first; the code comes before all. */
  private enum Source {
    CACHE_OF_SYSTEM("theine.jcache.caches.a name.x.", true),
    CACHE_OF_MANAGER("theine.jcache.caches.a name.x.", false),
    DEFAULT_OF_SYSTEM("theine.jcache.defaults.", true),
    DEFAULT_OF_MANAGER("theine.jcache.defaults.", false);

    final String prefix;
    final boolean ofSystem;

    Source(String prefix, boolean ofSystem) {
      this.prefix = prefix;
      this.ofSystem = ofSystem;
    }
  }

  /** A cache whose sources from the given one on say each something else. */
  private <T> T withSources(
      int strongest,
      String setting,
      List<String> values,
      TheineConfiguration<Integer, String> configuration,
      Function<TheineCache<Integer, String>, T> look) {
    Properties properties = new Properties();
    for (Source source : Source.values()) {
      if (source.ordinal() < strongest) {
        continue;
      }
      String property = source.prefix + setting;
      if (source.ofSystem) {
        setSystemProperty(property, values.get(source.ordinal()));
      } else {
        properties.setProperty(property, values.get(source.ordinal()));
      }
    }
    try (TheineCachingProvider provider = new TheineCachingProvider()) {
      CacheManager manager = provider.getCacheManager(URI.create("sources"), null, properties);
      @SuppressWarnings("unchecked")
      TheineCache<Integer, String> cache =
          manager.createCache("a name.x", configuration).unwrap(TheineCache.class);
      return look.apply(cache);
    } finally {
      systemProperties.forEach(System::clearProperty);
    }
  }

  @Test
  void maximum_fromSeveralSources_theStrongestCounts() {
    TheineConfiguration<Integer, String> silent = new TheineConfiguration<>();
    TheineConfiguration<Integer, String> inCode =
        new TheineConfiguration<Integer, String>().setMaximumSize(100);

    assertThat(maximumWith(0, inCode)).isEqualTo(100);
    for (int strongest = 0; strongest < 4; strongest++) {
      assertThat(maximumWith(strongest, silent))
          .as("strongest source %s", Source.values()[strongest])
          .isEqualTo(101 + strongest);
    }
    assertThat(maximumWith(4, silent)).isEqualTo(Long.MAX_VALUE);
  }

  private long maximumWith(int strongest, TheineConfiguration<Integer, String> configuration) {
    List<String> values = List.of("101", "102", "103", "104");
    return withSources(strongest, "maximum", values, configuration, TheineCache::maximum);
  }

  @Test
  void evictionEvents_fromSeveralSources_theStrongestCounts() {
    List<String> values = List.of("none", "removed", "evicted-only", "Removed");
    List<Integer> told = List.of(0, 1, 0, 1);
    for (int strongest = 0; strongest < 4; strongest++) {
      int heard = withSources(strongest, "eviction-events", values, tight(), this::evictionsTold);
      assertThat(heard)
          .as("strongest source %s", Source.values()[strongest])
          .isEqualTo(told.get(strongest));
    }
    TheineConfiguration<Integer, String> inCode = tight().setEvictionEvents(EvictionEvents.REMOVED);
    int heard = withSources(0, "eviction-events", values, inCode, this::evictionsTold);
    assertThat(heard).isEqualTo(1);
  }

  private static TheineConfiguration<Integer, String> tight() {
    return new TheineConfiguration<Integer, String>().setMaximumSize(1);
  }

  /** How many evictions a listener for removals hears of when there is one. */
  private int evictionsTold(TheineCache<Integer, String> cache) {
    RecordingListener<Integer, String> listener = new RecordingListener<>();
    cache.registerCacheEntryListener(Caches.synchronous(listener));
    cache.put(1, "a");
    cache.put(2, "b");
    return (int) listener.take().stream().filter(event -> event.startsWith("REMOVED")).count();
  }

  @Test
  void shards_fromProperties_areTaken() {
    TheineConfiguration<Integer, String> silent = new TheineConfiguration<>();
    withSources(
        0,
        "shards",
        List.of("1", "2", "4", "8"),
        silent,
        cache -> {
          cache.put(1, "a");
          cache.audit();
          return cache.size();
        });
    assertThatThrownBy(
            () ->
                withSources(0, "shards", List.of("3", "2", "4", "8"), silent, TheineCache::maximum))
        .hasMessageContaining("theine.jcache.caches.a name.x.shards");
    assertThatThrownBy(
            () ->
                withSources(2, "shards", List.of("1", "2", "3", "8"), silent, TheineCache::maximum))
        .hasMessageContaining("theine.jcache.defaults.shards");
  }
}
