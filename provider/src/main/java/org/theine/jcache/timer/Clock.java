package org.theine.jcache.timer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Nanoseconds since this clock was made, from 0 onwards and never back, with a cheap coarse reading
 * for deadlines that are far away. Safe for use by any thread; takes no lock.
 */
public final class Clock {
  /*
   * A ticker such as System.nanoTime may start anywhere and wrap around. The origin is subtracted
   * once, here, with the same wrap-around: a difference is right as long as fewer than 2^63 ns (292
   * years) lie between. So times are never negative, and everywhere else plain comparison is safe.
   *
   * The ticker costs tens of nanoseconds, as much as the look-up of an entry. Every reading
   * therefore leaves its time behind as the coarse time, which a hit compares with instead. The
   * expiration thread reads the clock four times a second, so the coarse time is at most a fraction
   * of a second old; 10 s are ample margin, and 1 s is enough. Should that thread get no processor
   * for longer, the coarse time lags; every 64th look by a thread therefore asks the ticker in any
   * case, and every fourth one if the deadline is less than 10 s away, which puts it right for all.
   * What remains: after more than a second in which nobody could read the clock, as when a collection
   * has stopped the program, a deadline that was further away than a second may have passed unnoticed
   * until one thread has looked four times; one that was more than 10 s away, 64 times.
   *
   * Coarse time moves by compare-and-set from a smaller to a larger value, so it never steps back,
   * and by no less than a millisecond at a time, so its cache line is seldom written. A failed
   * attempt is not repeated: somebody else advanced it, by a reading that may be older than ours,
   * which the next reading corrects. nanos() answers no less than the coarse time it saw: a ticker
   * that steps back stands still until it has caught up (for the system's to within that
   * millisecond).
   */

  /** The deadline that never passes: that of an eternal entry. */
  public static final long NEVER = Long.MAX_VALUE;

  /** The deadline that has always passed: that of an entry which has left the cache. */
  public static final long DEAD = Long.MIN_VALUE;

  /** Within this distance of its deadline an entry is compared with the exact time. */
  private static final long NEAR_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Beyond this distance the coarse time has ample margin. */
  private static final long FAR_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** One look in so many asks the ticker even when the deadline is far away; a power of two. */
  private static final int LOOKS_PER_FAR_READING = 64;

  /** The same for one that is neither far nor near. */
  private static final int LOOKS_PER_READING = 4;

  /** Smallest advance of the coarse time of a coarse clock: about a millisecond. */
  private static final long COARSE_STEP_NANOS = 1L << 20;

  /** Distance of two stripes, in ints: two cache lines, as processors fetch them in pairs. */
  private static final int STRIPE_INTS = 32;

  private static final VarHandle COARSE;

  static {
    try {
      COARSE = MethodHandles.lookup().findVarHandle(Clock.class, "coarseNanos", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static final Clock SYSTEM = new Clock(System::nanoTime, false);

  private final LongSupplier ticker;
  private final long origin;
  private final boolean exact;

  /** A power of two, less one. */
  private final int stripeMask;

  /**
   * Looks at deadlines that are not near, counted by thread in stripes; empty when exact. Plain
   * writes: threads that share a stripe may lose a count, which delays the next reading by a look.
   */
  private final int[] looks;

  /** Read opaque, advanced by compare-and-set; publishes nothing but itself. */
  private long coarseNanos;

  /**
   * Makes a clock on a ticker of the caller's, which every question to the clock reads: coarse time
   * and exact time are the same.
   *
   * @param ticker nanoseconds from any origin, negative ones too; may wrap around
   */
  public Clock(LongSupplier ticker) {
    this(ticker, true);
  }

  Clock(LongSupplier ticker, boolean exact) {
    this.ticker = Objects.requireNonNull(ticker, "ticker");
    this.origin = ticker.getAsLong();
    this.exact = exact;
    int stripes = exact ? 0 : powerOfTwoFrom(2 * Runtime.getRuntime().availableProcessors());
    this.stripeMask = stripes - 1;
    // A stripe more, as the array's length, which every look reads, precedes the first.
    this.looks = new int[exact ? 0 : (stripes + 1) * STRIPE_INTS];
  }

  private static int powerOfTwoFrom(int atLeast) {
    return 1 << (Integer.SIZE - Integer.numberOfLeadingZeros(atLeast - 1));
  }

  /**
   * Returns the clock on {@link System#nanoTime()}, one per class loader.
   *
   * @return the clock of every cache that was given no ticker
   */
  public static Clock system() {
    return SYSTEM;
  }

  /**
   * Tells whether a deadline is now or before; close deadlines exactly, far ones by the coarse
   * time.
   *
   * @param deadlineNanos a time of this clock, {@link #NEVER} or {@link #DEAD}
   * @return whether it has passed; for {@code NEVER} false, without a look at any clock
   */
  public boolean hasPassed(long deadlineNanos) {
    if (deadlineNanos == NEVER) {
      return false;
    }
    if (!exact) {
      long coarse = (long) COARSE.getOpaque(this);
      if (deadlineNanos > deadline(coarse, NEAR_NANOS)) {
        boolean far = deadlineNanos > deadline(coarse, FAR_NANOS);
        if (!(far ? isReadingDue(0, LOOKS_PER_FAR_READING) : isReadingDue(1, LOOKS_PER_READING))) {
          return false;
        }
      }
    }
    return deadlineNanos <= nanos();
  }

  private boolean isReadingDue(int counter, int looksPerReading) {
    int stripe = (int) Thread.currentThread().getId() & stripeMask;
    return (++looks[(stripe + 1) * STRIPE_INTS + counter] & (looksPerReading - 1)) == 0;
  }

  /**
   * Reads the ticker, and advances the coarse time with it.
   *
   * @return nanoseconds since this clock was made, at least 0
   */
  public long nanos() {
    long now = ticker.getAsLong() - origin;
    long coarse = (long) COARSE.getOpaque(this);
    if (now <= coarse) {
      return coarse;
    }
    if (exact || now - coarse >= COARSE_STEP_NANOS) {
      COARSE.compareAndSet(this, coarse, now);
    }
    return now;
  }

  /**
   * Returns the time of a recent {@link #nanos()} by any thread; with a ticker of the caller's, the
   * exact time.
   *
   * @return nanoseconds since this clock was made, at least 0
   */
  public long coarseNanos() {
    return exact ? nanos() : (long) COARSE.getOpaque(this);
  }

  /**
   * Adds a duration to a time. What is too far to be told becomes {@link #NEVER}; the result is
   * never {@link #DEAD}.
   *
   * @param nowNanos a time of a clock
   * @param durationNanos how long from then; a negative one counts as 0
   * @return the deadline
   */
  public static long deadline(long nowNanos, long durationNanos) {
    long deadline = Math.max(nowNanos, 0) + Math.max(durationNanos, 0);
    return deadline < 0 ? NEVER : deadline;
  }
}
