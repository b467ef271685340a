package org.theine.jcache.store;

import org.theine.jcache.timer.Clock;
import org.theine.jcache.timer.TimerWheel;

/** Lets go of a shard what is due. The caller holds the shard lock. */
final class Sweep<K, V> {
  /** Slots that a sweep looks at before it gives the lock to others. */
  static final int LIMIT = 256;

  private final Shard<K, V> shard;

  /** The time of the latest sweep. */
  private long latestNanos;

  Sweep(Shard<K, V> shard) {
    this.shard = shard;
  }

  /** Lets go what is due, up to the limit. */
  void advance(TimerWheel wheel, long now) {
    latestNanos = Math.max(latestNanos, now);
    wheel.advance(now, this::due, LIMIT);
  }

  private void due(int slot) {
    Entry<K, V> entry = shard.occupant(slot);
    for (; ; ) {
      if (entry.tryLockIdle()) {
        expireIdle(entry);
        return;
      }
      if (entry.tellOwner(Entry.OVERDUE) != 0) {
        return; // the owner sets the timer anew when it unlocks
      }
      if (entry.is(Entry.WAITED | Entry.RESERVED)) {
        shard.reschedule(entry); // about to be locked by who was woken for it
        return;
      }
    }
  }

  private void expireIdle(Entry<K, V> entry) {
    long deadline = entry.deadline();
    // A reader may be touching the entry just now: only who moves the deadline first has it.
    if (deadline > latestNanos || !entry.moveDeadline(deadline, Clock.DEAD)) {
      shard.reschedule(entry);
      shard.letGo(entry);
      return;
    }
    try {
      shard.expireOwn(entry);
    } finally {
      shard.letGo(entry);
    }
  }
}
