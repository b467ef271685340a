package org.theine.jcache;

/**
 * The single-key operations of a cache as data: when each acts, what it does then, what it counts.
 */
enum Operation {
  PUT(When.ALWAYS, true, false),
  GET_AND_PUT(When.ALWAYS, true, true),
  PUT_IF_ABSENT(When.ABSENT, true, true),
  REPLACE(When.PRESENT, true, true),
  REPLACE_IF_EQUAL(When.EQUAL, true, true),
  GET_AND_REPLACE(When.PRESENT, true, true),
  REMOVE(When.ALWAYS, false, false),
  REMOVE_IF_EQUAL(When.EQUAL, false, true),
  GET_AND_REMOVE(When.ALWAYS, false, true);

  /** What the present value must be for the operation to act. */
  enum When {
    ALWAYS,
    ABSENT,
    PRESENT,
    EQUAL
  }

  private final When when;
  private final boolean writes;
  private final boolean looksUp;

  Operation(When when, boolean writes, boolean looksUp) {
    this.when = when;
    this.writes = writes;
    this.looksUp = looksUp;
  }

  When when() {
    return when;
  }

  /** Whether it stores a value when it acts; else it removes. */
  boolean writes() {
    return writes;
  }

  /** Whether it stores a value for a key that has none. */
  boolean adds() {
    return writes && (when == When.ALWAYS || when == When.ABSENT);
  }

  /** Whether the caller gets the value before. */
  boolean givesPrevious() {
    return this == GET_AND_PUT || this == GET_AND_REPLACE || this == GET_AND_REMOVE;
  }

  /** Whether it counts a hit or a miss. */
  boolean looksUp() {
    return looksUp;
  }
}
