package org.theine.jcache;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * A manager that is being made, or was: by the first thread that asks for it, with no lock held,
 * since the caches that its file declares have code of the user's. Others wait. Safe for use by
 * several threads.
 */
final class Opening {
  private final Thread opener = Thread.currentThread();
  private final CompletableFuture<TheineCacheManager> result = new CompletableFuture<>();

  /** Makes the manager; only who made this object calls it, once. */
  TheineCacheManager open(Supplier<TheineCacheManager> open) {
    try {
      TheineCacheManager manager = open.get();
      result.complete(manager);
      return manager;
    } catch (Throwable e) {
      result.completeExceptionally(e);
      throw e;
    }
  }

  /**
   * The manager, once it is made.
   *
   * @throws CacheException if it cannot be made, or the thread would wait for itself
   */
  TheineCacheManager await() {
    if (!result.isDone() && opener == Thread.currentThread()) {
      throw new CacheException(
          "this cache manager is being made: code of its caches must not ask for it");
    }
    try {
      return result.join();
    } catch (CompletionException e) {
      throw new CacheException(e.getCause().getMessage(), e.getCause());
    }
  }

  /** The manager, or null if it is not made yet or cannot be. */
  @Nullable TheineCacheManager now() {
    return result.isDone() && !result.isCompletedExceptionally() ? result.join() : null;
  }
}
