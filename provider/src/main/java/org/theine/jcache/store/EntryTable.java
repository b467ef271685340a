package org.theine.jcache.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of a shard by key. {@link #find} may be called by any thread without a lock; everything
 * else requires the shard lock.
 */
final class EntryTable<K, V> {
  /*
   * An array of chains. The chain is threaded through the nodes themselves: a link costs no memory, as it
   * falls into what aligns the node to 8 bytes, so that a mapping costs one node and 5 to 11 bytes of array. At most
   * three quarters of the buckets' number are linked: with as many nodes as buckets a get takes 3 ns more, as
   * the processor cannot guess how long a chain is.
   *
   * Reading needs no lock. A node that is found is right whatever happens around it: its owner's state,
   * value and deadline say what it is worth. A node that is taken out keeps its link, so a reader that
   * stands on it walks on; every node that a walk reaches was linked at some moment since the walk began,
   * by induction along the links.
   *
   * Not finding a node proves something only if no node has changed its chain meanwhile. They do so when the
   * array grows and when nodes of one hash move to a CollidingEntries: the version is odd while that goes on
   * and another one afterwards. A miss re-reads it, tries again, and at last takes the shard lock.
   *
   * Twenty thousand keys of one hash would make one chain of twenty thousand. From COLLIDING nodes of one hash
   * they move to a node of their own, CollidingEntries, so that their neighbours pass them in one step.
   */

  /**
   * Chains shorter than this are walked. Eight nodes of one hash are equal hash codes, not bad
   * luck.
   */
  static final int COLLIDING = 8;

  private static final int FIRST_LENGTH = 8;
  private static final int LARGEST_LENGTH = 1 << 30;

  /** Optimistic walks before a miss is settled under the lock. */
  private static final int TRIES = 4;

  private static final VarHandle BUCKET = MethodHandles.arrayElementVarHandle(Entry[].class);

  private final Lock lock;

  /** Null until the first node. Elements are written with release under the lock. */
  private volatile Entry<K, V> @Nullable [] buckets;

  /**
   * Odd while nodes change chains. Written under the lock, read by a miss before and after its
   * walk.
   */
  private volatile int version;

  /** Guarded by the shard lock. */
  private int size;

  EntryTable(Lock lock) {
    this.lock = lock;
  }

  /** The node of the key, dead or alive, or null if there is none; without a lock. */
  @Nullable Entry<K, V> find(Object key, int hash) {
    int before = version;
    Entry<K, V> found = search(key, hash);
    return found != null || isSteady(before) ? found : findAmongMoves(key, hash);
  }

  /** Whether no node has changed its chain since the version was read. */
  private boolean isSteady(int before) {
    VarHandle.acquireFence(); // the walk's reads stay before the second look at the version
    return (before & 1) == 0 && before == version;
  }

  private @Nullable Entry<K, V> findAmongMoves(Object key, int hash) {
    for (int tries = TRIES; tries > 0; tries--) {
      Thread.onSpinWait();
      int before = version;
      Entry<K, V> found = search(key, hash);
      if (found != null || isSteady(before)) {
        return found;
      }
    }
    lock.lock();
    try {
      return search(key, hash);
    } finally {
      lock.unlock();
    }
  }

  /** One walk; decisive under the shard lock. */
  @Nullable Entry<K, V> search(Object key, int hash) {
    Entry<K, V>[] array = buckets;
    if (array == null) {
      return null;
    }
    for (Entry<K, V> e = bucket(array, indexOf(hash, array)); e != null; e = following(e)) {
      if (e.hash == hash) {
        K held = e.key;
        if (held == null) {
          return ((CollidingEntries<K, V>) e).find(key);
        }
        if (held == key || key.equals(held)) {
          return e;
        }
      }
    }
    return null;
  }

  /**
   * The next node of a walk, which may have no lock. The fence makes the link the one that the node
   * was stored with, or a later one, though the node before was read plainly.
   */
  private static <K, V> @Nullable Entry<K, V> following(Entry<K, V> e) {
    VarHandle.acquireFence();
    return e.next();
  }

  int size() {
    return size;
  }

  /** Links a node whose key has none. */
  void add(Entry<K, V> entry) {
    Entry<K, V>[] array = roomForOneMore();
    int index = indexOf(entry.hash, array);
    Entry<K, V> first = bucket(array, index);
    int equalHashes = 0;
    for (Entry<K, V> e = first; e != null; e = e.next()) {
      if (e.hash == entry.hash) {
        if (e instanceof CollidingEntries<K, V> colliding) {
          colliding.add(entry);
          size++;
          return;
        }
        equalHashes++;
      }
    }
    if (equalHashes >= COLLIDING) {
      collect(array, index, entry);
    } else {
      entry.setNext(first);
      setBucket(array, index, entry);
    }
    size++;
  }

  /** Takes a linked node out. */
  void remove(Entry<K, V> entry) {
    Entry<K, V>[] array = buckets;
    assert array != null : "nothing was ever linked";
    int index = indexOf(entry.hash, array);
    Entry<K, V> before = null;
    for (Entry<K, V> e = bucket(array, index); e != null; before = e, e = e.next()) {
      if (e == entry) {
        unlink(array, index, before, e);
        size--;
        return;
      }
      if (e.hash == entry.hash && e instanceof CollidingEntries<K, V> colliding) {
        colliding.remove(entry);
        size--;
        if (colliding.isEmpty()) {
          unlink(array, index, before, e);
        }
        return;
      }
    }
    throw new AssertionError("not linked: an entry in slot " + entry.slot());
  }

  /** Gives the array back once it is empty. */
  void trim() {
    if (size == 0) {
      buckets = null;
    }
  }

  /** Every linked node, placeholders included; the action may remove the node that it is given. */
  void forEach(Consumer<Entry<K, V>> action) {
    Entry<K, V>[] array = buckets;
    if (array == null) {
      return;
    }
    for (int i = 0; i < array.length; i++) {
      for (Entry<K, V> e = bucket(array, i); e != null; ) {
        Entry<K, V> following = e.next();
        if (e instanceof CollidingEntries<K, V> colliding) {
          colliding.forEach(action);
        } else {
          action.accept(e);
        }
        e = following;
      }
    }
  }

  private Entry<K, V>[] roomForOneMore() {
    Entry<K, V>[] array = buckets;
    if (array == null) {
      array = newArray(FIRST_LENGTH);
      buckets = array;
    } else if (4L * size >= 3L * array.length && array.length < LARGEST_LENGTH) {
      array = grow(array);
    }
    return array;
  }

  /** Deals the chains out to an array of twice the length, keeping their order. */
  private Entry<K, V>[] grow(Entry<K, V>[] old) {
    Entry<K, V>[] array = newArray(old.length * 2);
    beginMove();
    for (int i = 0; i < old.length; i++) {
      Entry<K, V> lowTail = null;
      Entry<K, V> highTail = null;
      for (Entry<K, V> e = bucket(old, i); e != null; ) {
        Entry<K, V> following = e.next();
        e.setNext(null);
        if (indexOf(e.hash, array) == i) {
          append(array, i, lowTail, e);
          lowTail = e;
        } else {
          append(array, i + old.length, highTail, e);
          highTail = e;
        }
        e = following;
      }
    }
    buckets = array;
    endMove();
    return array;
  }

  private void append(
      Entry<K, V>[] array, int index, @Nullable Entry<K, V> tail, Entry<K, V> entry) {
    if (tail == null) {
      setBucket(array, index, entry);
    } else {
      tail.setNext(entry);
    }
  }

  /** Moves the nodes of the new entry's hash to a node of their own, and adds the new one. */
  private void collect(Entry<K, V>[] array, int index, Entry<K, V> entry) {
    CollidingEntries<K, V> colliding = new CollidingEntries<>(entry.hash);
    beginMove();
    Entry<K, V> before = null;
    for (Entry<K, V> e = bucket(array, index); e != null; ) {
      Entry<K, V> following = e.next();
      if (e.hash == entry.hash) {
        unlink(array, index, before, e);
        colliding.add(e);
      } else {
        before = e;
      }
      e = following;
    }
    colliding.add(entry);
    colliding.setNext(bucket(array, index));
    setBucket(array, index, colliding);
    endMove();
  }

  private void unlink(
      Entry<K, V>[] array, int index, @Nullable Entry<K, V> before, Entry<K, V> entry) {
    if (before == null) {
      setBucket(array, index, entry.next());
    } else {
      before.setNext(entry.next());
    }
  }

  private void beginMove() {
    version++;
    VarHandle.fullFence(); // readers see the odd version before the first changed link
  }

  private void endMove() {
    version++;
  }

  private static <K, V> int indexOf(int hash, Entry<K, V>[] array) {
    return hash & array.length - 1;
  }

  /**
   * A plain read, also without the lock: to read with acquire costs a check of the type, some
   * nanoseconds of each get. Reading the volatile array before makes it a new read. Of the node
   * that it gives key and hash are final, {@link #following} sees to the link, the value is read
   * with acquire and is null in a new node, and state and deadline are compared with what is there
   * before anything comes of them.
   */
  private static <K, V> @Nullable Entry<K, V> bucket(Entry<K, V>[] array, int index) {
    return array[index];
  }

  private static <K, V> void setBucket(
      Entry<K, V>[] array, int index, @Nullable Entry<K, V> entry) {
    BUCKET.setRelease(array, index, entry);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static <K, V> Entry<K, V>[] newArray(int length) {
    return (Entry<K, V>[]) new Entry[length];
  }
}
