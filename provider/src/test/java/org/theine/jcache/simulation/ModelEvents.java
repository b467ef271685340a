package org.theine.jcache.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.cache.event.CacheEntryListenerException;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.event.EventKind;

/** Tells the listeners of the model: at the end of the outermost operation, in order. */
final class ModelEvents {
  /** Tasks that tell orphans at a time. */
  private static final int TELLERS = 16;

  /** Orphans that one task tells. */
  private static final int BATCH = 1024;

  private final World world;
  final List<ModelListener> listeners = new ArrayList<>();

  /** Not told yet to the synchronous listeners, by hash: who tells one, tells what is before it. */
  private final Map<Integer, Deque<Event>> queues = new HashMap<>();

  /** Caused by the operations under way. */
  private final Deque<Event> pending = new ArrayDeque<>();

  /** Caused with no operation under way. */
  private final Deque<Event> orphans = new ArrayDeque<>();

  /** A task is on its way that tells the orphans, and has not begun. */
  private boolean tellerScheduled;

  /** Tasks that tell orphans, one inside the other here. */
  private int tellers;

  private int operations;
  private boolean closed;

  ModelEvents(World world) {
    this.world = world;
  }

  static final class Event {
    final EventKind kind;
    final Key key;
    final Object value;
    final @Nullable Object old;
    final List<ModelListener> targets;
    boolean done;
    @Nullable Throwable failure;

    Event(
        EventKind kind, Key key, Object value, @Nullable Object old, List<ModelListener> targets) {
      this.kind = kind;
      this.key = key;
      this.value = value;
      this.old = old;
      this.targets = targets;
    }
  }

  void publish(EventKind kind, Key key, Object value, @Nullable Object old) {
    List<ModelListener> targets = listeners.stream().filter(each -> each.hears(kind)).toList();
    if (targets.isEmpty()) {
      return;
    }
    Event event = new Event(kind, key, value, old, targets);
    boolean queued = false;
    for (ModelListener target : targets) {
      if (!target.synchronous) {
        target.enqueue(event);
      } else if (!queued && !closed) {
        queued = true;
        queues.computeIfAbsent(key.hashCode(), absent -> new ArrayDeque<>()).add(event);
      }
    }
    (operations > 0 ? pending : orphans).add(event);
  }

  // -------------------------------------------------------------------------------------
  // operations

  <T extends @Nullable Object> T around(Supplier<T> operation) {
    operations++;
    T result;
    try {
      result = operation.get();
    } catch (Throwable e) {
      end(e);
      throw e;
    }
    end(null);
    return result;
  }

  void around(Runnable operation) {
    Supplier<@Nullable Void> supplier =
        () -> {
          operation.run();
          return null;
        };
    around(supplier);
  }

  private void end(@Nullable Throwable failure) {
    if (operations > 1) {
      operations--;
      return;
    }
    Throwable first = failure;
    for (Event event; (event = pending.poll()) != null; ) {
      Throwable next = deliver(event);
      if (first == null) {
        first = next;
      } else if (next != null) {
        first.addSuppressed(next);
      }
    }
    operations = 0;
    if (failure == null && first != null) {
      Failures.raise(first);
    }
  }

  /** What the operation that caused the event has to throw, or null. */
  private @Nullable Throwable deliver(Event own) {
    own.targets.stream()
        .filter(target -> !target.synchronous)
        .forEach(target -> target.schedule(this));
    Deque<Event> queue = queues.get(own.key.hashCode());
    while (!own.done && queue != null && queue.contains(own) && !closed) {
      Event first = queue.element();
      first.failure = tell(first);
      first.done = true;
      queue.poll();
    }
    boolean uncalled = own.kind == EventKind.EXPIRED || own.kind == EventKind.EVICTED;
    return uncalled ? null : own.failure;
  }

  private static @Nullable Throwable tell(Event event) {
    Throwable first = null;
    for (ModelListener target : event.targets) {
      try {
        if (target.synchronous) {
          target.tell(event);
        }
      } catch (CacheEntryListenerException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    return first;
  }

  // ---------------------------------------------------------------------------------- without
  // callers

  void deliverOrphans() {
    if (!orphans.isEmpty() && tellers < TELLERS && !tellerScheduled) {
      tellerScheduled = true;
      try {
        world.plugIns.executor.execute(this::tellOrphans);
      } catch (Throwable e) {
        tellerScheduled = false; // later
      }
    }
  }

  /** Another task is on its way before a listener is told, which may hang. */
  private void tellOrphans() {
    tellers++;
    tellerScheduled = false;
    try {
      for (int told = 0; told < BATCH && !orphans.isEmpty(); told++) {
        Event event = orphans.remove();
        if (told == 0) {
          deliverOrphans();
        }
        quietly(() -> pending.add(event));
      }
    } finally {
      tellers--;
    }
    deliverOrphans();
  }

  /** Runs a task that has nobody to throw to. */
  void quietly(Runnable task) {
    try {
      around(task);
    } catch (RuntimeException e) {
      // logged
    }
  }

  void close() {
    closed = true;
    listeners.forEach(ModelListener::end);
    orphans.clear();
    queues.clear();
  }
}
