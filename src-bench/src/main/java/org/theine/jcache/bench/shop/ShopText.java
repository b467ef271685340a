package org.theine.jcache.bench.shop;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the console is told of the shop, in plain ASCII. Stateless. */
public final class ShopText {
  private ShopText() {}

  /**
   * Says what the pass does.
   *
   * @return a line
   */
  public static String head() {
    ShopSettings settings = ShopPass.SETTINGS;
    return format(
        "Pass 3: statements of a shop with Hibernate; %,d page loads, %,d changes of a price",
        settings.loads(), settings.changes());
  }

  /**
   * Says what came of it, without the checks.
   *
   * @param report what was found
   * @return lines
   */
  public static List<String> lines(ShopReport report) {
    List<String> lines = new ArrayList<>();
    lines.add(
        format(
            "%-22s  %8s  %8s  %8s  %9s  %9s",
            "region", "hits", "misses", "puts", "evictions", "hit ratio"));
    for (RegionFigures figures : report.with().regions()) {
      lines.add(
          format(
              "%-22s  %,8d  %,8d  %,8d  %,9d  %7.2f %%",
              figures.region().title(),
              figures.hits(),
              figures.misses(),
              figures.puts(),
              figures.evictions(),
              100 * figures.hitRatio()));
    }
    lines.add(
        format(
            "statements: %,d without the cache, %,d with it, %.2f to 1; the same in each run",
            report.without().total(), report.with().total(), report.ratio()));
    lines.add(
        format(
            "processor time: %.2f to 1 in this run, with the database in the same process",
            report.cpuRatio()));
    return lines;
  }

  private static String format(String pattern, Object... arguments) {
    return String.format(Locale.ROOT, pattern, arguments);
  }
}
