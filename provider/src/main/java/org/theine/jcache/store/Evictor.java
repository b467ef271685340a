package org.theine.jcache.store;

import org.jspecify.annotations.Nullable;

/**
 * Keeps the total of the shards within the bound. Safe for use by several threads; called without
 * any shard lock.
 */
final class Evictor<K, V> {
  /*
   * The thread that has put too much in evicts, from one shard after the other, with one lock at a time. It
   * never waits for an entry: one that is locked is in use, and another victim is taken. After BUSY_LIMIT such
   * victims the thread's own entry leaves instead, so that the bound holds when its operation returns.
   */

  /** Victims in use that an evictor passes over. */
  private static final int BUSY_LIMIT = 16;

  private final Shard<K, V>[] shards;
  private final Bound bound;

  Evictor(Shard<K, V>[] shards, Bound bound) {
    this.shards = shards;
    this.bound = bound;
  }

  /** Makes room after a change of an entry whose lock the caller holds. */
  void settle(Shard<K, V> home, Entry<K, V> own) {
    if (!bound.isExceeded()) {
      return;
    }
    if (home.isHeavierThan(own, bound.maximum()) || !makeRoom(home, own)) {
      home.lock().lock();
      try {
        home.evictOwn(own);
      } finally {
        home.unlock();
      }
    }
  }

  /**
   * Evicts until the total is within the maximum; false if that does not succeed without the entry
   * itself.
   */
  boolean makeRoom(Shard<K, V> home, @Nullable Entry<K, V> own) {
    for (int busy = 0; bound.isExceeded(); ) {
      Shard<K, V> fullest = fullest(home);
      Shard.Eviction eviction;
      fullest.lock().lock();
      try {
        eviction = fullest.evict(own);
      } finally {
        fullest.unlock();
      }
      if (eviction == Shard.Eviction.OWN
          || eviction == Shard.Eviction.BUSY && ++busy == BUSY_LIMIT) {
        return false;
      }
    }
    return true;
  }

  /**
   * The shard that yields: the evictor's own if it has more than its share, else the one that has
   * most beyond.
   */
  private Shard<K, V> fullest(Shard<K, V> home) {
    Shard<K, V> fullest = home;
    if (home.surplus() <= 0) {
      for (Shard<K, V> shard : shards) {
        if (shard.surplus() > fullest.surplus()) {
          fullest = shard;
        }
      }
    }
    return fullest;
  }
}
