package org.theine.jcache.policy;

/** Tells from a cache's misses that its load has changed. Not thread-safe. */
final class Watch {
  /*
   * The miss ratio of each stretch of requests is compared with the mean of those before. As if each
   * request missed by chance alone, a ratio over n requests has a standard deviation of at most
   * 0.5 / sqrt(n); requests that come in bursts have more.
   */

  /** The load has changed if the ratio differs by so much over the root of the requests. */
  private static final double SHIFT = 4;

  private final int length;

  /** Stretches that have ended, and the mean of their miss ratios. */
  private int stretches;

  private double usual;

  /** Of the present stretch. */
  private int requests;

  private int misses;

  /** Begins to watch, with stretches of so many requests at least. */
  Watch(int length) {
    this.length = length;
  }

  /** Adds requests; true if with them a stretch has ended that differs from those before. */
  boolean hasChanged(int newRequests, int newMisses) {
    requests += newRequests;
    misses += newMisses;
    if (requests < length) {
      return false;
    }
    double ratio = (double) misses / requests;
    boolean changed = stretches > 0 && Math.abs(ratio - usual) > SHIFT / Math.sqrt(requests);
    usual += (ratio - usual) / ++stretches;
    requests = 0;
    misses = 0;
    return changed;
  }
}
