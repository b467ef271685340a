package org.theine.jcache.bench.speed;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** Puts values in the place of others. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WriteBenchmark {
  private static final Integer VALUE = 4711;

  /**
   * Puts a value in the place of another.
   *
   * @param state the cache
   * @param turn of the thread
   */
  @Benchmark
  public void put(CacheState state, Turn turn) {
    state.mapping().put(state.request(turn.next()), VALUE);
  }

  /**
   * Three times out of four reads, else puts.
   *
   * @param state the cache
   * @param turn of the thread
   * @return what was read or put
   */
  @Benchmark
  public @Nullable Object mix(CacheState state, Turn turn) {
    int at = turn.next();
    Object key = state.request(at);
    if ((at & 3) != 0) {
      return state.mapping().get(key);
    }
    state.mapping().put(key, VALUE);
    return VALUE;
  }
}
