package org.theine.jcache.bench.speed;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.theine.jcache.bench.jmh.Position;

/** Looks up what is there. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ReadBenchmark {

  /**
   * Reads a key.
   *
   * @param state the cache
   * @param position of the thread
   * @return its value
   */
  @Benchmark
  public @Nullable Object get(CacheState state, Position position) {
    return state.mapping().get(state.request(position.next()));
  }
}
