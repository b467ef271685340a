package org.theine.jcache.bench.shop;

import java.util.Arrays;
import java.util.List;

/**
 * What came of all page loads, with the second-level cache or without.
 *
 * @param statements that the database was sent, for each stretch of page loads; not to be changed
 * @param prepared how many of them Hibernate counted
 * @param wrongPages pages that did not show what they had to
 * @param otherPrices products whose price in the database was in the end another one
 * @param cpuNanos processor time of the thread that loaded the pages
 * @param regions of the cache; none without it
 */
record ShopRun(
    long[] statements,
    long prepared,
    long wrongPages,
    long otherPrices,
    long cpuNanos,
    List<RegionFigures> regions) {

  ShopRun {
    regions = List.copyOf(regions);
  }

  /** All statements. */
  long total() {
    return Arrays.stream(statements).sum();
  }
}
