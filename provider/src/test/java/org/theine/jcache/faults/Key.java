package org.theine.jcache.faults;

import org.jspecify.annotations.Nullable;

/** A key of the user's, all of whose methods can go wrong. */
final class Key implements Comparable<Key> {
  final int id;
  final int hash;
  private final Trap trap;

  Key(int id, int hash, Trap trap) {
    this.id = id;
    this.hash = hash;
    this.trap = trap;
  }

  @Override
  public boolean equals(@Nullable Object object) {
    trap.visit(Callback.KEY_EQUALS);
    return object instanceof Key other && id == other.id;
  }

  @Override
  public int hashCode() {
    trap.visit(Callback.KEY_HASH_CODE);
    return hash;
  }

  @Override
  public int compareTo(Key other) {
    trap.visit(Callback.KEY_COMPARE_TO);
    return Integer.compare(id, other.id);
  }

  @Override
  public String toString() {
    return "key " + id;
  }
}
