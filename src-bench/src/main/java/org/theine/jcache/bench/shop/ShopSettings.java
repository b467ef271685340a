package org.theine.jcache.bench.shop;

/**
 * How the shop is visited.
 *
 * @param loads pages that are loaded, one for each of the first requests of the trace
 * @param stretch how many page loads are drawn as one point; a divisor of the loads
 * @param changeEvery before one in so many loads the price of its product changes
 */
record ShopSettings(int loads, int stretch, int changeEvery) {
  ShopSettings {
    if (stretch <= 0 || loads <= 0 || loads % stretch != 0) {
      throw new IllegalArgumentException(
          "loads must be a multiple of the stretch: " + loads + " of " + stretch);
    }
    if (changeEvery <= 0) {
      throw new IllegalArgumentException("changeEvery must be positive: " + changeEvery);
    }
  }

  /** How many points are drawn. */
  int stretches() {
    return loads / stretch;
  }

  /** How often a price changes. */
  int changes() {
    return loads / changeEvery;
  }
}
