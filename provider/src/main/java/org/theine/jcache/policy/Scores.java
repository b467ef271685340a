package org.theine.jcache.policy;

/** Which of several settings is best by the hits of late. Not thread-safe. */
final class Scores {
  /*
   * Hits are summed with older ones discounted, over some twenty periods. The best setting does not
   * take over at once: a change costs hits of its own while entries move between the queues, and a
   * small lead is chance. The lead is held against what is contested, the smaller of hits and
   * misses: where nearly all requests hit anyway, a few misses less are a lot.
   */

  /** What a hit of the last period is worth now. */
  private static final double DISCOUNT = 0.95;

  /** The lead that the best needs, of the smaller of hits and misses. */
  private static final double LEAD = 0.03;

  /** The lead that it needs in any case, in hits: less may be chance if there were few requests. */
  private static final double MARGIN = 20;

  private final double[] hits;
  private double requests;
  private int current;

  Scores(int settings) {
    hits = new double[settings];
  }

  /**
   * Ends a period.
   *
   * @param newRequests how many there were, for all settings the same
   * @param newHits by setting
   * @return the number of the setting that should be in force now
   */
  int add(int newRequests, int[] newHits) {
    requests = requests * DISCOUNT + newRequests;
    int best = 0;
    for (int i = 0; i < hits.length; i++) {
      hits[i] = hits[i] * DISCOUNT + newHits[i];
      if (hits[i] > hits[best]) {
        best = i;
      }
    }
    double contested = Math.min(hits[current], requests - hits[current]);
    if (hits[best] > hits[current] + LEAD * contested + MARGIN) {
      current = best;
    }
    return current;
  }
}
