package org.theine.jcache.bench.jmh;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Reading: keys that are there, by Zipf's law, and keys that are not. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
public class GetBenchmark {
  /** What is read. */
  @Param public Subject subject = Subject.MAP;

  /** How many keys there are. */
  @Param("65536")
  public int keys;

  private Mapping mapping = Subject.MAP.make(0);
  private Integer[] present = {};
  private Integer[] absent = {};

  /** Fills the subject. */
  @Setup
  public void fill() {
    mapping = Keys.filled(subject, keys);
    present = Keys.zipf(keys);
    absent = Keys.absent(keys);
  }

  /**
   * Reads a key that is there.
   *
   * @param position of the thread
   * @return its value
   */
  @Benchmark
  public @Nullable Object hit(Position position) {
    return mapping.get(present[position.next()]);
  }

  /**
   * Reads a key that is not there.
   *
   * @param position of the thread
   * @return null
   */
  @Benchmark
  public @Nullable Object miss(Position position) {
    return mapping.get(absent[position.next()]);
  }
}
