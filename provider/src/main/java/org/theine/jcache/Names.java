package org.theine.jcache;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import javax.cache.CacheException;

/**
 * The names under which caches are being made, by code of the user too. Who wants a name that is
 * taken waits until it is known what became of it: to be told that the cache exists already before
 * {@code getCache} finds it would break programs that then get it. Safe for use by several threads.
 */
final class Names {

  /** Who is making a cache, and the end of it. */
  private static final class Maker {
    private final Thread thread = Thread.currentThread();
    private final CountDownLatch done = new CountDownLatch(1);
  }

  private final ConcurrentMap<String, Maker> makers = new ConcurrentHashMap<>();

  /**
   * Takes a name, after who has it if need be.
   *
   * @return false if this thread itself is making a cache of that name
   * @throws CacheException if the thread is interrupted while it waits; it stays interrupted
   */
  boolean take(String name) {
    Maker mine = new Maker();
    for (Maker other = makers.putIfAbsent(name, mine);
        other != null;
        other = makers.putIfAbsent(name, mine)) {
      if (other.thread == mine.thread) {
        return false;
      }
      await(name, other);
    }
    return true;
  }

  private static void await(String name, Maker other) {
    try {
      other.done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CacheException(
          "interrupted while another thread was making cache '" + name + "'", e);
    }
  }

  /** Gives back a name that this thread has taken. */
  void giveBack(String name) {
    Maker mine = makers.remove(name);
    if (mine != null) {
      mine.done.countDown();
    }
  }
}
