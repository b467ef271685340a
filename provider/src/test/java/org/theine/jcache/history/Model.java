package org.theine.jcache.history;

/**
 * What a cache may do when one call takes place after the other. A state fits {@link #STATE_BITS}.
 * Stateless.
 */
interface Model {
  int STATE_BITS = 40;

  /** Where the states go to which something may lead. For one thread. */
  final class Successors {
    private long[] states = new long[64];
    private int size;

    void add(long state) {
      assert state >>> STATE_BITS == 0 : "too wide a state";
      if (size == states.length) {
        states = java.util.Arrays.copyOf(states, size * 2);
      }
      states[size++] = state;
    }

    int size() {
      return size;
    }

    long get(int index) {
      return states[index];
    }

    void shrinkTo(int newSize) {
      size = newSize;
    }
  }

  /** The state of a cache that has nothing. */
  long initial();

  /**
   * The states to which a call may lead as it takes place for a key; none if its answer is not
   * explained.
   */
  void apply(long state, History history, Call call, int key, Successors into);

  /** As {@link #apply}, where the call only begins, to take place later on. */
  default void begin(long state, History history, Call call, int key, Successors into) {}

  /** The states to which what nobody has called for may lead. */
  default void unasked(long state, History history, Successors into) {}

  /** Whether a history may end in this state, with what it left in the cache. */
  boolean isEnd(long state, History history, int keys);
}
