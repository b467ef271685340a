package org.theine.jcache.event;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The queues of a shard that are not empty, by hash: chains threaded through the queues themselves,
 * since each lasts no longer than an operation. Guarded by the lock of the shard.
 */
final class EventQueues<K> {
  /** Most shards have no events, and those that have have one at a time. */
  private static final int FIRST_LENGTH = 1;

  private EventQueue<K>[] chains = newArray(FIRST_LENGTH);
  private int size;

  /** Events in all queues together. */
  private int events;

  /** Appends an event to the queue of its hash, a new one if it has none; the queue. */
  EventQueue<K> add(EntryEvent<K> event) {
    EventQueue<K> queue = of(event.hash());
    queue.add(event);
    events++;
    return queue;
  }

  /** Takes the first event of a queue away, and forgets the queue if that was the last one. */
  void removeFirst(EventQueue<K> queue) {
    if (queue.removeFirst()) {
      events--;
    }
    if (queue.peek() == null) {
      remove(queue);
    }
  }

  /** How many events wait or are just being told. */
  int events() {
    return events;
  }

  /** The queue of a hash; a new one if it has none. */
  EventQueue<K> of(int hash) {
    for (EventQueue<K> queue = chains[indexOf(hash)]; queue != null; queue = queue.following) {
      if (queue.hash == hash) {
        return queue;
      }
    }
    if (size == chains.length) {
      grow();
    }
    EventQueue<K> added = new EventQueue<>(hash);
    link(added);
    size++;
    return added;
  }

  /** Forgets a queue, if it is there. */
  void remove(EventQueue<K> gone) {
    int index = indexOf(gone.hash);
    EventQueue<K> before = null;
    for (EventQueue<K> queue = chains[index]; queue != null; queue = queue.following) {
      if (queue == gone) {
        if (before == null) {
          chains[index] = queue.following;
        } else {
          before.following = queue.following;
        }
        size--;
        return;
      }
      before = queue;
    }
  }

  /** Gives each queue to the action, and forgets all. */
  void clear(Consumer<EventQueue<K>> action) {
    for (EventQueue<K> first : chains) {
      for (EventQueue<K> queue = first; queue != null; queue = queue.following) {
        action.accept(queue);
      }
    }
    chains = newArray(FIRST_LENGTH);
    size = 0;
    events = 0;
  }

  private void grow() {
    EventQueue<K>[] old = chains;
    chains = newArray(2 * old.length);
    for (EventQueue<K> first : old) {
      for (EventQueue<K> queue = first; queue != null; ) {
        EventQueue<K> following = queue.following;
        link(queue);
        queue = following;
      }
    }
  }

  private void link(EventQueue<K> queue) {
    int index = indexOf(queue.hash);
    queue.following = chains[index];
    chains[index] = queue;
  }

  private int indexOf(int hash) {
    return hash & chains.length - 1;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static <K> @Nullable EventQueue<K>[] newArray(int length) {
    return (EventQueue<K>[]) new EventQueue[length];
  }
}
