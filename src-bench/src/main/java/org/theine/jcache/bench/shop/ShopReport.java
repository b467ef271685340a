package org.theine.jcache.bench.shop;

import java.util.ArrayList;
import java.util.List;
import org.theine.jcache.bench.Check;

/** What the third pass found. Immutable, so safe for any thread. */
public final class ShopReport {
  private final ShopSettings settings;
  private final int products;
  private final int categories;
  private final ShopRun without;
  private final ShopRun with;

  ShopReport(ShopSettings settings, Catalogue catalogue, ShopRun without, ShopRun with) {
    this.settings = settings;
    this.products = catalogue.products();
    this.categories = catalogue.categories();
    this.without = without;
    this.with = with;
  }

  /**
   * The figures that must agree.
   *
   * @return each with its counterpart
   */
  public List<Check> checks() {
    List<Check> checks = new ArrayList<>();
    add(checks, " without cache", without);
    add(checks, " with cache", with);
    for (RegionFigures region : with.regions()) {
      int bound = region.region().bound();
      if (bound > 0) {
        checks.add(
            new Check(
                "entries of '" + region.region().title() + "' beyond its bound = none",
                0,
                Math.max(0, region.entries() - bound)));
      }
    }
    return checks;
  }

  private static void add(List<Check> checks, String how, ShopRun run) {
    checks.add(
        new Check(
            "statements counted by Hibernate" + how + " = sent", run.total(), run.prepared()));
    checks.add(
        new Check("pages that showed what was not so" + how + " = none", 0, run.wrongPages()));
    checks.add(
        new Check(
            "prices in the database other than the last set" + how + " = none",
            0,
            run.otherPrices()));
  }

  /** How the shop was visited. */
  ShopSettings settings() {
    return settings;
  }

  /** How many products there are. */
  int products() {
    return products;
  }

  /** How many categories there are. */
  int categories() {
    return categories;
  }

  /** The run without the second-level cache. */
  ShopRun without() {
    return without;
  }

  /** The run with it. */
  ShopRun with() {
    return with;
  }

  /** How many times as many statements it takes without the cache. */
  double ratio() {
    return (double) without.total() / Math.max(1, with.total());
  }

  /** How many times as much processor time it takes without the cache; differs between runs. */
  double cpuRatio() {
    return (double) without.cpuNanos() / Math.max(1, with.cpuNanos());
  }
}
