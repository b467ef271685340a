package org.theine.jcache.bench.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Taking keys out and putting them back, among as many as {@link GetBenchmark} reads. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
public class ChangeBenchmark {
  /** What is changed. */
  @Param public Subject subject = Subject.MAP;

  /** How many keys there are. */
  @Param("65536")
  public int keys;

  private Mapping mapping = Subject.MAP.make(0);
  private Integer[] requests = {};

  /** Fills the subject. */
  @Setup
  public void fill() {
    mapping = Keys.filled(subject, keys);
    requests = Keys.uniform(keys);
  }

  /**
   * Removes a key and puts it back.
   *
   * @param position of the thread
   * @return whether it was there
   */
  @Benchmark
  public boolean removeAndPut(Position position) {
    Integer key = requests[position.next()];
    boolean removed = mapping.remove(key);
    mapping.put(key, key);
    return removed;
  }
}
