package org.theine.jcache.bench.shop;

import java.util.Locale;
import java.util.Map;
import org.theine.jcache.bench.Frame;
import org.theine.jcache.bench.Layout;

/** What the page says of the shop. Immutable, so safe for any thread. */
public final class ShopSection {
  private final ShopReport report;

  /**
   * Prepares.
   *
   * @param report what was found
   */
  public ShopSection(ShopReport report) {
    this.report = report;
  }

  /**
   * The texts for the gaps of the page's frame.
   *
   * @return by the name of the gap; the checks are not among them
   */
  public Map<String, String> texts() {
    ShopSettings settings = report.settings();
    return Map.of(
        "shopLoads", number(settings.loads()),
        "shopStretch", number(settings.stretch()),
        "shopChanges", number(settings.changes()),
        "shopProducts", number(report.products()),
        "shopCategories", number(report.categories()),
        "shopCpu", ratio(report.cpuRatio()),
        "shopLegend", StatementChart.legend(),
        "shopCharts", chart(Layout.WIDE) + chart(Layout.NARROW),
        "shopTotals", totals(),
        "shopRegions", regions());
  }

  private String chart(Layout layout) {
    return new StatementChart(report, layout).svg();
  }

  private String totals() {
    return total("without the cache", "", report.without())
        + total("with theine-jcache", " class='ours'", report.with());
  }

  private String total(String how, String style, ShopRun run) {
    return format(
        "<tr%s><td>%s</td><td>%,d</td><td>%.2f</td><td>%.1f</td></tr>%n",
        style,
        how,
        run.total(),
        (double) run.total() / report.settings().loads(),
        100.0 * run.total() / Math.max(1, report.without().total()));
  }

  private String regions() {
    StringBuilder rows = new StringBuilder();
    for (RegionFigures figures : report.with().regions()) {
      int bound = figures.region().bound();
      rows.append(
          format(
              "<tr><td>%s</td><td>%s</td><td>%,d</td><td>%,d</td><td>%,d</td><td>%,d</td>"
                  + "<td class='ours'>%.1f</td></tr>%n",
              Frame.escaped(figures.region().title()),
              bound == 0 ? "none" : number(bound),
              figures.hits(),
              figures.misses(),
              figures.puts(),
              figures.evictions(),
              100 * figures.hitRatio()));
    }
    return rows.toString();
  }

  private static String number(long number) {
    return format("%,d", number);
  }

  private static String ratio(double ratio) {
    return format("%.2f", ratio);
  }

  private static String format(String pattern, Object... arguments) {
    return String.format(Locale.ROOT, pattern, arguments);
  }
}
