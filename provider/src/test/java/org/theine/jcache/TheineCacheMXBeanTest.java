package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.theine.jcache.Caches.asynchronous;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.cache.expiry.Duration;
import javax.management.JMX;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every attribute of the provider's own bean moves with what it shows, and never lies by a zero.
 */
final class TheineCacheMXBeanTest {
  @RegisterExtension final Caches caches = new Caches();

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

  /** What needs no statistics. */
  private static final Set<String> ALWAYS =
      Set.of(
          "CacheName",
          "StatisticsEnabled",
          "Bounded",
          "Weighted",
          "Size",
          "Weight",
          "Maximum",
          "EventsQueued");

  /** How an attribute gets away from what it is at first. */
  private record Row(
      Object first,
      Consumer<TheineConfiguration<Integer, String>> setUp,
      Consumer<TheineCache<Integer, String>> traffic,
      Predicate<Object> after) {}

  private static final Map<String, Row> ROWS = new HashMap<>();

  private static void row(
      String attribute,
      Object first,
      Consumer<TheineConfiguration<Integer, String>> setUp,
      Consumer<TheineCache<Integer, String>> traffic,
      Object after) {
    row(attribute, first, setUp, traffic, (Predicate<Object>) after::equals);
  }

  private static void row(
      String attribute,
      Object first,
      Consumer<TheineConfiguration<Integer, String>> setUp,
      Consumer<TheineCache<Integer, String>> traffic,
      Predicate<Object> after) {
    ROWS.put(attribute, new Row(first, setUp, traffic, after));
  }

  static {
    row("CacheName", "cache-1", plain -> {}, cache -> {}, "cache-2");
    row("StatisticsEnabled", false, each -> each.setStatisticsEnabled(true), cache -> {}, true);
    row("Bounded", false, each -> each.setMaximumSize(9), cache -> {}, true);
    row("Weighted", false, each -> each.setMaximumWeight(9, () -> (k, v) -> 1), cache -> {}, true);
    row("Size", 0L, plain -> {}, cache -> put(cache, 3), 3L);
    row("Weight", 0L, each -> each.setMaximumWeight(99, () -> (k, v) -> 7), c -> put(c, 3), 21L);
    row("Maximum", -1L, each -> each.setMaximumSize(9), cache -> cache.setMaximum(8), 8L);
    row("Hits", 0L, plain -> {}, TheineCacheMXBeanTest::hitAndMiss, 1L);
    row("Misses", 0L, plain -> {}, TheineCacheMXBeanTest::hitAndMiss, 2L);
    row("HitRatio", Double.NaN, plain -> {}, TheineCacheMXBeanTest::hitAndMiss, 1.0 / 3);
    row("Loads", 0L, TheineCacheMXBeanTest::loading, cache -> cache.get(1), 1L);
    row("LoadFailures", 0L, TheineCacheMXBeanTest::loading, TheineCacheMXBeanTest::failToLoad, 1L);
    row(
        "AverageLoadMicros",
        Double.NaN,
        TheineCacheMXBeanTest::loading,
        cache -> cache.get(1),
        (Predicate<Object>) micros -> (double) micros >= 1_000);
    row("EvictionsBySize", 0L, each -> each.setMaximumSize(2), cache -> put(cache, 5), 3L);
    row(
        "EvictionsByWeight",
        0L,
        each -> each.setMaximumWeight(20, () -> (k, v) -> 10),
        cache -> put(cache, 5),
        3L);
    row("Expirations", 0L, TheineCacheMXBeanTest::expiring, TheineCacheMXBeanTest::expire, 1L);
    row("EventsQueued", 0L, TheineCacheMXBeanTest::listening, cache -> put(cache, 4), 4L);
  }

  private static void put(TheineCache<Integer, String> cache, int entries) {
    for (int key = 0; key < entries; key++) {
      cache.put(key, "v");
    }
  }

  private static void hitAndMiss(TheineCache<Integer, String> cache) {
    cache.put(1, "v");
    cache.get(1);
    cache.get(2);
    cache.get(3);
  }

  private static void loading(TheineConfiguration<Integer, String> configuration) {
    configuration.setReadThrough(true).setCacheLoaderFactory(() -> loader());
  }

  private static RecordingLoader<Integer, String> loader() {
    return new RecordingLoader<>(
        key -> {
          StatisticsConformance.passMilliseconds(1);
          if (key < 0) {
            throw new IllegalStateException("made up");
          }
          return "v";
        });
  }

  private static void failToLoad(TheineCache<Integer, String> cache) {
    assertThatThrownBy(() -> cache.get(-1)).isNotNull();
  }

  /** An update ends the life of an entry. */
  private static void expiring(TheineConfiguration<Integer, String> configuration) {
    configuration.setExpiryPolicyFactory(() -> new RecordingExpiry().update(() -> Duration.ZERO));
  }

  private static void expire(TheineCache<Integer, String> cache) {
    cache.put(1, "v");
    cache.put(1, "w");
  }

  private static void listening(TheineConfiguration<Integer, String> configuration) {
    List<Runnable> never = new ArrayList<>();
    configuration.setExecutorFactory(() -> (Executor) never::add);
    configuration.addCacheEntryListenerConfiguration(asynchronous(new RecordingListener<>()));
  }

  private static Set<String> attributes() {
    return new TreeSet<>(ROWS.keySet());
  }

  private ObjectName name(TheineCache<?, ?> cache) throws Exception {
    return new ObjectName(
        "org.theine.jcache:type=TheineCache,CacheManager=%s,Cache=%s"
            .formatted(cache.getCacheManager().getURI(), cache.getName()));
  }

  private Object read(TheineCache<?, ?> cache, String attribute) throws Exception {
    return server.getAttribute(name(cache), attribute);
  }

  private Set<String> shown(TheineCache<?, ?> cache) throws Exception {
    Set<String> shown = new TreeSet<>();
    for (MBeanAttributeInfo attribute : server.getMBeanInfo(name(cache)).getAttributes()) {
      assertThat(attribute.isWritable()).isFalse();
      shown.add(attribute.getName());
    }
    return shown;
  }

  private TheineConfiguration<Integer, String> configuration() {
    return caches.configuration();
  }

  @Test
  void attributes_asShown_eachHaveARow() throws Exception {
    assertThat(shown(caches.create(configuration()))).isEqualTo(attributes());
  }

  @ParameterizedTest
  @MethodSource("attributes")
  void attribute_afterTraffic_hasLeftItsFirstValue(String attribute) throws Exception {
    Row row = ROWS.get(attribute);
    TheineConfiguration<Integer, String> first = configuration();
    first.setStatisticsEnabled(!attribute.equals("StatisticsEnabled")).setManagementEnabled(true);
    TheineCache<Integer, String> untouched = caches.create(first);
    assertThat(read(untouched, attribute)).isEqualTo(row.first);

    TheineConfiguration<Integer, String> set = configuration();
    row.setUp.accept(set);
    TheineCache<Integer, String> cache = caches.create(set);
    row.traffic.accept(cache);

    assertThat(read(cache, attribute)).matches(row.after, "what the traffic makes of it");
    assertThat(read(untouched, attribute)).as("of another cache").isEqualTo(row.first);
  }

  @ParameterizedTest
  @MethodSource("attributes")
  void attribute_byProxy_isThatOfTheServer(String attribute) throws Exception {
    Row row = ROWS.get(attribute);
    TheineConfiguration<Integer, String> set = configuration();
    row.setUp.accept(set);
    TheineCache<Integer, String> cache = caches.create(set);
    row.traffic.accept(cache);
    TheineCacheMXBean proxy = JMX.newMXBeanProxy(server, name(cache), TheineCacheMXBean.class);

    boolean is = read(cache, attribute) instanceof Boolean;
    Object got = TheineCacheMXBean.class.getMethod((is ? "is" : "get") + attribute).invoke(proxy);

    assertThat(got).isEqualTo(read(cache, attribute));
  }

  @ParameterizedTest
  @MethodSource("attributes")
  void attribute_statisticsDisabled_isNoZero(String attribute) throws Exception {
    Row row = ROWS.get(attribute);
    TheineConfiguration<Integer, String> set = configuration();
    row.setUp.accept(set);
    TheineCache<Integer, String> cache =
        caches.create(set.setStatisticsEnabled(false).setManagementEnabled(true));
    row.traffic.accept(cache);

    Object shown = read(cache, attribute);

    if (attribute.equals("StatisticsEnabled")) {
      assertThat(shown).isEqualTo(false);
    } else if (attribute.equals("CacheName")) {
      assertThat(shown).isEqualTo(cache.getName());
    } else if (ALWAYS.contains(attribute)) {
      assertThat(shown).matches(row.after, "as with statistics");
    } else {
      assertThat(shown).isIn(-1L, Double.NaN);
    }
  }

  @Test
  void bean_ofACache_isThereAsLongAsManagementOrStatisticsAre() throws Exception {
    TheineCache<Integer, String> cache = caches.create(configuration().setStatisticsEnabled(false));
    TheineCacheManager manager = caches.manager();
    ObjectName name = name(cache);
    assertThat(server.isRegistered(name)).isFalse();

    manager.enableManagement(cache.getName(), true);
    assertThat(server.isRegistered(name)).isTrue();
    manager.enableStatistics(cache.getName(), true);
    manager.enableManagement(cache.getName(), false);
    assertThat(server.isRegistered(name)).isTrue();
    manager.enableStatistics(cache.getName(), false);
    assertThat(server.isRegistered(name)).isFalse();

    manager.enableStatistics(cache.getName(), true);
    cache.close();
    assertThat(server.isRegistered(name)).isFalse();
  }

  @Test
  void clear_ofTheStandardBean_beginsTheCountsAnew() throws Exception {
    TheineCache<Integer, String> cache = caches.create(configuration());
    hitAndMiss(cache);

    Caches.statistics(cache).clear();

    assertThat(read(cache, "Misses")).isEqualTo(0L);
    assertThat(read(cache, "HitRatio")).isEqualTo(Double.NaN);
    assertThat(read(cache, "Size")).isEqualTo(1L);
  }
}
