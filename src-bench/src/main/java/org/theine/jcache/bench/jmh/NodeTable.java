package org.theine.jcache.bench.jmh;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What chained and open table share: a lock for changes, and reading without one. Safe for use by
 * several threads.
 */
abstract class NodeTable {
  private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(Node[].class);
  private static final int TRIES = 4;

  final ReentrantLock lock = new ReentrantLock();

  /** Changed under the lock. */
  volatile Node[] array;

  /** Odd while nodes move, so that a walk may pass them by. Changed under the lock. */
  private volatile int version;

  /** Guarded by the lock. */
  int size;

  NodeTable(int length) {
    array = new Node[length];
  }

  /** One walk; decisive under the lock. */
  abstract @Nullable Node search(Object key, int hash);

  /** Links a node whose key has none; requires the lock. */
  abstract void add(Node node);

  /** Takes a linked node out; requires the lock. */
  abstract void remove(Node node);

  final @Nullable Object get(Object key, int hash) {
    Node node = find(key, hash);
    return node == null ? null : node.value;
  }

  private @Nullable Node find(Object key, int hash) {
    for (int tries = TRIES; tries > 0; tries--) {
      int before = version;
      Node found = search(key, hash);
      if (found != null) {
        return found;
      }
      VarHandle.acquireFence();
      if ((before & 1) == 0 && before == version) {
        return null;
      }
      Thread.onSpinWait();
    }
    lock.lock();
    try {
      return search(key, hash);
    } finally {
      lock.unlock();
    }
  }

  final void put(Object key, int hash, Object value) {
    lock.lock();
    try {
      Node node = search(key, hash);
      if (node == null) {
        add(new Node(key, hash, value));
      } else {
        node.value = value;
      }
    } finally {
      lock.unlock();
    }
  }

  final boolean remove(Object key, int hash) {
    lock.lock();
    try {
      Node node = search(key, hash);
      if (node != null) {
        remove(node);
      }
      return node != null;
    } finally {
      lock.unlock();
    }
  }

  final void beginMove() {
    version++;
    VarHandle.fullFence();
  }

  final void endMove() {
    version++;
  }

  static @Nullable Node at(Node[] array, int index) {
    return (Node) ELEMENT.getAcquire(array, index);
  }

  static void set(Node[] array, int index, @Nullable Node node) {
    ELEMENT.setRelease(array, index, node);
  }
}
