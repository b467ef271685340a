package org.theine.jcache.bench.speed;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.theine.jcache.bench.jmh.Keys;
import org.theine.jcache.bench.jmh.Mapping;

/** Looks up a hundred keys at a time. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BulkBenchmark {
  private static final int BATCH = 100;

  /** Sets of keys. */
  @State(Scope.Benchmark)
  public static class Batches {
    private static final int COUNT = 1 << 10;

    private final java.util.List<Set<Object>> batches = new java.util.ArrayList<>();

    /** Makes the sets, of requests that follow each other. */
    @Setup
    public void make(CacheState state) {
      int at = 0;
      while (batches.size() < COUNT) {
        Set<Object> batch = new LinkedHashSet<>();
        while (batch.size() < BATCH) {
          batch.add(state.request(at++ & Keys.REQUESTS - 1));
        }
        batches.add(batch);
      }
    }

    Set<Object> get(int at) {
      return batches.get(at & COUNT - 1);
    }
  }

  /**
   * Reads a hundred keys.
   *
   * @param state the cache
   * @param batches the sets of keys
   * @param turn of the thread
   * @return their values
   */
  @Benchmark
  public Map<Object, Object> getAll(CacheState state, Batches batches, Turn turn) {
    return state.cache().getAll(batches.get(turn.next()));
  }

  /**
   * The floor: reads them one by one into a map.
   *
   * @param state the cache
   * @param batches the sets of keys
   * @param turn of the thread
   * @return their values
   */
  @Benchmark
  public Map<Object, Object> loop(CacheState state, Batches batches, Turn turn) {
    Mapping mapping = state.mapping();
    Map<Object, Object> found = new HashMap<>();
    for (Object key : batches.get(turn.next())) {
      Object value = mapping.get(key);
      if (value != null) {
        found.put(key, value);
      }
    }
    return found;
  }
}
