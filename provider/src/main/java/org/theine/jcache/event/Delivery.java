package org.theine.jcache.event;

import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the operations of one thread have caused, nested ones and all caches together, and nobody
 * has been told yet. Belongs to its thread.
 *
 * <pre>{@code
 * Delivery delivery = Delivery.begin();
 * Throwable failure = null;
 * try {
 *   ...
 * } catch (Throwable e) {
 *   failure = e;
 *   throw e;
 * } finally {
 *   delivery.end(failure);
 * }
 * }</pre>
 */
public final class Delivery {
  private static final System.Logger LOGGER = System.getLogger(Delivery.class.getName());

  /** Of an operation that can cause no event. */
  private static final Delivery NONE = new Delivery();

  /**
   * That of each thread. It stays with the thread, since to make one for each operation costs as
   * much as many an operation, but weakly, and in an object of the JDK, so that no thread keeps our
   * class loader alive; while an operation is under way that holds it.
   */
  private static final ThreadLocal<@Nullable WeakReference<Delivery>> OF_THREAD =
      new ThreadLocal<>();

  /** The event that comes next; null if none does. */
  private @Nullable EntryEvent<?> first;

  /** Those after the first; null if there never were any. */
  private @Nullable Deque<EntryEvent<?>> others;

  /** Operations under way, each within the one before. */
  private int depth;

  private Delivery() {}

  /**
   * Begins an operation that can cause no event: without listeners and user code.
   *
   * @return a delivery that does nothing
   * @throws StackOverflowError if it is nested in user code, and there is too little stack for it
   */
  public static Delivery none() {
    if (current() != null) {
      StackReserve.require();
    }
    return NONE;
  }

  /**
   * Begins an operation, inside the one under way if there is one. All that may run user code begin
   * here, before they lock: so this is where nested ones meet a stack that is all but full.
   *
   * @return the thread's delivery, to be ended
   * @throws StackOverflowError if there is too little stack for one more nested operation
   */
  public static Delivery begin() {
    Delivery delivery = ofThread();
    if (delivery == null) {
      delivery = new Delivery();
      OF_THREAD.set(new WeakReference<>(delivery));
    } else if (delivery.depth > 0) {
      StackReserve.require();
    }
    delivery.depth++;
    return delivery;
  }

  /**
   * Runs an operation between {@link #begin} and {@link #end}. What is called for each key writes
   * these out instead: the operation here is an object of its own.
   *
   * @param <T> the type of its result
   * @param operation what to run; it gives back its locks before it returns
   * @return its result
   * @throws javax.cache.event.CacheEntryListenerException if a synchronous listener failed and the
   *     operation did not
   */
  public static <T extends @Nullable Object> T around(Supplier<T> operation) {
    Delivery delivery = begin();
    Throwable failure = null;
    try {
      return operation.get();
    } catch (Throwable e) {
      failure = e;
      throw e;
    } finally {
      delivery.end(failure);
    }
  }

  /** The delivery under way, or null. */
  static @Nullable Delivery current() {
    Delivery delivery = ofThread();
    return delivery == null || delivery.depth == 0 ? null : delivery;
  }

  private static @Nullable Delivery ofThread() {
    WeakReference<Delivery> reference = OF_THREAD.get();
    return reference == null ? null : reference.get();
  }

  void add(EntryEvent<?> event) {
    if (first == null) {
      first = event;
      return;
    }
    if (others == null) {
      others = new ArrayDeque<>();
    }
    others.add(event);
  }

  /** The next event, which is pending no more, or null. */
  private @Nullable EntryEvent<?> poll() {
    EntryEvent<?> next = first;
    if (next != null) {
      first = others == null ? null : others.poll();
    }
    return next;
  }

  /**
   * Ends an operation. The outermost one, which holds no lock any more, tells what was caused.
   *
   * @param failure what the operation throws, or null; a listener's failure is added to it as
   *     suppressed
   * @throws javax.cache.event.CacheEntryListenerException if a synchronous listener failed and the
   *     operation did not
   */
  public void end(@Nullable Throwable failure) {
    if (this == NONE) {
      return;
    }
    if (depth > 1) {
      depth--;
      return;
    }
    Throwable thrown = failure;
    try {
      // Operations of listeners are nested in this one: they add to what is pending.
      for (EntryEvent<?> event; (event = poll()) != null; ) {
        thrown = combine(thrown, tell(event));
      }
    } finally {
      depth = 0;
      first = null;
      others = null;
    }
    if (failure == null && thrown != null) {
      throwUnchecked(thrown);
    }
  }

  /** Ends a task that has nobody to throw to. */
  void endQuietly(String cacheName) {
    try {
      end(null);
    } catch (RuntimeException e) {
      LOGGER.log(System.Logger.Level.WARNING, "cache '" + cacheName + "': a listener failed", e);
    }
  }

  private static <K> @Nullable Throwable tell(EntryEvent<K> event) {
    try {
      return event.publisher().deliver(event);
    } catch (Throwable e) { // the others are told all the same
      return e;
    }
  }

  private static @Nullable Throwable combine(@Nullable Throwable first, @Nullable Throwable next) {
    if (first == null) {
      return next;
    }
    if (next != null && next != first) {
      first.addSuppressed(next);
    }
    return first;
  }

  private static void throwUnchecked(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) failure;
  }
}
