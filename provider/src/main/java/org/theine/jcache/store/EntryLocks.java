package org.theine.jcache.store;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Who owns and who waits for the entry locks of all stores of the class loader. Safe for use by
 * several threads.
 */
final class EntryLocks {
  /*
   * An entry lock is a bit of the node. What few locks need beyond it stands here: the owner of a lock
   * that may be held while user code runs, and the threads that wait.
   *
   * An operation runs in one thread at a time, so the thread stands for its operations, nested ones
   * included: an asynchronous load locks when it runs, not when it is submitted. A thread waits for one
   * entry or one load; who owns that is again a thread. The edges "waits for" are changed and followed under one
   * lock, so of the waits that would close a cycle the last one always sees it and is refused. An owner
   * that is not recorded runs internal code only and never waits: no cycle leads through it.
   *
   * A thread that was woken keeps its edge until it runs: it still wants the entry. An edge to a load that is
   * done leads nowhere.
   *
   * Who comes just as an entry is unlocked may take it before the thread that was woken for it runs, which costs
   * less than to hand the lock over a sleeping thread. But once only: for a waiter who was overtaken the entry is
   * left RESERVED, so that on a hot key nobody waits much longer than those before him in the queue.
   *
   * The lock of this class lies below the entry locks. It is never taken under a shard lock, and
   * under it no other is taken.
   */

  private static final ReentrantLock LOCK = new ReentrantLock();

  /** The owner of each locked entry that is marked LOADING or RECORDED: a Load or a Thread. */
  private static final Owners OWNERS = new Owners();

  /**
   * Threads parked for the unlocking of an entry or the end of a load, first come first; one that
   * was woken and found the entry locked again stands in front. Guarded by LOCK.
   */
  private static final Map<Object, Deque<Waiter>> QUEUES = new HashMap<>();

  /** What each parked thread waits for. Guarded by LOCK. */
  private static final Map<Thread, Waiter> WAITERS = new HashMap<>();

  private EntryLocks() {}

  private static final class Waiter {
    final Thread thread = Thread.currentThread();
    final Store<?, ?> store;

    /** An Entry or a Load. */
    final Object target;

    /** It was woken for the entry before, and found it locked again. */
    final boolean overtaken;

    /** Written under LOCK, read by the parked thread. */
    volatile boolean woken;

    Waiter(Store<?, ?> store, Object target, boolean overtaken) {
      this.store = store;
      this.target = target;
      this.overtaken = overtaken;
    }

    void wake() {
      woken = true;
      LockSupport.unpark(thread);
    }
  }

  static void record(Entry<?, ?> entry, Object owner) {
    OWNERS.record(entry, owner);
  }

  static void forget(Entry<?, ?> entry) {
    OWNERS.forget(entry);
  }

  /** The load that owns the entry, or null if nothing or something else is recorded. */
  @SuppressWarnings("unchecked")
  static <V> @Nullable Load<V> loadOf(Entry<?, V> entry) {
    return OWNERS.ownerOf(entry) instanceof Load<?> load ? (Load<V>) load : null;
  }

  /**
   * Parks until the entry may be free; the caller then tries again. False if it was free or dead
   * before the thread stood in the queue, so that it is not its turn.
   *
   * @param overtaken whether it was this thread's turn, and another had the entry
   */
  static boolean await(Entry<?, ?> entry, Store<?, ?> store, boolean overtaken) {
    Waiter waiter = new Waiter(store, entry, overtaken);
    LOCK.lock();
    try {
      store.requireOpen();
      refuseCycle(entry);
      if (!entry.announceWaiter()) {
        return false;
      }
      enqueue(waiter);
    } finally {
      LOCK.unlock();
    }
    boolean resumed = false;
    try {
      park(waiter);
      resumed = true;
    } finally {
      leave(entry, waiter, resumed);
    }
    store.requireOpen();
    return true;
  }

  /** Requires LOCK. */
  private static void enqueue(Waiter waiter) {
    Deque<Waiter> queue = QUEUES.computeIfAbsent(waiter.target, absent -> new ArrayDeque<>());
    if (waiter.overtaken) {
      queue.addFirst(waiter);
    } else {
      queue.addLast(waiter);
    }
    WAITERS.put(waiter.thread, waiter);
  }

  /** Takes a waiter out of its queue; false if it does not stand there. Requires LOCK. */
  private static boolean dequeue(Waiter waiter) {
    Deque<Waiter> queue = QUEUES.get(waiter.target);
    boolean stoodInLine = queue != null && queue.remove(waiter);
    if (queue != null && queue.isEmpty()) {
      QUEUES.remove(waiter.target);
    }
    return stoodInLine;
  }

  private static void leave(Entry<?, ?> entry, Waiter waiter, boolean resumed) {
    LOCK.lock();
    try {
      WAITERS.remove(waiter.thread);
      if (!resumed) {
        if (!dequeue(waiter)) {
          wakeNext(entry); // it was this one's turn, which it does not take
        } else if (!QUEUES.containsKey(entry)) {
          entry.forgetWaiters(Entry.WAITED); // it may be reserved for one who was woken
        }
      }
    } finally {
      LOCK.unlock();
    }
  }

  /** Who was woken does not take its turn: the next one may. */
  static void passTurn(Entry<?, ?> entry) {
    LOCK.lock();
    try {
      wakeNext(entry);
    } finally {
      LOCK.unlock();
    }
  }

  /** Requires LOCK. A wake-up too many does no harm: who finds the entry locked waits again. */
  private static void wakeNext(Entry<?, ?> entry) {
    Deque<Waiter> queue = QUEUES.get(entry);
    if (queue == null) {
      entry.forgetWaiters(Entry.WAITED | Entry.RESERVED);
    } else {
      wakeFirst(entry, queue);
    }
  }

  /** Parks until the load is done. */
  static void await(Load<?> load, Store<?, ?> store) {
    Waiter waiter = new Waiter(store, load, false);
    LOCK.lock();
    try {
      store.requireOpen();
      refuseCycle(load);
      if (!load.announceReader()) {
        return;
      }
      enqueue(waiter);
    } finally {
      LOCK.unlock();
    }
    try {
      park(waiter);
    } finally {
      LOCK.lock();
      try {
        WAITERS.remove(waiter.thread);
        dequeue(waiter);
      } finally {
        LOCK.unlock();
      }
    }
    store.requireOpen();
  }

  private static void park(Waiter waiter) {
    while (!waiter.woken) {
      LockSupport.park(waiter.target);
      if (Thread.interrupted()) {
        waiter.thread.interrupt();
        throw new EntryLockException("interrupted while waiting for another operation on the key");
      }
    }
  }

  /** Requires LOCK. */
  private static void refuseCycle(Object target) {
    Thread me = Thread.currentThread();
    Thread owner = ownerOf(target);
    if (owner == me) {
      throw new EntryLockException(
          "an operation entered its own key again from its loader, writer, processor or other"
              + " callback; another key is allowed");
    }
    while (owner != null) {
      Waiter waiter = WAITERS.get(owner);
      owner = waiter == null ? null : ownerOf(waiter.target);
      if (owner == me) {
        throw new EntryLockException(
            "deadlock: the operation would wait for a key whose owner waits for this thread");
      }
    }
  }

  private static @Nullable Thread ownerOf(Object target) {
    Object owner = target instanceof Entry<?, ?> entry ? OWNERS.ownerOf(entry) : target;
    if (owner instanceof Load<?> load) {
      return load.isDone() ? null : load.thread();
    }
    return (Thread) owner;
  }

  /**
   * Unlocks an entry for which threads may wait: wakes the first, or all if the node is dead.
   * False, and nothing done, if the owner has to see to a message first.
   */
  static boolean unlock(Entry<?, ?> entry) {
    LOCK.lock();
    try {
      Deque<Waiter> queue = QUEUES.get(entry);
      if (!entry.unlock(queue == null ? 0 : left(queue))) {
        return false;
      }
      if (entry.is(Entry.DEAD)) {
        wakeQueue(entry);
      } else if (queue != null) {
        wakeFirst(entry, queue);
      }
      return true;
    } finally {
      LOCK.unlock();
    }
  }

  /** The state in which the entry is left when the first of the queue has been woken. */
  private static int left(Deque<Waiter> queue) {
    return (queue.size() > 1 ? Entry.WAITED : 0) | (queue.element().overtaken ? Entry.RESERVED : 0);
  }

  /**
   * Wakes all who wait for a load that is done, or for an entry that is dead, so that they look its
   * key up anew.
   */
  static void wakeQueue(Object target) {
    LOCK.lock();
    try {
      Deque<Waiter> queue = QUEUES.remove(target);
      if (queue != null) {
        queue.forEach(Waiter::wake);
      }
    } finally {
      LOCK.unlock();
    }
  }

  /** Requires LOCK and a queue that is not empty. */
  private static void wakeFirst(Entry<?, ?> entry, Deque<Waiter> queue) {
    queue.remove().wake();
    if (queue.isEmpty()) {
      QUEUES.remove(entry);
    }
  }

  /** Wakes every thread that waits in a store that has just been closed. */
  static void wakeAll(Store<?, ?> store) {
    LOCK.lock();
    try {
      WAITERS.values().removeIf(waiter -> wakeIn(store, waiter));
    } finally {
      LOCK.unlock();
    }
  }

  private static boolean wakeIn(Store<?, ?> store, Waiter waiter) {
    if (waiter.store != store) {
      return false;
    }
    dequeue(waiter);
    waiter.wake();
    return true;
  }
}
