package org.theine.jcache.history;

import java.util.Arrays;

/** Looks for an order of the calls of a history that explains all answers. For one thread. */
final class Search {
  /*
   * The search of Wing and Gong with the memory of Lowe: every call that may come next, as everything that
   * ended before it began has taken place, is tried in turn; what was reached before, in vain, is not tried
   * again. A call on several keys takes place for each of them at an instant of its own.
   *
   * A key can be looked at without the others, since linearizability is local [Herlihy, Wing 1990]; all
   * at once are looked at where they have something in common, as a bound.
   *
   * A place in the search is packed into 64 bits: for each of up to four threads the next call, 3 bits, and
   * for which keys that has taken place, 3 bits; and the state.
   */

  private static final int INDEX_BITS = 3;
  private static final int PLACE_BITS = INDEX_BITS + Call.KEYS;
  private static final int INDEX_MASK = (1 << INDEX_BITS) - 1;

  private final Model model;
  private final Model.Successors successors = new Model.Successors();
  private final Places tried = new Places();

  /** Of the search under way. */
  private History history;

  private int keys;

  Search(Model model) {
    this.model = model;
    this.history = new History(1, 0);
  }

  /**
   * Whether there is an order.
   *
   * @param of the history
   * @param ofKeys a bit for each key that is looked at
   */
  boolean explains(History of, int ofKeys) {
    history = of;
    keys = ofKeys;
    tried.clear();
    successors.shrinkTo(0);
    return from(normal(0), model.initial());
  }

  private boolean from(int places, long state) {
    if (isOver(places) && model.isEnd(state, history, keys)) {
      return true;
    }
    if (!tried.add((long) places << Model.STATE_BITS | state)) {
      return false;
    }
    for (int thread = 0; thread < history.threads; thread++) {
      int index = index(places, thread);
      if (index < history.length && isPossible(history.calls[thread][index], places)) {
        if (next(history.calls[thread][index], places, state)) {
          return true;
        }
      }
    }
    int first = successors.size();
    model.unasked(state, history, successors);
    return any(first, places);
  }

  /** The call takes place for one of its keys. */
  private boolean next(Call call, int places, long state) {
    int left = call.keys & keys & ~done(places, call.thread);
    for (int rest = left; rest != 0; rest &= rest - 1) {
      int key = Integer.numberOfTrailingZeros(rest);
      int first = successors.size();
      model.apply(state, history, call, key, successors);
      int then = normal(places | 1 << call.thread * PLACE_BITS + INDEX_BITS + key);
      if (any(first, then)) {
        return true;
      }
      model.begin(state, history, call, key, successors);
      if (any(first, places)) {
        return true;
      }
    }
    return false;
  }

  /** Goes on from each state that was added; takes them away again. */
  private boolean any(int first, int places) {
    int end = successors.size();
    for (int i = first; i < end; i++) {
      if (from(places, successors.get(i))) {
        return true;
      }
    }
    successors.shrinkTo(first);
    return false;
  }

  /** Steps over calls that have taken place for all the keys that are looked at. */
  private int normal(int places) {
    int normal = places;
    for (int thread = 0; thread < history.threads; thread++) {
      while (index(normal, thread) < history.length
          && isDone(history.calls[thread][index(normal, thread)], normal)) {
        int shift = thread * PLACE_BITS;
        int index = index(normal, thread) + 1;
        normal = normal & ~((1 << PLACE_BITS) - 1 << shift) | index << shift;
      }
    }
    return normal;
  }

  private boolean isDone(Call call, int places) {
    return (call.keys & keys & ~done(places, call.thread)) == 0;
  }

  private boolean isPossible(Call call, int places) {
    for (int thread = 0; thread < history.threads; thread++) {
      if (thread != call.thread && index(places, thread) < call.began[thread]) {
        return false;
      }
    }
    return true;
  }

  private boolean isOver(int places) {
    for (int thread = 0; thread < history.threads; thread++) {
      if (index(places, thread) < history.length) {
        return false;
      }
    }
    return true;
  }

  private static int index(int places, int thread) {
    return places >>> thread * PLACE_BITS & INDEX_MASK;
  }

  private static int done(int places, int thread) {
    return places >>> thread * PLACE_BITS + INDEX_BITS & (1 << Call.KEYS) - 1;
  }

  /** A set of places, by open addressing. For one thread. */
  private static final class Places {
    private static final int SMALL = 1 << 10;

    /** 0 where there is none; places are stored plus one. */
    private long[] table = new long[SMALL];

    private int size;

    void clear() {
      if (size > 0) {
        if (table.length > SMALL) {
          table = new long[SMALL];
        } else {
          Arrays.fill(table, 0);
        }
        size = 0;
      }
    }

    boolean add(long place) {
      if (size * 2 >= table.length) {
        grow();
      }
      return insert(table, place + 1);
    }

    private boolean insert(long[] into, long stored) {
      int mask = into.length - 1;
      for (int i = (int) (stored * 0x9E3779B97F4A7C15L >>> 40) & mask; ; i = i + 1 & mask) {
        if (into[i] == stored) {
          return false;
        }
        if (into[i] == 0) {
          into[i] = stored;
          size++;
          return true;
        }
      }
    }

    private void grow() {
      long[] larger = new long[table.length * 4];
      size = 0;
      for (long stored : table) {
        if (stored != 0) {
          insert(larger, stored);
        }
      }
      table = larger;
    }
  }
}
