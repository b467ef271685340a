package org.theine.jcache.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.management.CacheStatisticsMXBean;

/**
 * The first pass: how many requests does a cache of a given size answer, and how quickly? Entries
 * are eternal and read through. One use, by one thread.
 */
final class HitRatioPass {
  private final CacheManager manager;
  private final Trace trace;
  private final int replays;
  private final LruReplay lru;
  private final Optimum optimum;

  /** Prepares a pass that replays the trace {@code replays} times at each size. */
  HitRatioPass(CacheManager manager, Trace trace, int replays) {
    this.manager = manager;
    this.trace = trace;
    this.replays = replays;
    this.lru = LruReplay.of(trace);
    this.optimum = Optimum.of(trace);
  }

  /** Replays the trace at a size; {@code progress} is told the finished share, 0 to 1. */
  HitRatio run(int size, DoubleConsumer progress) {
    List<Check> checks = new ArrayList<>();
    long hits = 0;
    long quickestNanos = Long.MAX_VALUE;
    for (int i = 0; i < replays; i++) {
      progress.accept((double) i / replays);
      Replay replay = replay(size);
      hits += replay.hits();
      quickestNanos = Math.min(quickestNanos, replay.nanos());
      checks.addAll(replay.checks());
    }
    return new HitRatio(
        size,
        lru.hitRatio(size),
        (double) hits / replays / trace.length(),
        optimum.hitRatio(size),
        trace.length() * 1e9 / quickestNanos,
        checks);
  }

  /** What one replay through a fresh cache came to. */
  private record Replay(long hits, long nanos, List<Check> checks) {}

  private Replay replay(int size) {
    String name = "eternal-" + size;
    PayloadSource source = new PayloadSource(trace.length());
    MutableConfiguration<Long, Payload> configuration = BoundedCaches.configuration(size);
    configuration.setReadThrough(true).setCacheLoaderFactory(() -> source);
    try (Cache<Long, Payload> cache = manager.createCache(name, configuration)) {
      long started = System.nanoTime();
      long wrong = getAll(cache);
      long nanos = Math.max(1, System.nanoTime() - started);
      List<Check> checks = checks(cache, source, size, wrong);
      return new Replay(BoundedCaches.statistics(cache).getCacheHits(), nanos, checks);
    } finally {
      manager.destroyCache(name);
    }
  }

  /** Asks for every key of the trace; returns how often the value of another key came. */
  private long getAll(Cache<Long, Payload> cache) {
    long wrong = 0;
    for (int i = 0; i < trace.length(); i++) {
      Payload payload = cache.get(trace.key(i));
      if (payload == null || payload.key() != trace.key(i)) {
        wrong++;
      }
    }
    return wrong;
  }

  private List<Check> checks(
      Cache<Long, Payload> cache, PayloadSource source, int size, long wrong) {
    CacheStatisticsMXBean statistics = BoundedCaches.statistics(cache);
    String at = " at " + size;
    long present = BoundedCaches.size(cache);
    long answered = statistics.getCacheHits() + statistics.getCacheMisses();
    return List.of(
        new Check("hits + misses in the statistics = requests" + at, trace.length(), answered),
        new Check(
            "misses in the statistics = calls of the loader" + at,
            source.loads(),
            statistics.getCacheMisses()),
        new Check(
            "evictions in the statistics = loaded - still present" + at,
            source.loads() - present,
            statistics.getCacheEvictions()),
        new Check("entries beyond the bound = none" + at, 0, Math.max(0, present - size)),
        new Check("values of another key, or none = none" + at, 0, wrong));
  }
}
