package org.theine.jcache.bench.latency;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** How long each of many operations took, to three digits. For one thread. */
final class Times {
  /** The name of the longest time. */
  static final String LONGEST = "max";

  private static final long HIGHEST_NANOS = TimeUnit.MINUTES.toNanos(10);
  private static final int DIGITS = 3;
  private static final double[] PERCENTILES = {50, 90, 99, 99.9, 99.99};

  private final Histogram histogram = new Histogram(HIGHEST_NANOS, DIGITS);

  /** Repeats the operation until the clock says so, without a pause. */
  Times repeat(Runnable operation, long untilNanos) {
    return repeat(operation, untilNanos, 0);
  }

  /** Repeats the operation until the clock says so, with pauses that are not counted. */
  Times repeat(Runnable operation, long untilNanos, long pauseNanos) {
    long from = System.nanoTime();
    while (from - untilNanos < 0) {
      operation.run();
      record(System.nanoTime() - from);
      if (pauseNanos > 0) {
        LockSupport.parkNanos(pauseNanos);
      }
      from = System.nanoTime();
    }
    return this;
  }

  void record(long nanos) {
    histogram.recordValue(Math.min(nanos, HIGHEST_NANOS));
  }

  /** The longest, in nanoseconds; 0 if there is none. */
  long longest() {
    return histogram.getMaxValue();
  }

  /** The percentiles that are shown, in nanoseconds, by name. */
  Map<String, Double> percentiles() {
    Map<String, Double> percentiles = new LinkedHashMap<>();
    for (double percentile : PERCENTILES) {
      percentiles.put("p" + percentile, (double) histogram.getValueAtPercentile(percentile));
    }
    percentiles.put(LONGEST, (double) longest());
    return percentiles;
  }

  /** The smallest step that the clock makes, in nanoseconds. */
  static long resolution() {
    long smallest = Long.MAX_VALUE;
    long before = System.nanoTime();
    for (int i = 0; i < 1_000_000; i++) {
      long now = System.nanoTime();
      if (now > before) {
        smallest = Math.min(smallest, now - before);
      }
      before = now;
    }
    return smallest;
  }
}
