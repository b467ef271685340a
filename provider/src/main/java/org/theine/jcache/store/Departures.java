package org.theine.jcache.store;

/**
 * Is told of entries that leave without an operation on their key, and of those that they leave
 * for. Called by any thread.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values as the store keeps them
 */
public interface Departures<K, V> {
  /**
   * A value has come to a key that had none. Called as {@link #evicted}, and before that for those
   * who make room.
   *
   * @param entry the entry, whose key and hash may be kept
   * @param value its value
   */
  void arrived(Entry<K, V> entry, V value);

  /**
   * An entry leaves to keep the bound. The shard lock is held, so that whatever is queued here
   * stands before anything that a later entry of the key will cause: no user code, no waiting.
   *
   * @param entry the entry, whose key and hash may be kept
   * @param value its value
   */
  void evicted(Entry<K, V> entry, V value);

  /**
   * An entry leaves since its deadline has passed. Called as {@link #evicted}.
   *
   * @param entry the entry, whose key and hash may be kept
   * @param value its value
   */
  void expired(Entry<K, V> entry, V value);

  /** No lock of the store's is held any more by the thread that made one of the calls above. */
  void settled();
}
