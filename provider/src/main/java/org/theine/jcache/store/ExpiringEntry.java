package org.theine.jcache.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.timer.Clock;

/** An entry of a store whose entries can expire. Safe for use by several threads. */
final class ExpiringEntry<K, V> extends Entry<K, V> {
  private static final VarHandle DEADLINE;

  static {
    try {
      DEADLINE = MethodHandles.lookup().findVarHandle(ExpiringEntry.class, "deadline", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /*
   * A touch compares deadlines, not values. If a put commits between the look of a touch and its
   * compare-and-set, and its deadline equals the old one (both NEVER, or equal to the nanosecond), the touch
   * takes the new value for the one that it has seen and moves its deadline. That is known and allowed: it
   * costs at most an early or late expiry of a value that was just put, and a version beside the deadline
   * would cost every entry 8 bytes.
   */

  /**
   * {@link Clock#DEAD} without a value. Written with release after the value by the owner of the
   * entry lock, moved by compare-and-set by readers that touch, read with acquire before the value
   * by readers.
   */
  private volatile long deadline = Clock.DEAD;

  ExpiringEntry(@Nullable K key, int hash, int state) {
    super(key, hash, state);
  }

  @Override
  public long deadline() {
    return (long) DEADLINE.getAcquire(this);
  }

  @Override
  long setDeadline(long nanos) {
    return (long) DEADLINE.getAndSet(this, nanos);
  }

  @Override
  boolean moveDeadline(long from, long to) {
    return DEADLINE.compareAndSet(this, from, to);
  }
}
