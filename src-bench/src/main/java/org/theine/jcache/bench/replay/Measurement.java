package org.theine.jcache.bench.replay;

/**
 * What a policy made of a trace at a size. Ratios are 0 to 1.
 *
 * @param hitRatio the share of requests that were answered, mean of all runs
 * @param weightRatio the share of the requests' weight that was answered; the hit ratio where
 *     entries are counted
 * @param liveMaximum the most that was held at any look, {@link #COMPUTED} if there was no cache
 * @param runs how many
 * @param spread the highest hit ratio of a run less the lowest
 * @param overfilled whether more was held than the bound allows
 */
record Measurement(
    double hitRatio,
    double weightRatio,
    long liveMaximum,
    int runs,
    double spread,
    boolean overfilled) {

  /** The live maximum of what is no cache. */
  static final long COMPUTED = -1;

  /** A ratio that was computed, or found in a file. */
  static Measurement computed(double hitRatio, double weightRatio) {
    return new Measurement(hitRatio, weightRatio, COMPUTED, 1, 0, false);
  }
}
