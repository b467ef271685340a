package org.theine.jcache.policy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Collects hashes until there are enough of them to be worth a lock. Safe for use by several
 * threads, and lossy.
 */
final class SampleBuffer {
  /*
   * A stripe belongs to a few threads, most often to one. Its counter is not atomic: threads that
   * meet in a stripe may overwrite what another one has put there, or see it twice. What is left is
   * as good a sample as any. One thread alone loses nothing.
   */

  /** Hashes of a stripe: what is drained in one go, perhaps under the lock of a shard. */
  static final int LENGTH = 16;

  private static final int MAXIMUM_STRIPES = 64;

  /** Requests of a tally: more than a hash each, as they cost so much less to keep and to read. */
  static final int TALLY = 64;

  /** Where the tally of a stripe is: misses in its upper half, all requests in its lower one. */
  private static final int TALLIED = 1 + LENGTH;

  private static final long MISS = 1L << 32;

  /** After the tally, so that stripes share no cache line. */
  private static final int PADDING = 7;

  private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);

  /** Made when a thread first comes to them: how many hashes there are, the hashes, the tally. */
  private final AtomicReferenceArray<long @Nullable []> stripes;

  SampleBuffer() {
    int wanted = Math.min(MAXIMUM_STRIPES, 2 * Runtime.getRuntime().availableProcessors());
    stripes = new AtomicReferenceArray<>(Integer.highestOneBit(wanted));
  }

  /** Adds a hash; true if the stripe of this thread is full and should be emptied. */
  boolean add(long hash) {
    long[] stripe = stripe();
    int at = Math.min(size(stripe), LENGTH - 1);
    WORD.setOpaque(stripe, 1 + at, hash);
    WORD.setOpaque(stripe, 0, at + 1L);
    return at + 1 == LENGTH;
  }

  /** Empties the stripe of this thread. */
  void empty() {
    WORD.setOpaque(stripe(), 0, 0L);
  }

  /** Empties the stripe of this thread and hands over what was in it, in order. */
  void drainTo(LongConsumer target) {
    long[] stripe = stripe();
    int size = size(stripe);
    WORD.setOpaque(stripe, 0, 0L);
    for (int i = 1; i <= size; i++) {
      target.accept((long) WORD.getOpaque(stripe, i));
    }
  }

  /**
   * Counts a request without its hash. Returns -1, or if a tally is full, which then begins anew,
   * how many of its requests were misses.
   */
  int count(boolean found) {
    long[] stripe = stripe();
    long tally = (long) WORD.getOpaque(stripe, TALLIED) + (found ? 1 : 1 + MISS);
    if ((int) tally < TALLY) {
      WORD.setOpaque(stripe, TALLIED, tally);
      return -1;
    }
    WORD.setOpaque(stripe, TALLIED, 0L);
    return (int) (tally >>> 32);
  }

  private static int size(long[] stripe) {
    return (int) (long) WORD.getOpaque(stripe, 0);
  }

  private long[] stripe() {
    long thread = Thread.currentThread().getId();
    int number = (int) (FrequencySketch.spread(thread) >>> 32) & stripes.length() - 1;
    long[] stripe = stripes.get(number);
    if (stripe != null) {
      return stripe;
    }
    long[] made = new long[TALLIED + 1 + PADDING];
    return stripes.compareAndSet(number, null, made) ? made : stripes.get(number);
  }
}
