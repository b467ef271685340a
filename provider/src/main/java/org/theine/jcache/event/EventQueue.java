package org.theine.jcache.event;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * The events of one hash that synchronous listeners have not been told yet, linked through
 * themselves: most queues have one and are gone again in a moment. Guarded by the lock of the
 * shard.
 */
final class EventQueue<K> {
  final int hash;

  /** Of another hash, see {@link EventQueues}. */
  @Nullable EventQueue<K> following;

  private @Nullable EntryEvent<K> first;
  private @Nullable EntryEvent<K> last;

  /** Signalled when {@link #busy} ends; null until somebody waits for that. */
  private @Nullable Condition changed;

  /** Some thread tells the first event. */
  boolean busy;

  EventQueue(int hash) {
    this.hash = hash;
  }

  void add(EntryEvent<K> event) {
    EntryEvent<K> before = last;
    if (before == null) {
      first = event;
    } else {
      before.next = event;
    }
    last = event;
  }

  /** The event that comes first, or null. */
  @Nullable EntryEvent<K> peek() {
    return first;
  }

  /** Takes the first event away; false if there is none. */
  boolean removeFirst() {
    EntryEvent<K> removed = first;
    if (removed == null) {
      return false;
    }
    first = removed.next;
    removed.next = null;
    last = first == null ? null : last;
    return true;
  }

  /** Waits until some other thread is done, or has reason to look; {@code lock} is the shard's. */
  void await(Lock lock) throws InterruptedException {
    Condition condition = changed;
    if (condition == null) {
      condition = lock.newCondition();
      changed = condition;
    }
    condition.await();
  }

  /** Lets those who wait look. */
  void wakeAll() {
    if (changed != null) {
      changed.signalAll();
    }
  }
}
