package org.theine.jcache.simulation;

import org.jspecify.annotations.Nullable;

/** A key of the model for as long as it is present or an operation is under way on it. */
final class Node {
  final Key key;

  /** Null: absent. */
  @Nullable Object stored;

  /** Another one each time the key is given a value that had none. */
  int life;

  int weight;
  long deadline = ModelEntries.DEAD;

  /** The latest deadline that was not {@link ModelEntries#DEAD}. */
  long due;

  /** An operation has it. */
  boolean locked;

  /** That operation is a load. */
  boolean loading;

  /** That load has looked, or need not, and asks the loader: a clear throws its result away. */
  boolean asking;

  /** A clear has met that operation: it commits nothing. */
  boolean cleared;

  /** The key is another node's. */
  boolean dead;

  Node(Key key) {
    this.key = key;
  }

  void expireAt(long newDeadline) {
    deadline = newDeadline;
    due = newDeadline;
  }
}
