package org.theine.jcache.history;

/**
 * What a call does to one of its keys and answers for it, at the instant at which it takes place.
 * Values are the codes of {@link Stamp}, 0 is none.
 */
enum Effect {
  /** Answers the value, which it loads if there is none and the cache reads through. */
  LOOK,
  /** As LOOK, by an iterator: does not load. */
  SHOWN,
  PRESENT,
  STORE,
  SWAP,
  STORE_IF_ABSENT,
  STORE_IF_PRESENT,
  STORE_IF_EQUAL,
  SWAP_IF_PRESENT,
  ERASE,
  ERASE_SILENTLY,
  ERASE_IF_EQUAL,
  TAKE,
  /** Adds one to the value, or stores one if there is none; answers the value before. */
  INCREMENT,
  /** A processor's look. */
  EXAMINE,
  CLEAR,
  /** Loads what is absent. */
  LOAD,
  /** Loads in any case. */
  RELOAD,
  /** Time goes by. */
  TICK,
  NOTHING;

  /** The answer is none that the call could have got here. */
  static final int UNEXPLAINED = -1;

  /** Without an entry lock: it may take place while another call has the key in hand. */
  boolean isFree() {
    return this == LOOK || this == SHOWN || this == PRESENT || this == TICK || this == NOTHING;
  }

  /** Whether a look at a value that stays as it is moves its deadline. */
  boolean touches() {
    return this == LOOK || this == STORE_IF_EQUAL || this == ERASE_IF_EQUAL || this == EXAMINE;
  }

  /** The value after the call, or {@link #UNEXPLAINED}. */
  int after(int before, Call call, int key) {
    int loaded = call.loaded[key];
    if (loaded != 0 && this != RELOAD && before != 0) {
      return UNEXPLAINED; // nothing is loaded over a value
    }
    int current = loaded == 0 ? before : loaded;
    int written = call.values[key];
    int answer = call.answers[key];
    boolean said = answer != 0;
    boolean equal = current != 0 && current == call.expected;
    return switch (this) {
      case LOOK, EXAMINE -> current == answer ? current : UNEXPLAINED;
      case SHOWN -> before == answer ? before : UNEXPLAINED;
      case PRESENT -> (before != 0) == said ? before : UNEXPLAINED;
      case STORE -> written;
      case SWAP -> current == answer ? written : UNEXPLAINED;
      case STORE_IF_ABSENT ->
          (current == 0) != said ? UNEXPLAINED : current == 0 ? written : current;
      case STORE_IF_PRESENT -> (current != 0) != said ? UNEXPLAINED : current == 0 ? 0 : written;
      case STORE_IF_EQUAL -> equal != said ? UNEXPLAINED : equal ? written : current;
      case SWAP_IF_PRESENT -> current != answer ? UNEXPLAINED : current == 0 ? 0 : written;
      case ERASE -> (current != 0) == said ? 0 : UNEXPLAINED;
      case ERASE_SILENTLY, CLEAR -> 0;
      case ERASE_IF_EQUAL -> equal != said ? UNEXPLAINED : equal ? 0 : current;
      case TAKE -> current == answer ? 0 : UNEXPLAINED;
      case INCREMENT ->
          current != answer ? UNEXPLAINED : current == 0 ? written : current + Stamp.INCREMENT;
      case LOAD -> current != 0 ? current : UNEXPLAINED;
      case RELOAD -> loaded != 0 ? loaded : UNEXPLAINED;
      case TICK, NOTHING -> before;
    };
  }
}
