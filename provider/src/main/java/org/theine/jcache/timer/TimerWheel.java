package org.theine.jcache.timer;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;

/**
 * Brings up the slots of a shard when their deadlines have passed: a hierarchical timing wheel. Not
 * thread-safe: the caller holds the shard lock.
 */
public final class TimerWheel {
  /*
   * Time is cut into ticks of 0.27 s; a slot is due at the first tick that begins at or after its
   * deadline: never early, and less than a tick late. A wheel [1] is a ring of 64 buckets, each a
   * list of slots. On the lowest level a bucket is one tick, on each further one a whole turn of
   * the level below:
   *
   *     level          0         1          2          3          overflow
   *     a bucket is    0.27 s    17.2 s     18.3 min   19.5 h     everything later
   *     a turn is      17.2 s    18.3 min   19.5 h     52 days    visited every 52 days
   *
   * A slot goes to the lowest level on which its bucket lies within the next turn. When time enters
   * a bucket, its list is appended as a whole to the list of pending slots. From there advance()
   * takes one slot after the other, asks for its deadline as it now is, and either hands it to the
   * handler, or drops it (NEVER), or puts it into the bucket where it now belongs: on a lower
   * level, or wherever its deadline has moved. The limit of advance() counts all three alike. As
   * pending is a list like the others, an advance that reaches its limit just stops, and a
   * cancelled slot leaves pending as it leaves any bucket.
   *
   * The deadlines are the caller's, so that the wheel itself needs two ints a slot. They may change
   * without the wheel being told, if they become later: the wheel is then early, and looks again.
   *
   * Lists are circular and doubly linked, through the arrays next and prev. Index 0 is not used, so
   * that fresh, zeroed arrays say "not scheduled"; then come the heads of the lists, then the
   * slots. A list that becomes empty leaves its head linked to itself, which tells unlink() whose
   * bit to clear.
   *
   * Invariants:
   *  - a scheduled slot is in exactly one list; next is 0 exactly for the others
   *  - the bit of a bucket is set exactly when its list is not empty
   *  - with c the number of the bucket that `now` lies in, counted on its level from time 0, the
   *    buckets of the level hold the numbers c+1 to c+64, number n at position n modulo 64
   *  - a bucket's number is at most that of its slots' deadlines
   *
   * Cost: schedule and cancel O(1). A slot moves at most once per level, and out there once in 52
   * days, as long as its deadline stays. advance() looks at one word a level to find the buckets
   * that time has entered, so after a pause of any length it visits each bucket once.
   *
   * [1] Varghese, Lauck. Hashed and Hierarchical Timing Wheels. 1987.
   */

  /** A tick is 2^28 ns, 0.27 s. */
  private static final int TICK_SHIFT = 28;

  /** A level has 2^6 buckets: one bit each in a word. */
  private static final int LEVEL_SHIFT = 6;

  private static final int BUCKETS = 1 << LEVEL_SHIFT;
  private static final int LEVELS = 4;

  /** Heads of the lists; that of a bucket is at FIRST_BUCKET + 64 level + position. */
  private static final int PENDING = 1;

  private static final int OVERFLOW = 2;
  private static final int FIRST_BUCKET = 3;
  private static final int FIRST_SLOT = FIRST_BUCKET + LEVELS * BUCKETS;

  private static final int MAXIMUM_SLOT = Integer.MAX_VALUE - 64 - FIRST_SLOT;
  private static final int FIRST_CAPACITY = 64;
  private static final int[] NONE = {};

  private final IntToLongFunction deadlines;

  /** A word a level, a bit a bucket. */
  private final long[] occupied = new long[LEVELS];

  private int[] next = NONE;
  private int[] prev = NONE;
  private int size;
  private long now;

  /**
   * Makes an empty wheel; memory for slots comes with the first one scheduled.
   *
   * @param nowNanos the time of the clock
   * @param deadlines the deadline of a scheduled slot as it now is, asked during {@link #advance};
   *     may say later than what was scheduled, {@link Clock#NEVER} to be dropped, or {@link
   *     Clock#DEAD}
   */
  public TimerWheel(long nowNanos, IntToLongFunction deadlines) {
    this.now = Math.max(nowNanos, 0);
    this.deadlines = Objects.requireNonNull(deadlines, "deadlines");
  }

  /**
   * Schedules a slot, in place of what was scheduled for it before.
   *
   * @param slot from 0; memory grows with the largest slot
   * @param deadlineNanos the slot's deadline; {@link Clock#NEVER} cancels, one in the past is due
   *     at the next {@link #advance}
   */
  public void schedule(int slot, long deadlineNanos) {
    cancel(slot);
    if (deadlineNanos != Clock.NEVER) {
      ensureCapacity(slot);
      link(headFor(deadlineNanos), FIRST_SLOT + slot);
    }
  }

  /**
   * Takes a slot out of the wheel; does nothing if it is not scheduled.
   *
   * @param slot from 0
   */
  public void cancel(int slot) {
    if (isScheduled(slot)) {
      unlink(FIRST_SLOT + slot);
    }
  }

  /**
   * Tells whether a slot is in the wheel.
   *
   * @param slot from 0
   * @return whether it was scheduled and neither cancelled nor due since
   */
  public boolean isScheduled(int slot) {
    if (slot < 0 || slot > MAXIMUM_SLOT) {
      throw new IllegalArgumentException("slot must be from 0 to " + MAXIMUM_SLOT + ": " + slot);
    }
    int index = FIRST_SLOT + slot;
    return index < next.length && next[index] != 0;
  }

  /**
   * Moves on to a time and hands over slots whose deadlines have passed. What the limit leaves
   * over, the next call goes on with. If the handler throws, its slot is out of the wheel and the
   * others are left for the next call.
   *
   * @param nowNanos the time of the clock; one before that of an earlier call counts as that
   * @param handler told of each due slot
   * @param limit the largest number of slots to look at, positive
   * @return the number of slots looked at: handed over, moved to another bucket or dropped; less
   *     than {@code limit} when nothing is left to do at this time
   */
  public int advance(long nowNanos, DueHandler handler, int limit) {
    if (limit <= 0) {
      throw new IllegalArgumentException("limit must be positive: " + limit);
    }
    if (size == 0) {
      now = Math.max(now, nowNanos);
      return 0;
    }
    enter(nowNanos);
    int looked = 0;
    // The handler may schedule and so replace the arrays: nothing is kept across a call.
    while (looked < limit && size > 0 && next[PENDING] != PENDING) {
      look(next[PENDING], handler);
      looked++;
    }
    return looked;
  }

  /** Makes all slots pending that are in buckets entered between the last time and this one. */
  private void enter(long nowNanos) {
    if (nowNanos <= now) {
      return;
    }
    for (int level = 0; level < LEVELS; level++) {
      long last = number(level, now);
      long entered = Math.min(number(level, nowNanos) - last, BUCKETS);
      if (entered == 0) {
        break; // nor is a bucket entered on the levels above
      }
      // Bit 0 of `coming` is the bucket that follows the last one.
      long coming = Long.rotateRight(occupied[level], (int) (last + 1));
      coming &= -1L >>> (BUCKETS - entered);
      for (; coming != 0; coming &= coming - 1) {
        int head = head(level, last + 1 + Long.numberOfTrailingZeros(coming));
        makePending(head);
      }
    }
    if (number(LEVELS, nowNanos) != number(LEVELS, now)) {
      makePending(OVERFLOW);
    }
    now = nowNanos;
  }

  private void look(int index, DueHandler handler) {
    unlink(index);
    int slot = index - FIRST_SLOT;
    long deadline = deadlines.applyAsLong(slot);
    if (deadline <= now) {
      handler.due(slot);
    } else if (deadline != Clock.NEVER) {
      link(headFor(deadline), index);
    }
  }

  /**
   * Returns the earliest time at which {@link #advance} could have something to do: slots to hand
   * over or to move.
   *
   * @return a time, that of the last advance if it left something over; {@link Clock#NEVER} if no
   *     slot is scheduled
   */
  public long nextNanos() {
    if (size == 0) {
      return Clock.NEVER;
    }
    if (next[PENDING] != PENDING) {
      return now;
    }
    boolean overflown = next[OVERFLOW] != OVERFLOW;
    long earliest = overflown ? start(LEVELS, number(LEVELS, now) + 1) : Clock.NEVER;
    for (int level = 0; level < LEVELS; level++) {
      if (occupied[level] != 0) {
        long following = number(level, now) + 1;
        long coming = Long.rotateRight(occupied[level], (int) following);
        long bucket = following + Long.numberOfTrailingZeros(coming);
        earliest = Math.min(earliest, start(level, bucket));
      }
    }
    return earliest;
  }

  /**
   * Returns the number of slots scheduled.
   *
   * @return slots in the wheel, those that an advance left over included
   */
  public int size() {
    return size;
  }

  /** Cancels all slots and gives the memory back; time stays where it is. */
  public void clear() {
    next = NONE;
    prev = NONE;
    size = 0;
    Arrays.fill(occupied, 0);
  }

  // Where a time belongs

  /** The list that a slot with this deadline belongs into at present. */
  private int headFor(long deadlineNanos) {
    if (deadlineNanos <= now) {
      return PENDING;
    }
    long tick = dueTick(deadlineNanos);
    for (int level = 0; level < LEVELS; level++) {
      long bucket = tick >> (LEVEL_SHIFT * level);
      if (bucket - number(level, now) <= BUCKETS) {
        return head(level, bucket);
      }
    }
    return OVERFLOW;
  }

  /** The first tick that begins at or after a deadline. */
  private static long dueTick(long deadlineNanos) {
    return deadlineNanos <= 0 ? 0 : ((deadlineNanos - 1) >> TICK_SHIFT) + 1;
  }

  /** The number, counted from time 0, of the bucket of a level that a time lies in. */
  private static long number(int level, long nanos) {
    return nanos >> (TICK_SHIFT + LEVEL_SHIFT * level);
  }

  /** The time at which a bucket begins; NEVER for the one that lies behind the end of time. */
  private static long start(int level, long bucket) {
    int shift = TICK_SHIFT + LEVEL_SHIFT * level;
    return bucket > number(level, Long.MAX_VALUE) ? Clock.NEVER : bucket << shift;
  }

  private static int head(int level, long bucket) {
    return FIRST_BUCKET + BUCKETS * level + (int) (bucket & (BUCKETS - 1));
  }

  // Lists

  private void link(int head, int index) {
    int tail = prev[head];
    next[tail] = index;
    prev[index] = tail;
    next[index] = head;
    prev[head] = index;
    mark(head, true);
    size++;
  }

  private void unlink(int index) {
    int before = prev[index];
    int after = next[index];
    next[before] = after;
    prev[after] = before;
    next[index] = 0;
    prev[index] = 0;
    if (before == after) {
      mark(before, false); // only a head is linked to itself
    }
    size--;
  }

  /** Appends a list to the pending one, whatever its length in the same few steps. */
  private void makePending(int head) {
    int first = next[head];
    if (first == head) {
      return;
    }
    int last = prev[head];
    int tail = prev[PENDING];
    next[tail] = first;
    prev[first] = tail;
    next[last] = PENDING;
    prev[PENDING] = last;
    makeEmpty(head);
    mark(head, false);
  }

  private void makeEmpty(int head) {
    next[head] = head;
    prev[head] = head;
  }

  private void mark(int head, boolean filled) {
    int bucket = head - FIRST_BUCKET;
    if (bucket >= 0) {
      long bit = 1L << bucket; // the shift takes the position, bucket modulo 64
      int level = bucket >> LEVEL_SHIFT;
      occupied[level] = filled ? occupied[level] | bit : occupied[level] & ~bit;
    }
  }

  private void ensureCapacity(int slot) {
    int needed = FIRST_SLOT + slot + 1;
    int length = next.length;
    if (needed <= length) {
      return;
    }
    long grown = Math.max((long) length + (length >> 2), FIRST_SLOT + FIRST_CAPACITY);
    int newLength = Math.max(needed, (int) Math.min(grown, FIRST_SLOT + MAXIMUM_SLOT + 1));
    int[] newNext = Arrays.copyOf(next, newLength);
    prev = Arrays.copyOf(prev, newLength);
    next = newNext; // both or, out of memory, neither
    if (length == 0) {
      for (int head = PENDING; head < FIRST_SLOT; head++) {
        makeEmpty(head);
      }
    }
  }

  /**
   * Checks every invariant of the wheel, for tests. The deadlines must be at rest meanwhile.
   *
   * @param scheduledExpected whether a slot should be scheduled, asked for each slot that the wheel
   *     has memory for
   * @throws AssertionError naming the list or the slot and the rule it breaks
   */
  public void audit(IntPredicate scheduledExpected) {
    BitSet seen = new BitSet();
    for (int head = PENDING; head < Math.min(next.length, FIRST_SLOT); head++) {
      auditList(head, seen);
    }
    check(seen.cardinality() == size, "size is %d, the lists hold %d", size, seen.cardinality());
    for (int slot = 0; slot < next.length - FIRST_SLOT; slot++) {
      check(isScheduled(slot) == seen.get(slot), "slot %d is linked but in no list", slot);
      boolean expected = scheduledExpected.test(slot);
      check(seen.get(slot) == expected, "scheduled must be %b for slot %d", expected, slot);
    }
  }

  private void auditList(int head, BitSet seen) {
    int bucket = head - FIRST_BUCKET;
    if (bucket >= 0) {
      boolean marked = (occupied[bucket >> LEVEL_SHIFT] >>> bucket & 1) != 0;
      check(marked == (next[head] != head), "the mark of bucket %d is %b", bucket, marked);
    }
    int index = head;
    do {
      check(prev[next[index]] == index, "the links of list %d break at %d", head, index);
      index = next[index];
      if (index != head) {
        check(index >= FIRST_SLOT, "list %d runs into list %d", head, index);
        check(!seen.get(index - FIRST_SLOT), "slot %d is in two lists", index - FIRST_SLOT);
        seen.set(index - FIRST_SLOT);
        auditDeadline(head, index - FIRST_SLOT);
      }
    } while (index != head);
  }

  /** A bucket may be early for its slot, never late; for the dead any will do. */
  private void auditDeadline(int head, int slot) {
    long deadline = deadlines.applyAsLong(slot);
    if (head == PENDING || deadline == Clock.DEAD) {
      return;
    }
    int level = head == OVERFLOW ? LEVELS : (head - FIRST_BUCKET) >> LEVEL_SHIFT;
    long following = number(level, now) + 1;
    long bucket = following;
    if (head != OVERFLOW) {
      bucket += (head - FIRST_BUCKET - following) & (BUCKETS - 1);
    }
    long due = dueTick(deadline) >> (LEVEL_SHIFT * level);
    check(bucket <= due, "slot %d is looked at after its deadline %d", slot, deadline);
  }

  private static void check(boolean holds, String rule, Object... offenders) {
    if (!holds) {
      throw new AssertionError(String.format(rule, offenders));
    }
  }

  /** Told which slots are due. */
  @FunctionalInterface
  public interface DueHandler {
    /**
     * Called for a slot whose deadline has passed; it is no longer scheduled. May schedule or
     * cancel any slot, this one included.
     *
     * @param slot the slot
     */
    void due(int slot);
  }
}
