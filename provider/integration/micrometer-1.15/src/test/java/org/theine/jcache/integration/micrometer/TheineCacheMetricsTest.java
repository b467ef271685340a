package org.theine.jcache.integration.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.cache.JCacheMetrics;
import io.micrometer.core.instrument.simple.CountingMode;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.theine.jcache.TheineConfiguration;
import org.theine.jcache.micrometer.TheineCacheMetrics;

/** Every meter moves with what it shows; none reads zero in silence, and none holds a cache. */
final class TheineCacheMetricsTest {
  @RegisterExtension final MeteredCaches caches = new MeteredCaches();

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  /** How a meter gets away from what it is at first; no expected value: more than zero. */
  private record Row(
      double first,
      Consumer<TheineConfiguration<Integer, String>> setUp,
      Consumer<Cache<Integer, String>> traffic,
      double after) {}

  private static final Map<String, Row> ROWS = new TreeMap<>();

  private static void row(
      String meter,
      double first,
      Consumer<TheineConfiguration<Integer, String>> setUp,
      Consumer<Cache<Integer, String>> traffic,
      double after) {
    ROWS.put(meter, new Row(first, setUp, traffic, after));
  }

  private static void row(
      String meter,
      Consumer<TheineConfiguration<Integer, String>> setUp,
      Consumer<Cache<Integer, String>> traffic,
      double after) {
    row(meter, 0, setUp, traffic, after);
  }

  private static final double SOME = Double.MIN_VALUE;

  static {
    double none = Double.POSITIVE_INFINITY;
    row("cache.size{}", plain -> {}, MeteredCaches::use, 4);
    row("cache.weight{}", weighing(50, 10), cache -> cache.put(1, "v"), 10);
    row("cache.maximum{}", none, each -> each.setMaximumSize(3), cache -> {}, 3);
    row("cache.events.queued{}", TheineCacheMetricsTest::listening, MeteredCaches::use, 5);
    row("cache.gets{result=hit}", plain -> {}, MeteredCaches::use, 2);
    row("cache.gets{result=miss}", plain -> {}, MeteredCaches::use, 2);
    row("cache.puts{}", plain -> {}, MeteredCaches::use, 5);
    row("cache.removals{}", plain -> {}, MeteredCaches::use, 1);
    row("cache.evictions{}", each -> each.setMaximumSize(3), MeteredCaches::use, 2);
    row("cache.departures{cause=explicit}", plain -> {}, MeteredCaches::use, 1);
    row("cache.departures{cause=size}", each -> each.setMaximumSize(3), MeteredCaches::use, 2);
    row("cache.departures{cause=weight}", weighing(30, 10), MeteredCaches::use, 2);
    row(
        "cache.departures{cause=expired}",
        TheineCacheMetricsTest::expiring,
        cache -> expire(cache),
        1);
    row("cache.load{result=success}", plain -> {}, cache -> cache.get(1), 1);
    row("cache.load{result=failure}", plain -> {}, TheineCacheMetricsTest::fail, 1);
    row("cache.load.duration{}", plain -> {}, cache -> cache.get(1), SOME);
  }

  private static Consumer<TheineConfiguration<Integer, String>> weighing(long maximum, int each) {
    return configuration -> configuration.setMaximumWeight(maximum, () -> (key, value) -> each);
  }

  private static void listening(TheineConfiguration<Integer, String> configuration) {
    List<Runnable> never = new ArrayList<>();
    configuration.setExecutorFactory(() -> (Executor) never::add);
    configuration.addCacheEntryListenerConfiguration(
        new MutableCacheEntryListenerConfiguration<>(
            () -> (CacheEntryCreatedListener<Integer, String>) events -> {}, null, false, false));
  }

  private static final long[] NANOS = new long[1];

  private static void expiring(TheineConfiguration<Integer, String> configuration) {
    configuration.setTickerFactory(() -> () -> NANOS[0]);
    configuration.setExpiryPolicyFactory(
        CreatedExpiryPolicy.factoryOf(javax.cache.expiry.Duration.ONE_MINUTE));
  }

  private static void expire(Cache<Integer, String> cache) {
    cache.put(1, "v");
    NANOS[0] += Duration.ofMinutes(2).toNanos();
    cache.put(1, "w"); // which finds the old one expired
  }

  private static void fail(Cache<Integer, String> cache) {
    assertThatThrownBy(() -> cache.get(-1)).isNotNull();
  }

  private static Stream<String> meters() {
    return ROWS.keySet().stream();
  }

  @Test
  void meters_asBound_eachHaveARow() {
    TheineCacheMetrics.monitor(registry, caches.cache("users", MeteredCaches.configuration()));

    assertThat(MeteredCaches.values(registry)).containsOnlyKeys(ROWS.keySet());
    assertThat(registry.getMeters())
        .allSatisfy(meter -> assertThat(meter.getId().getDescription()).isNotBlank());
  }

  @ParameterizedTest
  @MethodSource("meters")
  void meter_afterTraffic_hasLeftItsFirstValue(String meter) {
    Row row = ROWS.get(meter);
    SimpleMeterRegistry other = new SimpleMeterRegistry();
    TheineCacheMetrics.monitor(other, caches.cache("untouched", MeteredCaches.loading()));
    assertThat(MeteredCaches.values(other)).containsEntry(meter, row.first);
    TheineConfiguration<Integer, String> configuration = MeteredCaches.configuration();
    if (meter.startsWith("cache.load")) {
      configuration = MeteredCaches.loading();
    }
    row.setUp.accept(configuration);

    Cache<Integer, String> cache = caches.cache("users", configuration);
    TheineCacheMetrics.monitor(registry, cache);
    row.traffic.accept(cache);

    double value = MeteredCaches.values(registry).get(meter);
    if (row.after == SOME) {
      assertThat(value).isPositive();
    } else {
      assertThat(value).isEqualTo(row.after);
    }
    assertThat(MeteredCaches.values(other)).containsEntry(meter, row.first);
  }

  @Test
  @SuppressWarnings("unchecked") // the class has no type parameters
  void bind_statisticsDisabled_enablesThem() {
    Cache<Integer, String> cache = caches.cache("users", MeteredCaches.configuration());

    TheineCacheMetrics.monitor(registry, cache, "team", "shop");

    assertThat(cache.getConfiguration(TheineConfiguration.class).isStatisticsEnabled()).isTrue();
    assertThat(registry.getMeters())
        .allSatisfy(
            meter ->
                assertThat(meter.getId().getTags())
                    .containsAll(Tags.of("team", "shop", "cache", "users")));
  }

  @Test
  void bind_wrappedCache_isThatInside() {
    Cache<Integer, String> cache = caches.cache("users", MeteredCaches.configuration());

    TheineCacheMetrics.monitor(registry, wrapped(cache));
    MeteredCaches.use(cache);

    assertThat(registry.get("cache.puts").functionCounter().count()).isEqualTo(5);
  }

  @SuppressWarnings("unchecked")
  private static Cache<Integer, String> wrapped(Cache<Integer, String> cache) {
    return (Cache<Integer, String>)
        Proxy.newProxyInstance(
            Cache.class.getClassLoader(),
            new Class<?>[] {Cache.class},
            (proxy, method, arguments) -> method.invoke(cache, arguments));
  }

  @Test
  void meters_cacheClosed_gaugesAreNoNumberAndCountersStay() {
    Cache<Integer, String> cache =
        caches.cache("users", MeteredCaches.configuration().setMaximumSize(3));
    TheineCacheMetrics.monitor(registry, cache);
    MeteredCaches.use(cache);
    Map<String, Double> before = MeteredCaches.values(registry);

    cache.close();

    Map<String, Double> after = MeteredCaches.values(registry);
    assertThat(after.keySet()).isEqualTo(before.keySet());
    List<String> gauges = new ArrayList<>();
    after.forEach(
        (meter, value) -> {
          if (value.isNaN()) {
            gauges.add(meter);
          } else {
            assertThat(value).as(meter).isEqualTo(before.get(meter));
          }
        });
    assertThat(gauges)
        .containsExactly(
            "cache.events.queued{}", "cache.maximum{}", "cache.size{}", "cache.weight{}");
  }

  @Test
  void bind_cacheClosed_bindsNothing() {
    Cache<Integer, String> cache = caches.cache("users", MeteredCaches.configuration());
    cache.close();

    TheineCacheMetrics.monitor(registry, cache);

    assertThat(registry.getMeters()).isEmpty();
  }

  @Test
  void bind_cacheMadeAnew_showsTheNewOne() {
    Cache<Integer, String> old = caches.cache("users", MeteredCaches.configuration());
    TheineCacheMetrics.monitor(registry, old);
    MeteredCaches.use(old);
    caches.manager().destroyCache("users");
    Cache<Integer, String> anew = caches.cache("users", MeteredCaches.configuration());

    TheineCacheMetrics.monitor(registry, anew);
    anew.put(1, "v");

    assertThat(registry.get("cache.puts").functionCounter().count()).isEqualTo(1);
    assertThat(registry.get("cache.size").gauge().value()).isEqualTo(1);
  }

  @Test
  void counters_statisticsDisabledForAWhile_neverFall() {
    MockClock clock = new MockClock();
    SimpleMeterRegistry stepping = new SimpleMeterRegistry(new Stepping(), clock);
    Cache<Integer, String> cache = caches.cache("users", MeteredCaches.configuration());
    TheineCacheMetrics.monitor(stepping, cache);
    List<Double> puts = new ArrayList<>();
    for (boolean enabled : new boolean[] {true, false, true}) {
      caches.manager().enableStatistics("users", enabled);
      MeteredCaches.use(cache);
      stepping.get("cache.puts").functionCounter().count();
      clock.add(Duration.ofMinutes(1));
      puts.add(stepping.get("cache.puts").functionCounter().count());
    }

    assertThat(puts).containsExactly(5.0, 0.0, 5.0);
  }

  /** Differences of 5, 4 and 3; the old counts are above the new ones each time. */
  @Test
  void counters_statisticsCleared_countOnInSteps() throws JMException {
    MockClock clock = new MockClock();
    SimpleMeterRegistry stepping = new SimpleMeterRegistry(new Stepping(), clock);
    Cache<Integer, String> cache = caches.cache("users", MeteredCaches.configuration());
    TheineCacheMetrics.monitor(stepping, cache);
    TheineCacheMetrics.monitor(registry, cache);

    List<Double> steps = new ArrayList<>();
    for (int puts = 5; puts > 2; puts--) {
      clearStatistics("users");
      for (int key = 0; key < puts; key++) {
        cache.put(key, "v");
      }
      stepping.get("cache.puts").functionCounter().count();
      registry.get("cache.puts").functionCounter().count();
      clock.add(Duration.ofMinutes(1));
      steps.add(stepping.get("cache.puts").functionCounter().count());
    }

    assertThat(steps).containsExactly(5.0, 4.0, 3.0);
    assertThat(registry.get("cache.puts").functionCounter().count()).isEqualTo(12);
  }

  private static void clearStatistics(String cacheName) throws JMException {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ObjectName pattern =
        new ObjectName("javax.cache:type=CacheStatistics,Cache=" + cacheName + ",*");
    for (ObjectName bean : server.queryNames(pattern, null)) {
      server.invoke(bean, "clear", null, null);
    }
  }

  private static final class Stepping implements SimpleConfig {
    @Override
    public String get(String key) {
      return null;
    }

    @Override
    public CountingMode mode() {
      return CountingMode.STEP;
    }
  }

  @Test
  void meters_ofAClosedCache_doNotHoldIt() {
    WeakReference<Cache<Integer, String>> cache =
        new WeakReference<>(
            TheineCacheMetrics.monitor(
                registry, caches.cache("users", MeteredCaches.configuration())));
    TheineCacheMetrics binder = new TheineCacheMetrics(cache.get(), Tags.empty());
    binder.bindTo(registry);
    caches.manager().destroyCache("users");

    for (int i = 0; i < 100 && cache.get() != null; i++) {
      System.gc();
    }

    assertThat(cache.get()).isNull();
    assertThat(registry.get("cache.size").gauge().value()).isNaN();
    binder.bindTo(new SimpleMeterRegistry()); // nothing, but no failure either
  }

  @Test
  void meters_ofMicrometersOwn_areAmongOursWithTheSameCounts() {
    Cache<Integer, String> cache =
        caches.cache(
            "users", MeteredCaches.configuration().setMaximumSize(3).setStatisticsEnabled(true));
    new JCacheMetrics<>(cache, Tags.of("team", "shop"), true).bindTo(registry);
    SimpleMeterRegistry ours = new SimpleMeterRegistry();
    TheineCacheMetrics.monitor(ours, cache, "team", "shop");
    MeteredCaches.use(cache);

    for (Meter meter : registry.getMeters()) {
      Meter same = ours.get(meter.getId().getName()).tags(meter.getId().getTags()).meter();
      assertThat(same.getId()).isEqualTo(meter.getId());
      assertThat(same.getId().getType()).isEqualTo(meter.getId().getType());
    }
    assertThat(MeteredCaches.values(ours)).containsAllEntriesOf(MeteredCaches.values(registry));
  }

  /** Theirs has a gauge where ours has a counter: one name, one meter, the one bound last. */
  @Test
  void bind_overMicrometersOwn_takesTheirPlace() {
    Cache<Integer, String> cache =
        caches.cache("users", MeteredCaches.configuration().setStatisticsEnabled(true));
    JCacheMetrics.monitor(registry, cache);
    assertThat(registry.get("cache.removals").meter()).isInstanceOf(Gauge.class);

    TheineCacheMetrics.monitor(registry, cache);
    MeteredCaches.use(cache);

    assertThat(MeteredCaches.values(registry)).containsOnlyKeys(ROWS.keySet());
    assertThat(registry.get("cache.removals").functionCounter().count()).isEqualTo(1);
  }

  @Test
  void scrape_byPrometheusBesideAnothersMeters_hasThemAll() {
    PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Cache<Integer, String> theirs =
        caches.cache("theirs", MeteredCaches.configuration().setStatisticsEnabled(true));
    new JCacheMetrics<>(theirs, Tags.empty(), true).bindTo(prometheus);
    Cache<Integer, String> ours = caches.cache("ours", MeteredCaches.loading().setMaximumSize(3));
    TheineCacheMetrics.monitor(prometheus, ours);
    MeteredCaches.use(theirs);
    MeteredCaches.use(ours);

    List<String> lines = prometheus.scrape().lines().filter(line -> !line.startsWith("#")).toList();

    assertThat(lines.stream().filter(line -> line.contains("cache=\"theirs\""))).hasSize(5);
    assertThat(lines.stream().filter(line -> line.contains("cache=\"ours\""))).hasSize(ROWS.size());
    assertThat(lines)
        .contains(
            "cache_departures_total{cache=\"ours\",cause=\"explicit\"} 1.0",
            "cache_gets_total{cache=\"ours\",result=\"miss\"} 2.0",
            "cache_load_total{cache=\"ours\",result=\"success\"} 2.0",
            "cache_maximum{cache=\"ours\"} 3.0",
            "cache_puts_total{cache=\"ours\"} 5.0",
            "cache_puts_total{cache=\"theirs\"} 5.0")
        .anyMatch(line -> line.startsWith("cache_load_duration_seconds{cache=\"ours\"} "));
  }
}
