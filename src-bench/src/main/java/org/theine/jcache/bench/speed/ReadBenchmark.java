package org.theine.jcache.bench.speed;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** Looks up what is there. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ReadBenchmark {

  /**
   * Reads a key.
   *
   * @param state the cache
   * @param turn of the thread
   * @return its value
   */
  @Benchmark
  public @Nullable Object get(CacheState state, Turn turn) {
    return state.mapping().get(state.request(turn.next()));
  }
}
