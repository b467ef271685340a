package org.theine.jcache.store;

import org.jspecify.annotations.Nullable;

/**
 * Walks the entries of a store, slot by slot and not by the table: an entry keeps its slot, so one
 * that is there throughout is seen exactly once, whatever else comes and goes. For one thread;
 * takes no lock.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values as the store keeps them
 */
public final class EntryCursor<K, V> {
  private final Shard<K, V>[] shards;
  private int shard;
  private int slot;

  EntryCursor(Shard<K, V>[] shards) {
    this.shards = shards;
  }

  /**
   * Moves on.
   *
   * @return the next entry, which may have expired or left meanwhile, or null at the end
   */
  public @Nullable Entry<K, V> next() {
    for (; shard < shards.length; shard++, slot = 0) {
      while (slot < shards[shard].slots().length()) {
        Entry<K, V> entry = shards[shard].slots().get(slot++);
        if (entry != null) {
          return entry;
        }
      }
    }
    return null;
  }
}
