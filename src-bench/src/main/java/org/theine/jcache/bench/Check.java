package org.theine.jcache.bench;

/**
 * Two figures that must be equal because they are the same thing, counted in two places.
 *
 * @param claim what is compared, as {@code left = right}
 * @param expected the right side
 * @param found the left side
 */
public record Check(String claim, long expected, long found) {

  /**
   * Whether the figures agree.
   *
   * @return true if they do
   */
  public boolean ok() {
    return expected == found;
  }

  /**
   * The verdict for people.
   *
   * @return a word
   */
  public String verdict() {
    return ok() ? "ok" : "MISMATCH";
  }
}
