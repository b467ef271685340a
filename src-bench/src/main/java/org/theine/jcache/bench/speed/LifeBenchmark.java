package org.theine.jcache.bench.speed;

import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The life of a cache that hardly lives. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
public class LifeBenchmark {
  /** Whose cache. */
  @Param public Contestant contestant = Contestant.THEINE;

  /** How it is configured. */
  @Param public Setting setting = Setting.ROOMY;

  /**
   * Creates a cache, puts one entry and destroys it.
   *
   * @return the cache, closed
   */
  @Benchmark
  public Cache<Object, Object> createPutDestroy() {
    CacheManager manager = Providers.manager(contestant);
    Cache<Object, Object> cache =
        manager.createCache(
            "brief", Providers.configuration(contestant, setting, 1000, new Hearer()));
    cache.put("key", "value");
    manager.destroyCache("brief");
    return cache;
  }
}
