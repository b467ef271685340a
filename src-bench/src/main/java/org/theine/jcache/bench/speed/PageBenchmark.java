package org.theine.jcache.bench.speed;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.infra.Blackhole;

/** Loads what a page shows from a second-level cache: one entity after the other. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PageBenchmark {
  /** Entities that a page shows. */
  static final int ENTITIES = 20;

  /**
   * Reads the entities of a page.
   *
   * @param state the cache
   * @param turn of the thread
   * @param hole takes them
   */
  @Benchmark
  public void load(PageState state, Turn turn, Blackhole hole) {
    for (int i = 0; i < ENTITIES; i++) {
      hole.consume(state.mapping().get(state.request(turn.next())));
    }
  }
}
