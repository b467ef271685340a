package org.theine.jcache.bench.shop;

/**
 * What came of a region. Hits, misses and puts are what Hibernate counted, evictions and entries
 * what the cache says.
 *
 * @param region whose figures they are
 * @param hits how often something was found
 * @param misses how often it was not
 * @param puts how often something was kept
 * @param evictions how many entries had to leave for others
 * @param entries that are there at the end
 */
record RegionFigures(
    Region region, long hits, long misses, long puts, long evictions, long entries) {

  /** The share of the look-ups that found something, 0 to 1; 0 if there were none. */
  double hitRatio() {
    return hits + misses == 0 ? 0 : (double) hits / (hits + misses);
  }
}
