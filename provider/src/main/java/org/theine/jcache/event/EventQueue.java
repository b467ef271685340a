package org.theine.jcache.event;

import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;

/**
 * The events of one hash that synchronous listeners have not been told yet. Guarded by the lock of
 * the shard.
 */
final class EventQueue<K> {
  final ArrayDeque<EntryEvent<K>> events = new ArrayDeque<>(2);

  /** Signalled when {@link #busy} ends. */
  final Condition changed;

  /** Some thread tells the first event. */
  boolean busy;

  EventQueue(Condition changed) {
    this.changed = changed;
  }
}
