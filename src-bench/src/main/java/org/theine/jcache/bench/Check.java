package org.theine.jcache.bench;

/**
 * Two figures that must be equal because they are the same thing, counted in two places.
 *
 * @param claim what is compared, as {@code left = right}
 * @param expected the right side
 * @param found the left side
 */
record Check(String claim, long expected, long found) {

  /** Whether the figures agree. */
  boolean ok() {
    return expected == found;
  }

  /** The verdict for people. */
  String verdict() {
    return ok() ? "ok" : "MISMATCH";
  }
}
