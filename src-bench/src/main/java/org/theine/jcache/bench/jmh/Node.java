package org.theine.jcache.bench.jmh;

import org.jspecify.annotations.Nullable;

/**
 * A mapping with the fields of an entry of the store. Links and value may be read by any thread.
 */
class Node {
  final Object key;
  final int hash;
  volatile @Nullable Object value;

  /**
   * The chain; unused in an open table, where the 4 bytes would be padding: 28 bytes without it, or
   * 36 with a deadline, come to 32 and 40 with it and without.
   */
  volatile @Nullable Node next;

  /** State and slot. */
  volatile int word;

  Node(Object key, int hash, @Nullable Object value) {
    this.key = key;
    this.hash = hash;
    this.value = value;
  }

  /** The node of the key among those of this hash, or null. */
  @Nullable Node find(Object asked) {
    return key == asked || asked.equals(key) ? this : null;
  }
}
