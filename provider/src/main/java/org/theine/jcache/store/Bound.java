package org.theine.jcache.store;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The maximum of a store and the total of its shards that it limits. Safe for use by several
 * threads.
 */
final class Bound {
  static final long NONE = Long.MAX_VALUE;

  /**
   * Of all entries that have a slot; counted only if there is a maximum. Changed under a shard
   * lock.
   */
  private final AtomicLong total = new AtomicLong();

  private volatile long maximum;

  Bound(long maximum) {
    this.maximum = maximum;
  }

  boolean isLimited() {
    return maximum != NONE;
  }

  long maximum() {
    return maximum;
  }

  void setMaximum(long newMaximum) {
    maximum = newMaximum;
  }

  long total() {
    return total.get();
  }

  void add(long weight) {
    if (weight != 0 && isLimited()) {
      total.addAndGet(weight);
    }
  }

  boolean isExceeded() {
    return isLimited() && total.get() > maximum;
  }

  /** Whether the total would be too much with so much more. */
  boolean isExceededWith(int weight) {
    return isLimited() && total.get() > maximum - weight;
  }

  /**
   * Takes a victim's weight off the total, unless the total is within the maximum by now: so two
   * evictors never take two victims where one is enough.
   */
  boolean reduceBy(long weight) {
    for (; ; ) {
      long seen = total.get();
      if (seen <= maximum) {
        return false;
      }
      if (total.compareAndSet(seen, seen - weight)) {
        return true;
      }
    }
  }
}
