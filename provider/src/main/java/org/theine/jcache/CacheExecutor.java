package org.theine.jcache;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.theine.jcache.timer.DaemonThreads;

/**
 * The threads of all caches that were given no executor of their own: for loadAll, asynchronous
 * listeners, and listeners of entries that expire on their own. Safe for use by several threads.
 *
 * <p>At most 64 daemon threads, with nothing of who made them, that end when they have been idle
 * for some seconds; so nothing has to be shut down and no application is kept from going. Further
 * tasks wait.
 */
final class CacheExecutor {
  private static final int THREADS = 64;
  private static final int IDLE_SECONDS = 5;
  private static final AtomicInteger COUNT = new AtomicInteger();

  private static final Executor SHARED = make();

  /**
   * An executor that never runs a task in the thread that gives it, so that nobody is held up who
   * hands it events; for tests that run all tasks in one thread.
   */
  interface Queueing extends Executor {}

  private CacheExecutor() {}

  static Executor shared() {
    return SHARED;
  }

  private static Executor make() {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> DaemonThreads.create("theine-jcache-" + COUNT.incrementAndGet(), task));
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }
}
