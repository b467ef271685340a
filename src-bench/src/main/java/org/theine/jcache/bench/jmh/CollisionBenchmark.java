package org.theine.jcache.bench.jmh;

import java.util.Arrays;
import java.util.Random;
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

/** Many comparable keys of one hash code, and what they cost those beside them. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
public class CollisionBenchmark {
  /** Keys beside the colliding ones. */
  static final int NEIGHBOURS = 65_536;

  private static final long SEED = 42;

  /** What is read. */
  @Param public Subject subject = Subject.MAP;

  /** How many keys share a hash code. */
  @Param({"0", "20000"})
  public int colliding;

  private Mapping mapping = Subject.MAP.make(0);
  private Integer[] neighbours = {};
  private CollidingKey[] requests = {};

  /** A key that compares well and hashes badly. */
  record CollidingKey(int number) implements Comparable<CollidingKey> {
    @Override
    public int hashCode() {
      return 42;
    }

    @Override
    public int compareTo(CollidingKey other) {
      return Integer.compare(number, other.number);
    }
  }

  /** Fills the subject. */
  @Setup
  public void fill() {
    mapping = Keys.filled(subject, NEIGHBOURS);
    for (int i = 0; i < colliding; i++) {
      mapping.put(new CollidingKey(i), i);
    }
    neighbours = Keys.uniform(NEIGHBOURS);
    requests = new CollidingKey[Keys.REQUESTS];
    Random random = new Random(SEED);
    Arrays.setAll(requests, i -> new CollidingKey(random.nextInt(Math.max(1, colliding))));
  }

  /**
   * Reads a key that collides with all the others.
   *
   * @param position of the thread
   * @return its value
   */
  @Benchmark
  public @Nullable Object collidingHit(Position position) {
    return mapping.get(requests[position.next()]);
  }

  /**
   * Reads a key that collides with none.
   *
   * @param position of the thread
   * @return its value
   */
  @Benchmark
  public @Nullable Object neighbourHit(Position position) {
    return mapping.get(neighbours[position.next()]);
  }
}
