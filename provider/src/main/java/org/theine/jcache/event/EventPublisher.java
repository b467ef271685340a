package org.theine.jcache.event;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Tells the listeners of a cache what happens to its entries: exactly once, in order for each key,
 * with no lock held. Safe for use by several threads.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public final class EventPublisher<K, V> {
  private static final System.Logger LOGGER = System.getLogger(EventPublisher.class.getName());

  /**
   * Tasks that tell orphans at a time: the listener may hang for one key less before the others are
   * held up, and one cache takes no more of the threads that all share.
   */
  private static final int TELLERS = 16;

  /** Orphans that one task tells before others get their turn. */
  private static final int BATCH = 1024;

  private final String cacheName;
  private final IntUnaryOperator shardOf;
  private final IntFunction<Lock> lockOf;
  private final Executor executor;
  private final Executor background;
  private final Registrations<K, V> registrations = new Registrations<>();

  /** Queues that are not empty: those of each shard, guarded by its lock. */
  private final List<EventQueues<K>> queues = new ArrayList<>();

  /** Published by a thread that has no operation under way; told by the executor. */
  private final ConcurrentLinkedQueue<EntryEvent<K>> orphans = new ConcurrentLinkedQueue<>();

  /** A task is on its way that tells the orphans, and has not begun. */
  private final AtomicBoolean tellerScheduled = new AtomicBoolean();

  /** Tasks that tell orphans just now. */
  private final AtomicInteger tellers = new AtomicInteger();

  /** Held by who changes the registrations: against closing, and against two equal ones. */
  private final ReentrantLock registering = new ReentrantLock();

  /** Written before the waiting threads are woken. */
  private volatile boolean closed;

  /**
   * Makes a publisher without listeners.
   *
   * @param cacheName for messages
   * @param shards the number of shards
   * @param shardOf the shard of a hash
   * @param lockOf the lock of a shard, which guards its queues
   * @param executor runs asynchronous listeners, and synchronous ones when an entry expires on its
   *     own
   * @param background an executor that never runs a task in the thread that calls it: the one that
   *     finds entries expired must not be held up
   */
  public EventPublisher(
      String cacheName,
      int shards,
      IntUnaryOperator shardOf,
      IntFunction<Lock> lockOf,
      Executor executor,
      Executor background) {
    this.cacheName = cacheName;
    this.shardOf = shardOf;
    this.lockOf = lockOf;
    this.executor = executor;
    this.background = background;
    for (int i = 0; i < shards; i++) {
      queues.add(new EventQueues<>());
    }
  }

  /**
   * Tells whether anybody listens.
   *
   * @return true if there is a registration
   */
  public boolean hasListeners() {
    return !registrations.isEmpty();
  }

  /**
   * Adds a listener, which is told of what is published from now on.
   *
   * @param registration a new registration
   * @return false, and nothing done, if an equal one is there or the publisher is closed
   */
  public boolean register(ListenerRegistration<K, V> registration) {
    registering.lock();
    try {
      if (closed || find(registration.configuration()) != null) {
        return false;
      }
      registrations.add(registration);
      return true;
    } finally {
      registering.unlock();
    }
  }

  /**
   * Finds a listener.
   *
   * @param configuration one that equals the listener's
   * @return its registration, or null
   */
  public @Nullable ListenerRegistration<K, V> find(
      CacheEntryListenerConfiguration<K, V> configuration) {
    return registrations.find(configuration);
  }

  /**
   * Takes a listener away, which then hears nothing any more, not even what is queued.
   *
   * @param registration one that was added
   */
  public void deregister(ListenerRegistration<K, V> registration) {
    registering.lock();
    try {
      registrations.remove(registration);
    } finally {
      registering.unlock();
    }
    registration.end();
  }

  /**
   * Lists the registrations.
   *
   * @return those of this moment
   */
  public List<ListenerRegistration<K, V>> registrations() {
    return registrations.all();
  }

  /**
   * Queues an event for those who listen. Called under the lock of the entry, or of the shard that
   * unlinks it.
   *
   * @param kind what happened
   * @param key the key
   * @param hash its hash
   * @param value the value, the one that left for an entry that has left
   * @param oldValue the value before, or null
   */
  public void publish(
      EventKind kind, K key, int hash, @Nullable Object value, @Nullable Object oldValue) {
    List<ListenerRegistration<K, V>> targets = registrations.of(kind);
    if (targets.isEmpty()) {
      return;
    }
    EntryEvent<K> event = new EntryEvent<>(this, kind, key, hash, value, oldValue, targets);
    enqueue(event, targets);
    Delivery delivery = Delivery.current();
    if (delivery != null) {
      delivery.add(event);
    } else {
      orphans.add(event);
    }
  }

  private void enqueue(EntryEvent<K> event, List<ListenerRegistration<K, V>> targets) {
    int shard = shardOf.applyAsInt(event.hash());
    Lock lock = lockOf.apply(shard);
    lock.lock();
    try {
      for (ListenerRegistration<K, V> target : targets) {
        if (!target.isSynchronous()) {
          target.enqueue(event);
        } else if (event.queue == null && !closed) {
          event.queue = queues.get(shard).add(event);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Counts what has happened and not been told to the end. An event counts once for all synchronous
   * listeners together, and once for each asynchronous one.
   *
   * @return events; zero once the publisher is closed
   */
  public long queued() {
    if (closed) {
      return 0;
    }
    long queued = 0;
    for (int shard = 0; shard < queues.size(); shard++) {
      Lock lock = lockOf.apply(shard);
      lock.lock();
      try {
        queued += queues.get(shard).events();
      } finally {
        lock.unlock();
      }
    }
    for (ListenerRegistration<K, V> registration : registrations.all()) {
      queued += registration.queued();
    }
    return queued;
  }

  /** Hands over what was published without an operation under way; called with no lock held. */
  public void deliverOrphans() {
    if (!orphans.isEmpty()
        && tellers.get() < TELLERS
        && tellerScheduled.compareAndSet(false, true)) {
      schedule(background, background == executor ? this::tellOrphans : this::handOver);
    }
  }

  /** Leaves the thread that must not be held up for the user's executor. */
  private void handOver() {
    schedule(executor, this::tellOrphans);
  }

  private void schedule(Executor target, Runnable task) {
    Throwable refused = Submission.submit(cacheName, target, task);
    if (refused != null) { // the events wait for the next attempt
      tellerScheduled.set(false);
      LOGGER.log(
          System.Logger.Level.WARNING,
          "cache '" + cacheName + "': its executor takes no tasks, events wait",
          refused);
    }
  }

  /**
   * Tells one orphan after the other. Before a listener hears of the first, another task is on its
   * way that goes on with the others, should the listener hang; and so on, task by task. The queues
   * of the keys and of asynchronous listeners keep the order, whoever tells.
   */
  private void tellOrphans() {
    tellers.incrementAndGet();
    tellerScheduled.set(false);
    try {
      EntryEvent<K> event;
      for (int told = 0; told < BATCH && (event = orphans.poll()) != null; told++) {
        if (told == 0) {
          deliverOrphans();
        }
        Delivery delivery = Delivery.begin();
        delivery.add(event);
        delivery.endQuietly(cacheName);
        if (Thread.currentThread().isInterrupted()) {
          break; // what it would have to wait for it leaves to another thread
        }
      }
    } finally {
      tellers.decrementAndGet();
    }
    deliverOrphans();
  }

  /**
   * Tells the listeners of an event, after all that stands before it in its queue, or waits until
   * another thread has; with no lock held. The failure that the operation has to throw, or null.
   *
   * <p>What was evicted or has expired while another thread tells of that key is left to the other
   * thread: no operation waits for a listener that was told of another key.
   */
  @Nullable Throwable deliver(EntryEvent<K> own) {
    for (ListenerRegistration<K, ?> target : own.targets) {
      if (!target.isSynchronous()) {
        target.schedule(executor);
      }
    }
    EventQueue<K> queue = own.queue;
    if (queue == null) {
      return null;
    }
    int shard = shardOf.applyAsInt(own.hash());
    Lock lock = lockOf.apply(shard);
    for (; ; ) {
      @Nullable EntryEvent<K> first;
      lock.lock();
      try {
        if (queue.busy && !own.done && own.kind().isUncalled()) {
          own.left = true;
          return null;
        }
        while (queue.busy && !own.done && !closed) {
          queue.await(lock);
        }
        first = closed || queue.busy ? null : next(queue, own);
        queue.busy |= first != null;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      } finally {
        lock.unlock();
      }
      if (first == null) {
        return failureOf(own);
      }
      Throwable failure = null;
      try {
        failure = tell(first);
      } finally { // come what may, the queue goes on
        lock.lock();
        try {
          leave(shard, queue, first, failure);
        } finally {
          lock.unlock();
        }
      }
      if (first.left) {
        failureOf(first);
      }
    }
    orphans.add(own); // told all the same, but not waited for any more
    deliverOrphans();
    return null;
  }

  /**
   * The first of the queue as long as one's own event has not been told; then what others have left
   * there. Requires the lock of the shard.
   */
  private @Nullable EntryEvent<K> next(EventQueue<K> queue, EntryEvent<K> own) {
    EntryEvent<K> first = queue.peek();
    return first != null && (!own.done || first.left) ? first : null;
  }

  /** Requires the lock of the shard. */
  private void leave(
      int shard, EventQueue<K> queue, EntryEvent<K> told, @Nullable Throwable failure) {
    told.done = true;
    told.failure = failure;
    queue.busy = false;
    queues.get(shard).removeFirst(queue);
    queue.wakeAll();
  }

  private @Nullable Throwable failureOf(EntryEvent<K> event) {
    Throwable failure = event.failure;
    if (failure != null && event.kind().isUncalled()) {
      LOGGER.log(
          System.Logger.Level.WARNING,
          "cache '" + cacheName + "': a listener failed when told of " + event.kind(),
          failure);
      return null;
    }
    return failure;
  }

  /** Tells every synchronous listener; one that fails does not keep the others from hearing. */
  private @Nullable Throwable tell(EntryEvent<K> event) {
    Throwable first = null;
    for (ListenerRegistration<K, ?> target : event.targets) {
      if (target.isSynchronous()) {
        try {
          target.tell(event);
        } catch (Throwable e) {
          if (first == null) {
            first = e;
          } else if (first != e) {
            first.addSuppressed(e);
          }
        }
      }
    }
    return first;
  }

  /** Ends all registrations: who waits for a delivery returns, and what is queued is not told. */
  public void close() {
    registering.lock();
    closed = true;
    registering.unlock();
    registrations.all().forEach(ListenerRegistration::end);
    orphans.clear();
    for (int shard = 0; shard < queues.size(); shard++) {
      Lock lock = lockOf.apply(shard);
      lock.lock();
      try {
        queues.get(shard).clear(EventQueue::wakeAll);
      } finally {
        lock.unlock();
      }
    }
  }
}
