package org.theine.jcache.bench.jmh;

import org.jspecify.annotations.Nullable;

/**
 * A mapping with the fields of an entry of the store. Links and value may be read by any thread.
 */
class Node {
  final Object key;
  final long hash;
  volatile @Nullable Object value;

  /**
   * The chain; unused in an open table, where the 4 bytes would be padding: 36 bytes of fields, or
   * 44 with a deadline, come to 40 and 48 with it and without.
   */
  volatile @Nullable Node next;

  volatile int state;
  int slot;

  Node(Object key, long hash, @Nullable Object value) {
    this.key = key;
    this.hash = hash;
    this.value = value;
  }

  /** The node of the key among those of this hash, or null. */
  @Nullable Node find(Object asked) {
    return key == asked || asked.equals(key) ? this : null;
  }
}
