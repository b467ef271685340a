package org.theine.jcache;

import org.jspecify.annotations.Nullable;
import org.theine.jcache.event.Delivery;
import org.theine.jcache.store.Entry;
import org.theine.jcache.store.Load;

/**
 * Loads the value of a key that was missed: once, however many ask for it meanwhile. Safe for use
 * by several threads.
 */
final class ReadThrough<K, V> {
  private final CacheParts<K, V> parts;
  private final Commits<K, V> commits;

  ReadThrough(CacheParts<K, V> parts, Commits<K, V> commits) {
    this.parts = parts;
    this.commits = commits;
  }

  /**
   * The value of the key, loaded unless somebody else has stored or loads it; null if there is
   * none.
   */
  @Nullable V load(K key, int hash) {
    Delivery delivery = Delivery.begin();
    Throwable failure = null;
    try {
      Load<Object> load = new Load<>();
      Entry<K, Object> entry = parts.lockOrFollow(key, hash, load);
      return entry == null ? followed(load) : load(entry, key, load);
    } catch (Throwable e) {
      failure = e;
      throw e;
    } finally {
      delivery.end(failure);
    }
  }

  /**
   * What a load of another caller has come to; a failure is thrown as an exception of one's own.
   */
  @Nullable V followed(Load<Object> load) {
    Throwable failure = load.failure();
    if (failure != null) {
      throw parts.loading.failure(failure);
    }
    Object stored = load.value();
    return stored == null ? null : parts.given(stored);
  }

  private @Nullable V load(Entry<K, Object> entry, K key, Load<Object> load) {
    Object stored = null;
    Throwable failure = null;
    try {
      stored = parts.exclusive.current(entry);
      if (stored == null) {
        V value = parts.loading.load(key);
        stored = value == null ? null : store(entry, key, value);
      }
    } catch (Throwable e) {
      failure = e;
      throw e;
    } finally {
      try {
        finish(load, stored, failure);
      } finally {
        parts.exclusive.unlock(entry);
      }
    }
    return stored == null ? null : parts.given(stored);
  }

  /** Stores a loaded value under the lock of its entry; its stored form. */
  Object store(Entry<K, Object> entry, K key, V value) {
    parts.requireValue(value);
    Object stored = parts.form.stored(value);
    commits.load(entry, null, stored, parts.weigh(key, value));
    return stored;
  }

  static void finish(Load<Object> load, @Nullable Object stored, @Nullable Throwable failure) {
    if (failure == null) {
      load.complete(stored);
    } else {
      load.fail(failure);
    }
  }
}
