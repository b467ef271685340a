package org.theine.jcache.faults;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import javax.cache.CacheException;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CacheWriterException;
import javax.cache.processor.EntryProcessorException;

/**
 * What has to come of a failure, by the JCache specification and this provider's documentation.
 * Stateless.
 *
 * <ul>
 *   <li>Loader, writer, processor: an exception is wrapped in the specified type, once; an error
 *       passes. Nothing has changed.
 *   <li>A synchronous listener or its filter: whatever it throws is wrapped, the change stays. No
 *       operation hears of those that were told of an eviction or expiration: it is logged.
 *   <li>An asynchronous listener or its filter, a completion listener: it is logged.
 *   <li>The expiry policy: an exception is logged, and the default taken; an error passes, and
 *       nothing has changed.
 *   <li>Weigher, copier, serializer: a CacheException, errors pass; a full stack is a failure to
 *       copy like others. Nothing has changed.
 *   <li>The executor: the completion listener is told of a load that it does not take; events wait.
 *       What it throws when a task has begun is logged, and the task goes on.
 *   <li>equals and hashCode: passes as it is. Nothing has changed.
 *   <li>compareTo: the cache does without.
 * </ul>
 */
final class Rules {
  /** Who is told. */
  enum Hearer {
    CALLER,
    COMPLETION_LISTENER,
    RESULT_OF_THE_KEY,
    LOG,
    NOBODY
  }

  /** What becomes of the operation. */
  enum Effect {
    /** All is as before. */
    UNDONE,
    /** All is as without a fault. */
    DONE,
    /** Each key is as before or as without a fault, in the cache and everywhere else. */
    BY_KEY
  }

  /**
   * A rule.
   *
   * @param wrappers the types of the exceptions around the failure, the outermost first
   */
  record Rule(Hearer hearer, List<Class<? extends Throwable>> wrappers, Effect effect) {
    @Override
    public String toString() {
      return effect
          + ", told to "
          + hearer
          + wrappers.stream().map(each -> " " + each.getSimpleName()).toList();
    }
  }

  private Rules() {}

  static Rule of(Call call, Trap.Site site, Throwable failure) {
    if (site.callback() == Callback.EXECUTOR_LATER) {
      return new Rule(Hearer.LOG, List.of(), Effect.DONE);
    }
    if (site.callback() == Callback.EXECUTOR) {
      boolean submitsLoad = call.isAsynchronous() && !site.inTask();
      return submitsLoad
          ? new Rule(Hearer.COMPLETION_LISTENER, List.of(CacheException.class), Effect.UNDONE)
          : new Rule(Hearer.LOG, List.of(), Effect.DONE);
    }
    List<Callback> chain = new ArrayList<>(List.of(site.callback()));
    chain.addAll(site.within());
    Deque<Class<? extends Throwable>> shape = new ArrayDeque<>();
    shape.push(failure.getClass());
    for (Callback callback : chain) {
      switch (callback.kind) {
        case LOADER -> wrapException(shape, CacheLoaderException.class);
        case WRITER -> wrapException(shape, CacheWriterException.class);
        case PROCESSOR -> wrapException(shape, EntryProcessorException.class);
        case LISTENER -> wrap(shape, CacheEntryListenerException.class);
        case WEIGHER -> {
          if (isException(shape)) {
            shape.push(CacheException.class);
          }
        }
        case COPYING -> {
          if (isException(shape) || shape.peek() == StackOverflowError.class) {
            wrap(shape, CacheException.class);
          }
        }
        case EXPIRY -> {
          if (isException(shape)) {
            return new Rule(Hearer.LOG, List.of(), Effect.DONE);
          }
        }
        case COMPARISON -> {
          return new Rule(Hearer.NOBODY, List.of(), Effect.DONE);
        }
        case UNCALLED_LISTENER, ASYNCHRONOUS, COMPLETION -> {
          return new Rule(Hearer.LOG, List.of(), Effect.DONE);
        }
        case OBJECT -> {}
        default -> throw new IllegalStateException(callback.toString().toLowerCase(Locale.ROOT));
      }
    }
    return told(call, site, chain, shape);
  }

  private static Rule told(
      Call call, Trap.Site site, List<Callback> chain, Deque<Class<? extends Throwable>> shape) {
    Callback outermost = chain.get(chain.size() - 1);
    boolean afterwards = outermost.kind == Callback.Kind.LISTENER;
    Hearer hearer = Hearer.CALLER;
    if (call.isAsynchronous() && site.inTask()) {
      hearer = Hearer.COMPLETION_LISTENER;
      if (!isException(shape)) {
        shape.push(CacheException.class);
      }
    } else if (call.invokesAll() && !afterwards && isException(shape)) {
      hearer = Hearer.RESULT_OF_THE_KEY;
      wrapException(shape, EntryProcessorException.class);
    }
    shape.removeLast();
    return new Rule(hearer, List.copyOf(shape), effect(call, site, outermost));
  }

  private static Effect effect(Call call, Trap.Site site, Callback outermost) {
    if (outermost.kind == Callback.Kind.LISTENER) {
      return Effect.DONE;
    }
    if (site.callback() == Callback.LOAD_ALL) {
      return Effect.UNDONE; // one call for all keys
    }
    boolean mayHaveLoaded =
        call.readsThrough()
            && (outermost.kind == Callback.Kind.COPYING || outermost.kind == Callback.Kind.OBJECT);
    return call.isBulk || mayHaveLoaded ? Effect.BY_KEY : Effect.UNDONE;
  }

  private static boolean isException(Deque<Class<? extends Throwable>> shape) {
    return Exception.class.isAssignableFrom(shape.element());
  }

  private static void wrapException(
      Deque<Class<? extends Throwable>> shape, Class<? extends Throwable> type) {
    if (isException(shape)) {
      wrap(shape, type);
    }
  }

  private static void wrap(
      Deque<Class<? extends Throwable>> shape, Class<? extends Throwable> type) {
    if (!type.isAssignableFrom(shape.element())) {
      shape.push(type);
    }
  }
}
