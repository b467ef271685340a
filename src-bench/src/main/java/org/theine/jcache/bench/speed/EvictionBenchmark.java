package org.theine.jcache.bench.speed;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Reads, and puts what was not there, in a cache that is too small for all keys. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EvictionBenchmark {

  /** Counts the requests of a thread. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Counts {
    /** Requests that found nothing. */
    public long missed;

    /** All requests. */
    public long requested;

    /** Starts to count. */
    @Setup(Level.Iteration)
    public void start() {
      missed = 0;
      requested = 0;
    }
  }

  /**
   * Reads a key, and puts it if it is not there.
   *
   * @param state the cache
   * @param turn of the thread
   * @param counts of the thread
   * @return its value
   */
  @Benchmark
  public Object request(CacheState state, Turn turn, Counts counts) {
    Object key = state.request(turn.next());
    Object value = state.mapping().get(key);
    counts.requested++;
    if (value == null) {
      counts.missed++;
      state.mapping().put(key, key);
      return key;
    }
    return value;
  }

  /**
   * Reads a key of a cache that loads what is not there.
   *
   * @param state the cache
   * @param turn of the thread
   * @return its value
   */
  @Benchmark
  public @Nullable Object load(CacheState state, Turn turn) {
    return state.mapping().get(state.request(turn.next()));
  }
}
