package org.theine.jcache.policy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Traces, and hit ratios in percent of policies written as plainly as possible. */
final class References {

  private References() {}

  /** Returns independent requests for the keys below n, by the law of Zipf with this exponent. */
  static long[] zipf(double exponent, int n, int requests, long seed) {
    double[] sums = new double[n];
    double sum = 0;
    for (int rank = 0; rank < n; rank++) {
      sum += Math.pow(rank + 1, -exponent);
      sums[rank] = sum;
    }
    double total = sum;
    SplittableRandom random = new SplittableRandom(seed);
    long[] trace = new long[requests];
    for (int i = 0; i < requests; i++) {
      int at = Arrays.binarySearch(sums, random.nextDouble() * total);
      trace[i] = at < 0 ? -at - 1 : at;
    }
    return trace;
  }

  /** Returns keys by the law of Zipf, and as many that come twice, at most this far apart. */
  static long[] bursts(int n, int distance, int requests, long seed) {
    long[] trace = zipf(0.9, n, requests, seed);
    SplittableRandom random = new SplittableRandom(seed);
    boolean[] taken = new boolean[requests];
    for (int i = 0; i < requests; i++) {
      int again = i + 1 + random.nextInt(distance);
      if (!taken[i] && again < requests && !taken[again] && random.nextBoolean()) {
        trace[i] = n + i;
        trace[again] = n + i;
        taken[again] = true;
      }
    }
    return trace;
  }

  /** Returns the keys below n in turn, again and again. */
  static long[] loop(int n, int requests) {
    long[] trace = new long[requests];
    for (int i = 0; i < requests; i++) {
      trace[i] = i % n;
    }
    return trace;
  }

  /** Least recently used leaves. */
  static double lru(int capacity, long[] trace) {
    LinkedHashSet<Long> cache = new LinkedHashSet<>();
    int hits = 0;
    for (long key : trace) {
      if (cache.remove(key)) {
        hits++;
      } else if (cache.size() == capacity) {
        cache.remove(cache.iterator().next());
      }
      cache.add(key);
    }
    return 100.0 * hits / trace.length;
  }

  /** Belady's optimum: the key needed furthest in the future leaves, perhaps the new one. */
  static double optimum(int capacity, long[] trace) {
    int[] next = new int[trace.length];
    Map<Long, Integer> seen = new HashMap<>();
    for (int i = trace.length - 1; i >= 0; i--) {
      next[i] = seen.getOrDefault(trace[i], trace.length + i);
      seen.put(trace[i], i);
    }
    TreeMap<Integer, Long> byNextUse = new TreeMap<>();
    int hits = 0;
    for (int i = 0; i < trace.length; i++) {
      hits += byNextUse.remove(i) != null ? 1 : 0;
      byNextUse.put(next[i], trace[i]);
      if (byNextUse.size() > capacity) {
        byNextUse.pollLastEntry();
      }
    }
    return 100.0 * hits / trace.length;
  }

  /**
   * W-TinyLFU with a window of 1 %, exact order of recency and exact counts, halved now and then.
   */
  static double windowTinyLfu(int capacity, double windowShare, long[] trace) {
    WindowTinyLfuReference cache = new WindowTinyLfuReference(capacity, windowShare);
    int hits = 0;
    for (long key : trace) {
      hits += cache.access(key) ? 1 : 0;
    }
    return 100.0 * hits / trace.length;
  }

  private static final class WindowTinyLfuReference {
    private final LinkedHashSet<Long> window = new LinkedHashSet<>();
    private final LinkedHashSet<Long> probation = new LinkedHashSet<>();
    private final LinkedHashSet<Long> protectedKeys = new LinkedHashSet<>();
    private final Map<Long, Integer> counts = new HashMap<>();
    private final int capacity;
    private final int windowMaximum;
    private int counted;

    WindowTinyLfuReference(int capacity, double windowShare) {
      this.capacity = capacity;
      windowMaximum = Math.max(1, (int) (capacity * windowShare));
    }

    boolean access(long key) {
      count(key);
      if (window.remove(key)) {
        window.add(key);
        return true;
      }
      if (protectedKeys.remove(key) || probation.remove(key)) {
        protectedKeys.add(key);
        if (protectedKeys.size() > (capacity - windowMaximum) * 4 / 5) {
          long demoted = protectedKeys.iterator().next();
          protectedKeys.remove(demoted);
          probation.add(demoted);
        }
        return true;
      }
      window.add(key);
      if (window.size() > windowMaximum) {
        leaveWindow();
      }
      return false;
    }

    private void leaveWindow() {
      long candidate = window.iterator().next();
      window.remove(candidate);
      if (probation.size() + protectedKeys.size() < capacity - windowMaximum) {
        probation.add(candidate);
        return;
      }
      LinkedHashSet<Long> queue = probation.isEmpty() ? protectedKeys : probation;
      long victim = queue.iterator().next();
      if (counts.getOrDefault(candidate, 0) > counts.getOrDefault(victim, 0)) {
        queue.remove(victim);
        probation.add(candidate);
      }
    }

    private void count(long key) {
      counts.merge(key, 1, (a, b) -> Math.min(15, a + b));
      if (++counted == 10 * capacity) {
        counted /= 2;
        counts.replaceAll((each, count) -> count / 2);
        counts.values().removeIf(count -> count == 0);
      }
    }
  }
}
