package org.theine.jcache;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
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
    private final CompletableFuture<Void> end = new CompletableFuture<>();
  }

  private final ConcurrentMap<String, Maker> makers = new ConcurrentHashMap<>();

  /**
   * Takes a name, after who has it if need be.
   *
   * @return false if this thread itself is making a cache of that name
   * @throws CacheException if the thread is interrupted while it waits, or would wait for ever
   */
  boolean take(String name) {
    Maker mine = new Maker();
    for (Maker other = makers.putIfAbsent(name, mine);
        other != null;
        other = makers.putIfAbsent(name, mine)) {
      if (other.thread == mine.thread) {
        return false;
      }
      Waits.await("cache '" + name + "'", other.thread, other.end);
    }
    return true;
  }

  /** Gives back a name that this thread has taken. */
  void giveBack(String name) {
    Maker mine = makers.remove(name);
    if (mine != null) {
      mine.end.complete(null);
    }
  }
}
