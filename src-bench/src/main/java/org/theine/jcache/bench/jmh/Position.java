package org.theine.jcache.bench.jmh;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.ThreadLocalRandom;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Where a thread stands in the requests, each starts elsewhere; and the processor time that it
 * took, which a busy machine does not lengthen as it does the time of the clock.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class Position {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** Processor time of the iteration, in nanoseconds. */
  public long cpuNanos;

  /** Requests of the iteration. */
  public long operations;

  private int at = ThreadLocalRandom.current().nextInt(Keys.REQUESTS);
  private int startAt;
  private long startNanos;

  /** The index of the next request. */
  int next() {
    return at++ & Keys.REQUESTS - 1;
  }

  /** Starts to count. */
  @Setup(Level.Iteration)
  public void start() {
    startAt = at;
    startNanos = THREADS.getCurrentThreadCpuTime();
  }

  /** Ends to count. */
  @TearDown(Level.Iteration)
  public void end() {
    cpuNanos += THREADS.getCurrentThreadCpuTime() - startNanos;
    operations += at - startAt;
  }
}
