package org.theine.jcache.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.timer.Clock;

/**
 * A mapping of the store and its lock in one node, or the placeholder of an absent key while
 * somebody may create it. Safe for use by several threads as the comments at the fields say.
 *
 * @param <K> the type of the key
 * @param <V> the type of the value as the store keeps it
 */
public class Entry<K, V> {
  /*
   * A word has the state in its low bits and the slot above them: an entry of 32 bytes, or 40 with a
   * deadline. LOCKED is the entry lock; its owner alone gives the entry a value, which a clear may take away, and
   * a deadline, which a touch may move. Only states without LOCKED and DEAD can be locked, those with RESERVED
   * not by everybody.
   */

  /** An operation owns the right to change the key. */
  static final int LOCKED = 1;

  /**
   * Somebody is parked until the entry is unlocked: the unlock has to go through {@link
   * EntryLocks}.
   */
  static final int WAITED = 1 << 1;

  /** The node has left the table for good; who finds it looks the key up anew. */
  static final int DEAD = 1 << 2;

  /** A clear passed while the entry was locked: its owner commits nothing. */
  static final int CLEARED = 1 << 3;

  /** The entry was due while it was locked: its owner schedules it anew when it unlocks. */
  static final int OVERDUE = 1 << 4;

  /**
   * The owner is a load, whose outcome readers may share; it has recorded itself in {@link
   * EntryLocks}.
   */
  static final int LOADING = 1 << 5;

  /**
   * The owner, another operation, has recorded itself in {@link EntryLocks}, since it may run user
   * code.
   */
  static final int RECORDED = 1 << 6;

  /**
   * Beside LOADING: the owner has looked, or need not, and asks the loader: a clear throws its
   * result away. The bit of RECORDED, which a load has no use for.
   */
  static final int ASKING = RECORDED;

  /**
   * Beside LOCKED: the owner is between writing the value and writing the deadline that belongs to
   * it.
   */
  static final int COMMITTING = 1 << 7;

  /**
   * Unlocked, and only who was woken for it may lock it, or who ends it: a waiter whom others had
   * overtaken is next. The bit of COMMITTING, which only a locked entry has.
   */
  static final int RESERVED = COMMITTING;

  private static final int STATE_BITS = (1 << 8) - 1;

  /** The lowest bit of the slot, which is counted from 1 there: none is 0. */
  private static final int SLOT_UNIT = STATE_BITS + 1;

  /** What {@link #slot} returns while the entry has none. */
  static final int NO_SLOT = -1;

  /** What {@link #slot} returns for all larger ones, which {@link Slots} knows. */
  static final int LARGE_SLOT = (1 << 24) - 2;

  private static final VarHandle WORD;
  private static final VarHandle VALUE;
  private static final VarHandle NEXT;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      WORD = lookup.findVarHandle(Entry.class, "word", int.class);
      VALUE = lookup.findVarHandle(Entry.class, "value", Object.class);
      NEXT = lookup.findVarHandle(Entry.class, "next", Entry.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Null in the node of a {@link CollidingEntries} alone. */
  final @Nullable K key;

  final int hash;

  /**
   * Null: absent. Written with release by the owner of the lock, read with acquire by readers
   * without a lock; the compare-and-set that unlocks makes it visible before the operation returns.
   * A field of type Object, since a VarHandle knows no type variable.
   */
  private volatile @Nullable Object value;

  /** The next node of the chain. Written under the shard lock with release, read without a lock. */
  private volatile @Nullable Entry<K, V> next;

  /**
   * State and slot. Changed atomically, except that nobody can see a node yet that is being made.
   */
  private volatile int word;

  Entry(@Nullable K key, int hash, int state) {
    this.key = key;
    this.hash = hash;
    WORD.set(this, state);
  }

  /**
   * Returns the key.
   *
   * @return the key as the cache keeps it
   */
  public final K key() {
    K held = key;
    assert held != null : "the node of colliding entries is never handed out";
    return held;
  }

  /**
   * Returns the hash of the key in its store.
   *
   * @return 32 mixed bits
   */
  public final int hash() {
    return hash;
  }

  /**
   * Returns the value, also that of an entry past its deadline.
   *
   * @return the value as the cache keeps it, or null if there is none
   */
  @SuppressWarnings("unchecked")
  public final @Nullable V value() {
    return (V) VALUE.getAcquire(this);
  }

  final void setValue(@Nullable V newValue) {
    VALUE.setRelease(this, newValue);
  }

  /**
   * Replaces the value in one step, of an entry that has no deadline; requires the entry lock. Does
   * nothing if a clear has taken the value away.
   */
  final void replaceValue(V newValue) {
    Object before = value;
    if (before != null) {
      VALUE.compareAndSet(this, before, newValue); // fails only if a clear comes between
    }
  }

  @Nullable Entry<K, V> next() {
    return next;
  }

  final void setNext(@Nullable Entry<K, V> successor) {
    NEXT.setRelease(this, successor);
  }

  /**
   * Returns when the entry expires.
   *
   * @return nanoseconds on the store's {@link Clock}; {@link Clock#NEVER} if it cannot
   */
  public long deadline() {
    return Clock.NEVER;
  }

  /** Sets the deadline; requires the entry lock. The one before. */
  long setDeadline(long nanos) {
    return Clock.NEVER;
  }

  /** Moves the deadline unless somebody else has; without a lock. */
  boolean moveDeadline(long from, long to) {
    return true;
  }

  /**
   * Returns the slot that the entry is known by to policy and wheel, or {@link #NO_SLOT}. Changed
   * under the shard lock. Readers read it racily for the record of a hit: the worst is a mark on a
   * slot that has just got another entry.
   */
  final int slot() {
    return (word >>> 8) - 1;
  }

  /** Changes the slot, or takes it away with {@link #NO_SLOT}; requires the shard lock. */
  final void setSlot(int slot) {
    WORD.getAndAdd(this, (slot - slot()) * SLOT_UNIT);
  }

  final boolean hasSlot() {
    return word >>> 8 != 0;
  }

  final int state() {
    return word & STATE_BITS;
  }

  /** Whether the state has any of the bits. */
  final boolean is(int bits) {
    return (word & bits) != 0;
  }

  /** Whether a state is that of a load that asks its loader. */
  static boolean isAsking(int state) {
    return (state & (LOADING | ASKING)) == (LOADING | ASKING);
  }

  /** Whether the owner is between writing the value and writing its deadline. */
  final boolean isCommitting() {
    return (word & (LOCKED | COMMITTING)) == (LOCKED | COMMITTING);
  }

  /**
   * Whether the owner is a load whose outcome whoever asks now may share: not one that a clear has
   * met, since what it has found or loaded may be from before.
   */
  final boolean isLoadToFollow() {
    return (word & (LOADING | CLEARED)) == LOADING;
  }

  /** Takes the entry lock if it is free, also when others wait for it but it is reserved. */
  final boolean tryLock(int bits) {
    int seen = word;
    return (seen & (LOCKED | DEAD | RESERVED)) == 0
        && WORD.compareAndSet(this, seen, seen | LOCKED | bits);
  }

  /**
   * Takes the entry lock if it is free, reserved or not. Tries again when a waiter announces
   * himself meanwhile: nobody else would wake who does not take what is reserved for him.
   */
  final boolean tryLockReserved(int bits) {
    for (int seen = word; (seen & (LOCKED | DEAD)) == 0; seen = word) {
      if (WORD.compareAndSet(this, seen, seen & ~RESERVED | LOCKED | bits)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Takes the entry lock if nobody uses the entry or waits for it: for eviction, sweep and clear.
   */
  final boolean tryLockIdle() {
    int seen = word;
    return (seen & STATE_BITS) == 0 && WORD.compareAndSet(this, seen, seen | LOCKED);
  }

  /**
   * Ends a node that nobody uses or waits for, in one step, for who has the shard lock and takes it
   * out of the table before he gives that back.
   */
  final boolean tryEnd() {
    int seen = word;
    return (seen & STATE_BITS) == 0 && WORD.compareAndSet(this, seen, seen | DEAD);
  }

  /** Gives the lock back; false, and nothing done, if somebody has left a message meanwhile. */
  final boolean tryUnlock() {
    for (; ; ) {
      int seen = word;
      if ((seen & (WAITED | OVERDUE | CLEARED)) != 0) {
        return false;
      }
      if (WORD.compareAndSet(this, seen, seen & ~STATE_BITS | seen & DEAD)) {
        return true;
      }
    }
  }

  /**
   * Gives the lock back, leaving WAITED and RESERVED as given; requires the lock of EntryLocks.
   * False, and nothing done, if the owner has to see to a message first.
   */
  final boolean unlock(int left) {
    for (; ; ) {
      int seen = word;
      if ((seen & (OVERDUE | CLEARED)) != 0 && (seen & DEAD) == 0) {
        return false;
      }
      int then = (seen & DEAD) != 0 ? DEAD : left;
      if (WORD.compareAndSet(this, seen, seen & ~STATE_BITS | then)) {
        return true;
      }
    }
  }

  /**
   * Announces a waiter; false if there is nothing to wait for: the entry is neither locked nor
   * reserved any more, or dead, and perhaps all who waited for it have been woken already, long
   * before its owner unlocks it. Requires the lock of {@link EntryLocks}, so that who is announced
   * before the end stands in the queue that is woken after it.
   */
  final boolean announceWaiter() {
    for (; ; ) {
      int seen = word;
      if ((seen & (LOCKED | RESERVED)) == 0 || (seen & DEAD) != 0) {
        return false;
      }
      if ((seen & WAITED) != 0 || WORD.compareAndSet(this, seen, seen | WAITED)) {
        return true;
      }
    }
  }

  /**
   * Nobody waits any more, or nobody it is reserved for; an entry without either can be evicted.
   */
  final void forgetWaiters(int bits) {
    for (int seen = word; (seen & (LOCKED | DEAD)) == 0; seen = word) {
      if (WORD.compareAndSet(this, seen, seen & ~bits)) {
        return;
      }
    }
  }

  /**
   * The owner starts to write value and deadline; false if a clear or the end of the node forbids
   * it.
   */
  final boolean beginCommit() {
    for (; ; ) {
      int seen = word;
      assert (seen & LOCKED) != 0 : "commit without the entry lock";
      if ((seen & (CLEARED | DEAD)) != 0) {
        return false;
      }
      if (WORD.compareAndSet(this, seen, seen | COMMITTING)) {
        return true;
      }
    }
  }

  /**
   * The owner, a load, is about to ask the loader; false if a clear came before, which it has to
   * forget.
   */
  final boolean beginAsking() {
    for (; ; ) {
      int seen = word;
      assert (seen & LOADING) != 0 : "only a load asks";
      if ((seen & (CLEARED | DEAD)) == CLEARED) {
        return false;
      }
      if (WORD.compareAndSet(this, seen, seen | ASKING)) {
        return true;
      }
    }
  }

  /**
   * The owner, a load or an operation that has loaded, has a value and is about to commit: from now
   * on it keeps the node like any other owner, whatever comes. False if a clear or the end of the
   * node came before.
   */
  final boolean endAsking() {
    for (; ; ) {
      int seen = word;
      if ((seen & (CLEARED | DEAD)) != 0) {
        return false;
      }
      int then = (seen & LOADING) != 0 ? seen & ~ASKING : seen;
      if (WORD.compareAndSet(this, seen, then)) {
        return true;
      }
    }
  }

  final void endCommit() {
    WORD.getAndBitwiseAnd(this, ~COMMITTING);
  }

  /**
   * Leaves a message for the owner; the state before, or 0 if the entry is not locked any more.
   * Waits for a commit in place to end, which is a few instructions of internal code.
   */
  final int tellOwner(int bits) {
    for (int spins = 0; ; spins++) {
      int seen = word;
      if ((seen & LOCKED) == 0) {
        return 0;
      }
      if ((seen & COMMITTING) != 0) {
        pause(spins);
      } else if (WORD.compareAndSet(this, seen, seen | bits)) {
        return seen & STATE_BITS;
      }
    }
  }

  /** The owner has seen to the message. */
  final void forget(int bits) {
    WORD.getAndBitwiseAnd(this, ~bits);
  }

  /** The owner, who has not looked yet, comes after a clear; requires the shard lock. */
  final void forgetClear() {
    if (!is(DEAD)) {
      forget(CLEARED);
    }
  }

  /** Marks a node that leaves the table, whose lock the caller holds. */
  final void markDead() {
    WORD.getAndBitwiseOr(this, DEAD);
  }

  /** Waits a moment for another thread that is inside a few instructions of internal code. */
  static void pause(int spins) {
    if ((spins & 63) == 63) {
      Thread.yield();
    } else {
      Thread.onSpinWait();
    }
  }
}
