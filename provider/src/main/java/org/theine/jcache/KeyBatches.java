package org.theine.jcache;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.store.Entry;
import org.theine.jcache.store.Load;

/**
 * Locks many keys without ever waiting for one while it holds another. Safe for use by several
 * threads.
 *
 * <p>Of the keys that are left it takes those that are free, and has them processed in one batch,
 * which unlocks each as soon as it is done with it. When all that is left is in use, it waits for
 * the first, with no key of its own. So batches in opposite order, a hot key or a load that hangs
 * stop only who wants that key.
 */
final class KeyBatches<K, V> {
  private final CacheParts<K, V> parts;

  KeyBatches(CacheParts<K, V> parts) {
    this.parts = parts;
  }

  /** A key that a batch has locked. */
  static final class Held<K> {
    final K key;
    final Entry<K, Object> entry;

    /** What readers of the key wait for, if the batch loads. */
    final @Nullable Load<Object> load;

    private boolean released;

    Held(K key, Entry<K, Object> entry, @Nullable Load<Object> load) {
      this.key = key;
      this.entry = entry;
      this.load = load;
    }
  }

  /** What the keys are locked for. */
  private enum Purpose {
    CHANGE,
    LOAD,
    RELOAD
  }

  /** What is done with the keys. */
  interface Work<K> {
    /** Processes locked keys; those that it has not released are released behind it. */
    void process(List<Held<K>> batch);

    /**
     * Takes over the outcome of another load of a key, which was under way; for batches that load.
     */
    default void follow(K key, Load<Object> load) {
      throw new AssertionError("a batch that does not load follows none");
    }
  }

  /**
   * Locks all keys, batch by batch, to load them: a load of another caller is waited for and
   * followed.
   */
  void load(Collection<? extends K> keys, Work<K> work) {
    run(keys, Purpose.LOAD, work);
  }

  /**
   * Locks all keys, batch by batch, to load them anew: another load is waited for, not followed.
   */
  void reload(Collection<? extends K> keys, Work<K> work) {
    run(keys, Purpose.RELOAD, work);
  }

  /** Locks all keys, batch by batch, to change them. */
  void change(Collection<? extends K> keys, Work<K> work) {
    run(keys, Purpose.CHANGE, work);
  }

  private void run(Collection<? extends K> keys, Purpose purpose, Work<K> work) {
    Deque<K> left = new ArrayDeque<>(keys);
    while (!left.isEmpty()) {
      List<Held<K>> batch = new ArrayList<>(left.size());
      try {
        takeFree(left, purpose, batch);
        if (batch.isEmpty()) {
          await(left.remove(), purpose, batch, work);
        }
        if (!batch.isEmpty()) {
          work.process(batch);
        }
      } catch (Throwable e) { // readers that wait for one of the keys share the failure
        batch.forEach(held -> release(held, null, e));
        throw e;
      } finally {
        batch.forEach(this::release);
      }
    }
  }

  private void takeFree(Deque<K> left, Purpose purpose, List<Held<K>> batch) {
    for (Iterator<K> keys = left.iterator(); keys.hasNext(); ) {
      K key = keys.next();
      Load<Object> load = purpose == Purpose.CHANGE ? null : new Load<>();
      Entry<K, Object> entry = parts.exclusive.tryLock(key, parts.store.hash(key), load);
      if (entry != null) {
        batch.add(new Held<>(key, entry, load));
        keys.remove();
      }
    }
  }

  private void await(K key, Purpose purpose, List<Held<K>> batch, Work<K> work) {
    int hash = parts.store.hash(key);
    if (purpose == Purpose.CHANGE) {
      batch.add(new Held<>(key, parts.lock(key, hash, true), null));
      return;
    }
    Load<Object> load = new Load<>();
    Entry<K, Object> entry =
        purpose == Purpose.RELOAD
            ? parts.lock(key, hash, load)
            : parts.lockOrFollow(key, hash, load);
    if (entry == null) {
      work.follow(key, load);
    } else {
      batch.add(new Held<>(key, entry, load));
    }
  }

  /** Unlocks a key; readers that wait for a load that came to nothing get that. */
  void release(Held<K> held) {
    release(held, null, null);
  }

  /** Unlocks a key, unless that was done, handing an outcome to the readers that wait for it. */
  void release(Held<K> held, @Nullable Object stored, @Nullable Throwable failure) {
    if (!held.released) {
      held.released = true;
      try {
        if (held.load != null) {
          ReadThrough.finish(held.load, stored, failure);
        }
      } finally {
        parts.exclusive.unlock(held.entry);
      }
    }
  }
}
