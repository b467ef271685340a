package org.theine.jcache.bench.shop;

import java.util.Arrays;
import java.util.List;

/** Figures of a shop that nobody has visited. Stateless. */
public final class ShopSamples {
  private ShopSamples() {}

  /** A report of two stretches in which so many pages were out of date. */
  public static ShopReport report(int wrongPages) {
    List<RegionFigures> regions =
        Arrays.stream(Region.values()).map(r -> new RegionFigures(r, 3, 1, 1, 0, 1)).toList();
    ShopRun without = new ShopRun(new long[] {40, 40}, 80, 0, 0, 2, List.of());
    ShopRun with = new ShopRun(new long[] {30, 20}, 50, wrongPages, 0, 1, regions);
    return new ShopReport(new ShopSettings(20, 10, 5), new Catalogue(100), without, with);
  }
}
