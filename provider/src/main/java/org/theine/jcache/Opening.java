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
  private final String what;

  /** Null when it has ended: a thread must not be kept, nor what its class loader has loaded. */
  private volatile @Nullable Thread opener = Thread.currentThread();

  private final CompletableFuture<TheineCacheManager> result = new CompletableFuture<>();

  /**
   * Begins.
   *
   * @param what is being made, for messages
   */
  Opening(String what) {
    this.what = what;
  }

  /** Makes the manager; only who made this object calls it, once. */
  TheineCacheManager open(Supplier<TheineCacheManager> open) {
    try {
      TheineCacheManager manager = open.get();
      result.complete(manager);
      return manager;
    } catch (Throwable e) {
      result.completeExceptionally(e);
      throw e;
    } finally {
      opener = null;
    }
  }

  /**
   * The manager, once it is made.
   *
   * @throws CacheException if it cannot be made, the thread is interrupted, or would wait for ever
   */
  TheineCacheManager await() {
    Thread maker = opener;
    if (maker != null) {
      Waits.await(what, maker, result);
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
