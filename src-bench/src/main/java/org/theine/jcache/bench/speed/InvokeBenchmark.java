package org.theine.jcache.bench.speed;

import java.util.concurrent.TimeUnit;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.MutableEntry;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** Entry processors. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class InvokeBenchmark {
  private static final Integer VALUE = 4711;
  private static final EntryProcessor<Object, Object, Object> READ =
      (entry, arguments) -> entry.getValue();
  private static final EntryProcessor<Object, Object, Object> UPDATE = InvokeBenchmark::update;

  private static Object update(MutableEntry<Object, Object> entry, Object... arguments) {
    Object before = entry.getValue();
    entry.setValue(VALUE);
    return before;
  }

  /**
   * Reads by a processor.
   *
   * @param state the cache
   * @param turn of the thread
   * @return what was read
   */
  @Benchmark
  public @Nullable Object read(CacheState state, Turn turn) {
    return state.cache().invoke(state.request(turn.next()), READ);
  }

  /**
   * Replaces a value by a processor.
   *
   * @param state the cache
   * @param turn of the thread
   * @return the value before
   */
  @Benchmark
  public @Nullable Object update(CacheState state, Turn turn) {
    return state.cache().invoke(state.request(turn.next()), UPDATE);
  }
}
