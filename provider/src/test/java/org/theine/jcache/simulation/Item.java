package org.theine.jcache.simulation;

/**
 * Something that happened and that a cache and its model have to agree on. Immutable.
 *
 * @param what happened
 * @param key whose, or {@link #NO_KEY}
 * @param first the code of a value, or a number
 * @param second another one
 * @param text what is not a number
 * @param depth of callbacks
 */
record Item(String what, int key, long first, long second, String text, int depth) {
  static final int NO_KEY = -1;

  /** The code of no value. */
  static final long NONE = 0;

  /** Departures that the cache decides on: the model is told of them. */
  static final String EVICTED = "* evicted";

  static final String EXPIRED = "* expired";

  /** What an iterator came across; {@link #NO_KEY} is the end. */
  static final String FOUND = "* found";

  @Override
  public String toString() {
    StringBuilder line = new StringBuilder("  ".repeat(depth)).append(what);
    if (key != NO_KEY) {
      line.append(' ').append(key);
    }
    append(line, first);
    append(line, second);
    return line.append(text.isEmpty() ? "" : " ").append(text).toString();
  }

  private static void append(StringBuilder line, long code) {
    if (code != NONE) {
      line.append(' ').append(code >= -1 && code < 1L << 8 ? "" + code : Val.show(code));
    }
  }
}
