package org.theine.jcache;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import javax.cache.CacheException;

/**
 * Waits for what another thread is making, a manager or a cache, unless that thread waits, itself
 * or through others, for this one: plug-ins that ask for each other's caches would never end. Safe
 * for use by several threads.
 */
final class Waits {
  /** A leaf. */
  private static final ReentrantLock LOCK = new ReentrantLock();

  /** Who waits for whom, while it does; guarded by the lock. */
  private static final Map<Thread, Thread> WAITING = new HashMap<>();

  private Waits() {}

  /**
   * Waits until the other thread has finished.
   *
   * @param what it is making, for messages
   * @throws CacheException if it would wait for ever, or is interrupted; it stays interrupted
   */
  static void await(String what, Thread maker, Future<?> end) {
    enter(what, maker);
    try {
      end.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CacheException("interrupted while another thread was making " + what, e);
    } catch (ExecutionException e) {
      // it ended, which is all that was waited for
    } finally {
      leave();
    }
  }

  private static void enter(String what, Thread maker) {
    Thread self = Thread.currentThread();
    LOCK.lock();
    try {
      for (Thread next = maker; next != null; next = WAITING.get(next)) {
        if (next == self) {
          throw new CacheException(
              what + " is being made by code that waits for this thread, or is this thread");
        }
      }
      WAITING.put(self, maker);
    } finally {
      LOCK.unlock();
    }
  }

  private static void leave() {
    LOCK.lock();
    try {
      WAITING.remove(Thread.currentThread());
    } finally {
      LOCK.unlock();
    }
  }
}
