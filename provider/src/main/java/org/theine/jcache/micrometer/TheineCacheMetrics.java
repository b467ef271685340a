package org.theine.jcache.micrometer;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.lang.ref.WeakReference;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import javax.cache.Cache;
import org.theine.jcache.RemovalCause;
import org.theine.jcache.TheineCache;
import org.theine.jcache.TheineStatistics;

/**
 * Meters of a cache of this provider. Safe for use by several threads.
 *
 * <p>They are those that Micrometer has for every cache, with the names and tags it gives them, so
 * that they stand in one graph with other caches', and some more:
 *
 * <table>
 * <caption>Meters, all with the tag {@code cache}</caption>
 * <tr><th>name</th><th>further tag</th><th>what</th></tr>
 * <tr><td>cache.size</td><td></td><td>entries</td></tr>
 * <tr><td>cache.weight</td><td></td><td>what the maximum limits: the total weight of the entries,
 *     or their number</td></tr>
 * <tr><td>cache.maximum</td><td></td><td>the maximum; infinite if there is none</td></tr>
 * <tr><td>cache.events.queued</td><td></td><td>events that listeners have still to be told</td></tr>
 * <tr><td>cache.gets</td><td>result: hit, miss</td><td>requests</td></tr>
 * <tr><td>cache.puts</td><td></td><td>entries that callers stored</td></tr>
 * <tr><td>cache.removals</td><td></td><td>entries that callers removed</td></tr>
 * <tr><td>cache.evictions</td><td></td><td>entries that left to keep the bound</td></tr>
 * <tr><td>cache.departures</td><td>cause: explicit, expired, size, weight</td><td>entries that left
 *     in whatever way but {@code clear}, by {@link RemovalCause}; evictions by cause among
 *     them</td></tr>
 * <tr><td>cache.load</td><td>result: success, failure</td><td>keys that the loader was asked for, as
 *     in {@link TheineStatistics}</td></tr>
 * <tr><td>cache.load.duration</td><td></td><td>time spent in the loader, all in all</td></tr>
 * </table>
 *
 * <p>Binding enables the statistics of the cache, without which the counters would stay zero. It
 * takes the place of meters of the same names and tags in the registry, such as those of a cache
 * that had this name before, or of Micrometer's {@code JCacheMetrics}. Two open caches of one name,
 * in two managers, need a tag that tells them apart, and with them all caches of the registry: some
 * registries, Prometheus among them, do not show a meter whose name they have with other tag keys,
 * be it of another cache or of {@code JCacheMetrics}. One warning then names the cache and the
 * meters.
 *
 * <p>Neither binder nor meters keep the cache in memory. Of a cache that was closed the gauges are
 * NaN, and the counters stay at the last count, as they do while its statistics are disabled. When
 * the statistics are cleared the counters do not fall but count on; what was counted between their
 * last reading and the clearing is lost.
 */
public final class TheineCacheMetrics implements MeterBinder {
  private static final String DEPARTURES = "cache.departures";
  private static final String GETS = "cache.gets";
  private static final String LOAD = "cache.load";
  private static final String OF_GETS = "Requests that found an entry (hit) or none (miss)";
  private static final String OF_LOADS = "Keys that the loader was asked for";
  private static final String OF_DEPARTURES = "Entries that left, by cause";

  private final WeakReference<TheineCache<?, ?>> reference;
  private final Tags tags;

  /**
   * Makes a binder.
   *
   * @param cache a cache of this provider, or a wrapper that {@code unwrap} leads through
   * @param tags further tags of each meter; none by the name {@code cache}
   * @throws IllegalArgumentException if the cache is none of this provider
   */
  public TheineCacheMetrics(Cache<?, ?> cache, Iterable<Tag> tags) {
    TheineCache<?, ?> unwrapped = cache.unwrap(TheineCache.class);
    this.reference = new WeakReference<>(unwrapped);
    this.tags = Tags.concat(tags, "cache", unwrapped.getName());
  }

  /**
   * Binds the meters of a cache.
   *
   * @param <C> the type of the cache
   * @param registry where to
   * @param cache a cache of this provider, or a wrapper that {@code unwrap} leads through
   * @param tags further tags of each meter, keys and values in turn
   * @return the cache
   * @throws IllegalArgumentException if the cache is none of this provider
   */
  public static <C extends Cache<?, ?>> C monitor(MeterRegistry registry, C cache, String... tags) {
    return monitor(registry, cache, Tags.of(tags));
  }

  /**
   * Binds the meters of a cache.
   *
   * @param <C> the type of the cache
   * @param registry where to
   * @param cache a cache of this provider, or a wrapper that {@code unwrap} leads through
   * @param tags further tags of each meter
   * @return the cache
   * @throws IllegalArgumentException if the cache is none of this provider
   */
  public static <C extends Cache<?, ?>> C monitor(
      MeterRegistry registry, C cache, Iterable<Tag> tags) {
    new TheineCacheMetrics(cache, tags).bindTo(registry);
    return cache;
  }

  /**
   * Enables the statistics of the cache and binds its meters. Does nothing for a cache that is
   * closed. Logs a warning if the registry refuses meters for their tag keys.
   */
  @Override
  public void bindTo(MeterRegistry registry) {
    TheineCache<?, ?> cache = reference.get();
    if (cache == null || cache.isClosed()) {
      return;
    }
    cache.getCacheManager().enableStatistics(cache.getName(), true);
    Target target = new Target(registry, cache);
    RefusedMeters.report(cache.getName(), registry, () -> bind(target));
  }

  private void bind(Target target) {
    bindGauges(target);
    bindCounters(target);
    bindLoads(target);
  }

  private void bindGauges(Target target) {
    target.gauge("cache.size", "Entries", TheineCache::size);
    target.gauge("cache.weight", "Entries, or their weight if that is bound", TheineCache::weight);
    target.gauge(
        "cache.maximum",
        "The largest weight, infinite if there is none",
        TheineCacheMetrics::maximum);
    target.gauge(
        "cache.events.queued",
        "Events that listeners have still to be told",
        TheineCache::eventsQueued);
  }

  private static double maximum(TheineCache<?, ?> cache) {
    long maximum = cache.maximum();
    return maximum == Long.MAX_VALUE ? Double.POSITIVE_INFINITY : maximum;
  }

  private void bindCounters(Target target) {
    Tags hit = tags.and("result", "hit");
    Tags miss = tags.and("result", "miss");
    target.counter(GETS, hit, OF_GETS, TheineStatistics::hits);
    target.counter(GETS, miss, OF_GETS, TheineStatistics::misses);
    target.counter("cache.puts", tags, "Entries that callers stored", TheineStatistics::puts);
    target.counter(
        "cache.removals", tags, "Entries that callers removed", TheineStatistics::removals);
    target.counter(
        "cache.evictions",
        tags,
        "Entries that left to keep the bound",
        TheineStatistics::evictions);
    for (RemovalCause cause : RemovalCause.values()) {
      target.counter(
          DEPARTURES, tags.and("cause", tagOf(cause)), OF_DEPARTURES, departuresBy(cause));
    }
  }

  private static String tagOf(RemovalCause cause) {
    return cause.name().toLowerCase(Locale.ROOT);
  }

  private static ToLongFunction<TheineStatistics> departuresBy(RemovalCause cause) {
    return switch (cause) {
      case EXPLICIT -> TheineStatistics::removals;
      case EXPIRED -> TheineStatistics::expirations;
      case SIZE -> TheineStatistics::evictionsBySize;
      case WEIGHT -> TheineStatistics::evictionsByWeight;
    };
  }

  private void bindLoads(Target target) {
    Tags success = tags.and("result", "success");
    Tags failure = tags.and("result", "failure");
    target.counter(LOAD, success, OF_LOADS, TheineStatistics::loads);
    target.counter(LOAD, failure, OF_LOADS, TheineStatistics::loadFailures);
    target.nanos("cache.load.duration", "Time spent in the loader", TheineStatistics::loadNanos);
  }

  /** A cache and where its meters go to; not kept by them, as they would keep the cache. */
  private final class Target {
    private final MeterRegistry registry;
    private final TheineCache<?, ?> cache;

    Target(MeterRegistry registry, TheineCache<?, ?> cache) {
      this.registry = registry;
      this.cache = cache;
    }

    void gauge(String name, String what, ToDoubleFunction<TheineCache<?, ?>> value) {
      free(name, tags);
      Gauge.builder(name, cache, of -> of.isClosed() ? Double.NaN : value.applyAsDouble(of))
          .tags(tags)
          .description(what)
          .register(registry);
    }

    void counter(String name, Tags its, String what, ToLongFunction<TheineStatistics> count) {
      free(name, its);
      FunctionCounter.builder(name, cache, new LastingCount(count))
          .tags(its)
          .description(what)
          .register(registry);
    }

    void nanos(String name, String what, ToLongFunction<TheineStatistics> count) {
      free(name, tags);
      TimeGauge.builder(name, cache, TimeUnit.NANOSECONDS, new LastingCount(count))
          .tags(tags)
          .description(what)
          .register(registry);
    }

    /** The registry would keep the meter that it has, and show nothing of this cache. */
    private void free(String name, Tags its) {
      registry.removeByPreFilterId(new Meter.Id(name, its, null, null, Meter.Type.OTHER));
    }
  }
}
