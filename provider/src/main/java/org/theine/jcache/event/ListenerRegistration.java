package org.theine.jcache.event;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryListenerException;
import org.jspecify.annotations.Nullable;

/**
 * A listener, its filter and how it wants to be told. Safe for use by several threads.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public final class ListenerRegistration<K, V> {
  private static final System.Logger LOGGER =
      System.getLogger(ListenerRegistration.class.getName());

  /** Events told by one task of an executor before others get their turn. */
  private static final int BATCH = 1024;

  private final String cacheName;
  private final CacheEntryListenerConfiguration<K, V> configuration;

  /** Asked once: the configuration is the user's and may change. */
  private final boolean synchronous;

  private final boolean oldValueRequired;
  private final Object listener;
  private final @Nullable CacheEntryEventFilter<? super K, ? super V> filter;
  private final Map<EventKind, Consumer<Iterable<CacheEntryEvent<? extends K, ? extends V>>>>
      handlers;
  private final BiFunction<EntryEvent<K>, Boolean, CacheEntryEvent<K, V>> views;

  /**
   * Events for an asynchronous listener. Added to under the locks that fix the order, taken by the
   * one task that has set {@link #scheduled}. Not bounded: a listener that is slower than the cache
   * is changed lets it grow, rather than stop the cache or lose events.
   */
  private final ConcurrentLinkedQueue<EntryEvent<K>> waiting = new ConcurrentLinkedQueue<>();

  /** How many wait or are just being told; counted for itself, as the queue would walk. */
  private final LongAdder queued = new LongAdder();

  private final AtomicBoolean scheduled = new AtomicBoolean();

  private final AtomicBoolean taken = new AtomicBoolean();

  /** Set once the listener shall hear nothing any more. */
  private volatile boolean ended;

  /**
   * Makes a registration.
   *
   * @param cacheName for messages
   * @param configuration as the user gave it
   * @param listener the user's listener
   * @param filter the user's filter, or null
   * @param handlers what to call for which kind of event; what is not in here is not told
   * @param views makes what the listener sees; the second argument says whether with the old value
   */
  public ListenerRegistration(
      String cacheName,
      CacheEntryListenerConfiguration<K, V> configuration,
      Object listener,
      @Nullable CacheEntryEventFilter<? super K, ? super V> filter,
      Map<EventKind, Consumer<Iterable<CacheEntryEvent<? extends K, ? extends V>>>> handlers,
      BiFunction<EntryEvent<K>, Boolean, CacheEntryEvent<K, V>> views) {
    this.cacheName = cacheName;
    this.configuration = configuration;
    this.synchronous = configuration.isSynchronous();
    this.oldValueRequired = configuration.isOldValueRequired();
    this.listener = listener;
    this.filter = filter;
    this.handlers = handlers;
    this.views = views;
  }

  /**
   * Returns what the user registered.
   *
   * @return the configuration
   */
  public CacheEntryListenerConfiguration<K, V> configuration() {
    return configuration;
  }

  /**
   * Lists what has to be closed with the registration if it can be.
   *
   * @return the listener, and the filter if there is one, for the first caller; nothing after that
   */
  public List<Object> takePlugIns() {
    if (!taken.compareAndSet(false, true)) {
      return List.of();
    }
    return filter == null ? List.of(listener) : List.of(listener, filter);
  }

  boolean accepts(EventKind kind) {
    return handlers.containsKey(kind);
  }

  boolean isSynchronous() {
    return synchronous;
  }

  /** Nothing is told any more, not even what is queued. */
  void end() {
    ended = true;
    waiting.clear();
  }

  /** Tells the listener, in the calling thread and with no lock held. */
  void tell(EntryEvent<K> event) {
    var handler = handlers.get(event.kind());
    if (ended || handler == null) {
      return;
    }
    try {
      CacheEntryEvent<K, V> view = views.apply(event, oldValueRequired);
      if (filter == null || filter.evaluate(view)) {
        handler.accept(List.of(view));
      }
    } catch (CacheEntryListenerException e) {
      throw e;
    } catch (Throwable e) {
      throw new CacheEntryListenerException("a listener of cache '" + cacheName + "' failed", e);
    }
  }

  /** Queues an event for an asynchronous listener; {@link #schedule} has to follow. */
  void enqueue(EntryEvent<K> event) {
    if (!ended) {
      queued.increment();
      waiting.add(event);
    }
  }

  /** How many events an asynchronous listener has still to be told, to the end. */
  long queued() {
    return ended ? 0 : queued.sum();
  }

  /** Sees to it that the queued events are told. */
  void schedule(Executor executor) {
    if (waiting.isEmpty() || !scheduled.compareAndSet(false, true)) {
      return;
    }
    Throwable refused = Submission.submit(cacheName, executor, () -> drain(executor));
    if (refused != null) {
      scheduled.set(false); // the next event tries again, and nothing is lost meanwhile
      LOGGER.log(
          System.Logger.Level.WARNING,
          "cache '" + cacheName + "': its executor takes no tasks, events wait",
          refused);
    }
  }

  private void drain(Executor executor) {
    Delivery delivery = Delivery.begin();
    try {
      EntryEvent<K> event;
      for (int i = 0; i < BATCH && (event = waiting.poll()) != null; i++) {
        tellSafely(event);
      }
    } finally {
      scheduled.set(false);
      delivery.endQuietly(cacheName);
    }
    schedule(executor);
  }

  private void tellSafely(EntryEvent<K> event) {
    try {
      tell(event);
    } catch (Throwable e) {
      LOGGER.log(
          System.Logger.Level.WARNING,
          "cache '" + cacheName + "': an asynchronous listener failed",
          e);
    } finally {
      queued.decrement();
    }
  }
}
