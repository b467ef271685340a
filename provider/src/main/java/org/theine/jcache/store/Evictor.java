package org.theine.jcache.store;

import org.jspecify.annotations.Nullable;

/**
 * Keeps the total of the shards within the bound. Safe for use by several threads; called without
 * any shard lock, but for {@link #isDue}.
 */
final class Evictor<K, V> {
  /*
   * The thread that has put too much in evicts, from one shard after the other, with one lock at a time. It
   * never waits for an entry: one that is locked is in use, and another victim is taken. After BUSY_LIMIT such
   * victims whoever is idle has to leave, in any shard; if nobody is, the thread's own entry leaves instead, so
   * that the bound holds when its operation returns. So it does at once if the policy refuses it.
   *
   * Who lowers the maximum has no entry of his own. What he could not evict he leaves to those who have the
   * entries: he sets the debt before he looks at them for the last time, and they look at it after they have
   * unlocked.
   */

  /** Victims in use that an evictor passes over. */
  private static final int BUSY_LIMIT = 16;

  /** Nodes that are looked at in a shard for one that is idle. */
  private static final int LOOKS = 1000;

  private final Shard<K, V>[] shards;
  private final Bound bound;

  /** Entries in use have kept the maximum from being reached when it was lowered. */
  private volatile boolean owed;

  Evictor(Shard<K, V>[] shards, Bound bound) {
    this.shards = shards;
    this.bound = bound;
  }

  /** Makes room after a change of an entry whose lock the caller holds. */
  void settle(Shard<K, V> home, Entry<K, V> own) {
    if (!bound.isExceeded()) {
      return;
    }
    if (!makeRoom(home, own)) {
      home.lock().lock();
      try {
        home.evictOwn(own);
      } finally {
        home.lock().unlock();
      }
    }
  }

  /** Whether somebody has to leave. */
  boolean isDue() {
    return bound.isExceeded();
  }

  /**
   * Evicts what does not fit a maximum that was lowered; what is in use leaves when it is not any
   * more.
   */
  void shrink() {
    owed = true;
    if (makeRoom(shards[0], null)) {
      owed = false;
      if (bound.isExceeded()) { // another one has lowered it further meanwhile
        owed = true;
      }
    }
  }

  /** Evicts what should have left before but was in use; called after each unlock. */
  void payOff() {
    if (owed) {
      shrink();
    }
  }

  /**
   * Evicts until the total is within the maximum; false if that does not succeed without the entry
   * itself.
   */
  private boolean makeRoom(Shard<K, V> home, @Nullable Entry<K, V> own) {
    boolean alone = false; // in its own shard only the entry itself is left
    for (int busy = 0; bound.isExceeded(); ) {
      Shard<K, V> yielding = !alone && home.surplus() > 0 ? home : fullest(alone ? home : null);
      if (yielding == null) {
        return false;
      }
      switch (evict(yielding, own)) {
        case OWN -> alone = true;
        case REFUSED -> {
          return false;
        }
        case BUSY -> busy++;
        case DONE, SPARED -> {}
      }
      if (busy == BUSY_LIMIT) {
        if (!evictIdle(own)) {
          return false;
        }
        busy = 0;
      }
    }
    return true;
  }

  private Eviction evict(Shard<K, V> shard, @Nullable Entry<K, V> own) {
    shard.lock().lock();
    try {
      return shard.evict(own);
    } finally {
      shard.lock().unlock();
    }
  }

  /** Evicts anybody who is not in use; false if there is nobody. */
  private boolean evictIdle(@Nullable Entry<K, V> own) {
    for (Shard<K, V> shard : shards) {
      shard.lock().lock();
      try {
        if (shard.evictIdle(own, LOOKS)) {
          return true;
        }
      } finally {
        shard.lock().unlock();
      }
    }
    return false;
  }

  /**
   * The shard that has most beyond its share, where an evictor looks whose own has no more than its
   * share; null if no other one has an entry.
   */
  private @Nullable Shard<K, V> fullest(@Nullable Shard<K, V> except) {
    Shard<K, V> fullest = null;
    for (Shard<K, V> shard : shards) {
      if (shard != except
          && shard.size() > 0
          && (fullest == null || shard.surplus() > fullest.surplus())) {
        fullest = shard;
      }
    }
    return fullest;
  }
}
