package org.theine.jcache.integration.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.cache.JCacheMetrics;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import javax.cache.Cache;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.theine.jcache.micrometer.TheineCacheMetrics;

/** Prometheus shows no meters of one name with different tag keys; nobody loses them in silence. */
final class RefusedMetersTest {
  @RegisterExtension final MeteredCaches caches = new MeteredCaches();

  private final PrometheusMeterRegistry prometheus =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Logger logger = Logger.getLogger("org.theine.jcache.micrometer");
  private final Warnings warnings = new Warnings();

  private static final class Warnings extends Handler {
    private final List<String> texts = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LogRecord logged) {
      assertThat(logged.getLevel()).isEqualTo(Level.WARNING);
      texts.add(new SimpleFormatter().formatMessage(logged));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @BeforeEach
  void listen() {
    logger.addHandler(warnings);
    logger.setUseParentHandlers(false);
  }

  @AfterEach
  void stopListening() {
    logger.removeHandler(warnings);
    logger.setUseParentHandlers(true);
  }

  private Cache<Integer, String> cache(String name) {
    return caches.cache(name, MeteredCaches.configuration().setStatisticsEnabled(true));
  }

  @Test
  void bind_afterMetersOfOtherTagKeys_warnsOnceAndNamesCacheAndMeters() {
    Cache<Integer, String> users = cache("users");
    new JCacheMetrics<>(users, Tags.of("name", "users"), true).bindTo(prometheus);

    TheineCacheMetrics.monitor(prometheus, users);

    assertThat(prometheus.scrape()).contains("cache_size{cache=\"users\"}");
    if (prometheus.scrape().contains("cache_puts_total{cache=\"users\"}")) {
      assertThat(warnings.texts).as("newer registries show both").isEmpty();
      return;
    }
    assertThat(warnings.texts).hasSize(1);
    assertThat(warnings.texts.get(0))
        .startsWith(
            "cache 'users': the registry does not show the meters cache.evictions, cache.gets,"
                + " cache.puts, cache.removals, since all caches of a registry need the same tag"
                + " keys: ")
        .contains("[cache, name]");
  }

  @Test
  void bind_againWithAFurtherTag_warnsOnceForEachCache() {
    bindThree(prometheus);

    assertWarnedOfTwoAndThree();
  }

  /** Registries inside others tell their own listeners alone. */
  @Test
  void bind_prometheusAmongOthers_warnsToo() {
    CompositeMeterRegistry inner = new CompositeMeterRegistry();
    inner.add(prometheus);
    CompositeMeterRegistry outer = new CompositeMeterRegistry();
    outer.add(new SimpleMeterRegistry()).add(inner);

    bindThree(outer);

    assertWarnedOfTwoAndThree();
  }

  private void bindThree(MeterRegistry registry) {
    TheineCacheMetrics.monitor(registry, cache("one"));
    TheineCacheMetrics.monitor(registry, cache("two"), "team", "shop");
    TheineCacheMetrics.monitor(registry, cache("three"), "team", "shop");
  }

  /** What is not shown is told; since Micrometer 1.17 all of it is shown. */
  private void assertWarnedOfTwoAndThree() {
    assertThat(prometheus.scrape()).contains("cache_weight{cache=\"one\"}");
    if (prometheus.scrape().contains("cache_weight{cache=\"two\",team=\"shop\"}")) {
      assertThat(prometheus.scrape()).contains("cache_weight{cache=\"three\",team=\"shop\"}");
      assertThat(warnings.texts).isEmpty();
      return;
    }
    assertThat(warnings.texts).hasSize(2);
    assertThat(warnings.texts.get(0)).startsWith("cache 'two': ").contains("cache.weight");
    assertThat(warnings.texts.get(1)).startsWith("cache 'three': ").contains("cache.weight");
  }

  @Test
  void bind_equalTagKeysOrAnotherRegistry_warnsOfNothing() {
    TheineCacheMetrics.monitor(prometheus, cache("one"), "team", "shop");
    TheineCacheMetrics.monitor(prometheus, cache("two"), "team", "store");
    SimpleMeterRegistry simple = new SimpleMeterRegistry(); // shows different tag keys
    TheineCacheMetrics.monitor(simple, cache("three"));
    TheineCacheMetrics.monitor(simple, cache("four"), "team", "shop");

    assertThat(warnings.texts).isEmpty();
    assertThat(simple.find("cache.puts").functionCounters()).hasSize(2);
  }
}
