package org.theine.jcache.management;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a cache does: exact counters, and sampled times. Safe for use by any thread.
 *
 * <p>Nothing is counted while the statistics are disabled, nor made up for later. What was counted
 * before stays.
 */
public final class CacheStatistics {
  /*
   * The counters stand in one array of longs, once for each stripe; a thread adds to the stripe that
   * its id chooses, and a reader sums over all stripes. Stripes are far enough apart that two of them
   * never share a cache line, nor the pair of lines that a processor fetches together. Two threads of
   * one stripe are kept apart by the atomic add, so no count is ever lost.
   *
   * Reading the clock twice costs more than a hit, so times are taken of some operations only: the
   * first ones of each stripe, so that a cache with little traffic has exact averages, then one in
   * sixteen. Which one is decided by the top bits of n times the golden ratio, the n-th operation of
   * the stripe: unlike every sixteenth, that meets no rhythm of the caller's (get, put, get, put) on
   * one operation only. n is counted by a racy read and write; what a race can do is to sample one
   * operation more or less. Loads are slow, so each of them is timed.
   *
   * Disabled, each method is one read of a field that is null then.
   */

  private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);

  private static final int HITS = 0;
  private static final int MISSES = 1;
  private static final int PUTS = 2;
  private static final int REMOVALS = 3;
  private static final int EVICTIONS = 4;
  private static final int EXPIRATIONS = 5;
  private static final int GET_NANOS = 6;
  private static final int GETS_TIMED = 7;
  private static final int PUT_NANOS = 8;
  private static final int PUTS_TIMED = 9;
  private static final int REMOVE_NANOS = 10;
  private static final int REMOVES_TIMED = 11;
  private static final int OPERATIONS = 12;
  private static final int LOADS = 13;
  private static final int LOAD_FAILURES = 14;
  private static final int LOAD_NANOS = 15;

  /** Longs from one stripe to the next: 256 bytes, of which the counters take 128. */
  private static final int STRIDE = 32;

  private static final int MAXIMUM_STRIPES = 64;

  /** Operations of a stripe that are all timed before sampling begins. */
  private static final int TIMED_AT_FIRST = 64;

  /** After those, one operation in 2^4 is timed. */
  private static final int SAMPLING_SHIFT = Long.SIZE - 4;

  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

  private final int stripes;

  /** The counters, or null while disabled. Written under the monitor; a reader may see it late. */
  private volatile long @Nullable [] active;

  /** The counters since they were first needed; guarded by the monitor. */
  private long @Nullable [] cells;

  /** Makes statistics that are disabled. */
  public CacheStatistics() {
    int processors = Math.min(Runtime.getRuntime().availableProcessors(), MAXIMUM_STRIPES);
    stripes = Integer.highestOneBit(2 * processors - 1);
  }

  /**
   * Tells whether anything is counted.
   *
   * @return true if it is
   */
  public boolean isEnabled() {
    return active != null;
  }

  /**
   * Begins or stops counting. Idempotent; the counts so far stay.
   *
   * @param enabled true to count
   */
  public synchronized void setEnabled(boolean enabled) {
    if (enabled && cells == null) {
      cells = new long[(stripes + 1) * STRIDE];
    }
    active = enabled ? cells : null;
  }

  /** Sets everything to zero. What other threads count meanwhile may or may not stay. */
  public synchronized void clear() {
    if (cells != null) {
      for (int i = 0; i < cells.length; i++) {
        CELL.setOpaque(cells, i, 0L);
      }
    }
  }

  /**
   * Begins an operation.
   *
   * @return the instant by {@link System#nanoTime}, never zero, if the operation is to be timed;
   *     zero if it is not
   */
  public long start() {
    long[] cells = active;
    if (cells == null) {
      return 0;
    }
    int cell = stripe() + OPERATIONS;
    long n = (long) CELL.getOpaque(cells, cell);
    CELL.setOpaque(cells, cell, n + 1);
    if (n >= TIMED_AT_FIRST && (n * GOLDEN_RATIO) >>> SAMPLING_SHIFT != 0) {
      return 0;
    }
    long now = System.nanoTime();
    return (now == 0) ? 1 : now;
  }

  /**
   * Counts requests that found an entry.
   *
   * @param count how many
   */
  public void recordHits(long count) {
    add(HITS, count);
  }

  /**
   * Counts requests that found none, whether or not it was loaded then.
   *
   * @param count how many
   */
  public void recordMisses(long count) {
    add(MISSES, count);
  }

  /**
   * Counts entries that a caller stored.
   *
   * @param count how many
   */
  public void recordPuts(long count) {
    add(PUTS, count);
  }

  /**
   * Counts entries that a caller removed.
   *
   * @param count how many
   */
  public void recordRemovals(long count) {
    add(REMOVALS, count);
  }

  /**
   * Counts entries that left to keep the bound.
   *
   * @param count how many
   */
  public void recordEvictions(long count) {
    add(EVICTIONS, count);
  }

  /**
   * Counts entries that left because their time was over.
   *
   * @param count how many
   */
  public void recordExpirations(long count) {
    add(EXPIRATIONS, count);
  }

  /**
   * Counts keys that a loader was asked for and gave its answer to, be it that they have no value.
   *
   * @param keys how many
   * @param nanos how long the loader took for all of them
   */
  public void recordLoads(long keys, long nanos) {
    add(LOADS, keys);
    add(LOAD_NANOS, Math.max(0, nanos));
  }

  /**
   * Counts keys that a loader was asked for and failed.
   *
   * @param keys how many
   * @param nanos how long the loader took until it failed
   */
  public void recordLoadFailures(long keys, long nanos) {
    add(LOAD_FAILURES, keys);
    add(LOAD_NANOS, Math.max(0, nanos));
  }

  /**
   * Adds a timed request.
   *
   * @param nanos how long it took, without what a loader took
   */
  public void recordGetTime(long nanos) {
    addTime(GET_NANOS, GETS_TIMED, nanos);
  }

  /**
   * Adds a timed operation that stored something.
   *
   * @param nanos how long it took
   */
  public void recordPutTime(long nanos) {
    addTime(PUT_NANOS, PUTS_TIMED, nanos);
  }

  /**
   * Adds a timed operation that removed something.
   *
   * @param nanos how long it took
   */
  public void recordRemoveTime(long nanos) {
    addTime(REMOVE_NANOS, REMOVES_TIMED, nanos);
  }

  /**
   * Returns all counts. They are read one after the other, so they agree with each other only while
   * nobody uses the cache.
   *
   * @return the counts since the beginning or the last {@link #clear}
   */
  public synchronized Snapshot snapshot() {
    return new Snapshot(
        sum(HITS),
        sum(MISSES),
        sum(PUTS),
        sum(REMOVALS),
        sum(EVICTIONS),
        sum(EXPIRATIONS),
        sum(LOADS),
        sum(LOAD_FAILURES),
        sum(LOAD_NANOS),
        averageMicros(GET_NANOS, GETS_TIMED),
        averageMicros(PUT_NANOS, PUTS_TIMED),
        averageMicros(REMOVE_NANOS, REMOVES_TIMED));
  }

  private void add(int counter, long count) {
    long[] cells = active;
    if (cells != null && count != 0) {
      CELL.getAndAdd(cells, stripe() + counter, count);
    }
  }

  private void addTime(int sum, int timed, long nanos) {
    long[] cells = active;
    if (cells != null) {
      int stripe = stripe();
      CELL.getAndAdd(cells, stripe + sum, Math.max(0, nanos));
      CELL.getAndAdd(cells, stripe + timed, 1L);
    }
  }

  /**
   * Returns where the current thread's counters begin; half a stride keeps the array's head off.
   */
  private int stripe() {
    long spread = Thread.currentThread().getId() * GOLDEN_RATIO;
    return ((int) (spread >>> Integer.SIZE) & (stripes - 1)) * STRIDE + STRIDE / 2;
  }

  // requires the monitor
  private long sum(int counter) {
    long sum = 0;
    if (cells != null) {
      for (int stripe = 0; stripe < stripes; stripe++) {
        sum += (long) CELL.getOpaque(cells, stripe * STRIDE + STRIDE / 2 + counter);
      }
    }
    return sum;
  }

  // requires the monitor
  private float averageMicros(int nanos, int timed) {
    long operations = sum(timed);
    return (operations == 0) ? 0 : (float) (sum(nanos) / 1000.0 / operations);
  }

  /**
   * Counts at one time.
   *
   * @param hits requests that found an entry
   * @param misses requests that found none
   * @param puts entries stored by callers
   * @param removals entries removed by callers
   * @param evictions entries that left to keep the bound
   * @param expirations entries whose time was over
   * @param loads keys that a loader answered for
   * @param loadFailures keys that a loader was asked for and failed
   * @param loadNanos time that the loader took for both together
   * @param averageGetMicros mean time of a request in microseconds, zero if there was none
   * @param averagePutMicros mean time of a storing operation in microseconds, zero if there was
   *     none
   * @param averageRemoveMicros mean time of a removal in microseconds, zero if there was none
   */
  public record Snapshot(
      long hits,
      long misses,
      long puts,
      long removals,
      long evictions,
      long expirations,
      long loads,
      long loadFailures,
      long loadNanos,
      float averageGetMicros,
      float averagePutMicros,
      float averageRemoveMicros) {

    /**
     * Returns the number of requests.
     *
     * @return hits and misses together
     */
    public long gets() {
      return hits + misses;
    }

    /**
     * Returns the share of requests that found an entry.
     *
     * @return a percentage from 0 to 100, zero if there was no request
     */
    public float hitPercentage() {
      return percentage(hits);
    }

    /**
     * Returns the share of requests that found no entry.
     *
     * @return a percentage from 0 to 100, zero if there was no request
     */
    public float missPercentage() {
      return percentage(misses);
    }

    private float percentage(long part) {
      return (gets() == 0) ? 0 : (float) (100.0 * part / gets());
    }
  }
}
