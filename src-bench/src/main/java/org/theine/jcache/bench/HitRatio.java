package org.theine.jcache.bench;

import java.util.List;

/**
 * What one size of cache made of the trace. Ratios are shares of the requests, 0 to 1.
 *
 * @param size the bound, in entries
 * @param lru what a least recently used cache would have answered
 * @param cache what the cache under test answered, the mean of all replays
 * @param optimum what no cache can beat
 * @param getsPerSecond of the quickest replay, on one thread, loads included
 * @param checks the cache's statistics against what was seen from outside
 */
record HitRatio(
    int size, double lru, double cache, double optimum, double getsPerSecond, List<Check> checks) {

  HitRatio {
    checks = List.copyOf(checks);
  }

  /** How much of what LRU leaves to be gained the cache gained; 0 if there is nothing to gain. */
  double shareOfGap() {
    return (optimum > lru) ? (cache - lru) / (optimum - lru) : 0;
  }
}
