package org.theine.jcache.bench.latency;

import java.util.List;
import java.util.Locale;
import org.theine.jcache.bench.Medians;

/** The figures as lines of text, in plain ASCII. Not thread-safe. */
final class LatencyTable {
  private static final double NANOS_PER_MICRO = 1e3;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final List<String> COLUMNS =
      List.of("p50.0", "p90.0", "p99.0", "p99.9", "p99.99", Times.LONGEST);

  private final Medians<Run> figures;
  private final StringBuilder text = new StringBuilder();

  private LatencyTable(Medians<Run> figures) {
    this.figures = figures;
  }

  /** All that was measured. */
  static String of(Medians<Run> figures) {
    LatencyTable table = new LatencyTable(figures);
    for (Scene scene : Scene.values()) {
      List<Run> runs = figures.tasks().stream().filter(run -> run.scene() == scene).toList();
      if (scene == Scene.EXPIRY && !runs.isEmpty()) {
        table.expiry(runs);
      } else if (!runs.isEmpty()) {
        table.percentiles(scene, runs);
      }
    }
    return table.text.toString();
  }

  private void percentiles(Scene scene, List<Run> runs) {
    line("%n%s, us%n", scene.title());
    line(
        "%-18s%10s%10s%10s%10s%10s%12s",
        "", "50 %", "90 %", "99 %", "99.9 %", "99.99 %", "longest");
    for (Run run : runs) {
      StringBuilder cells = new StringBuilder();
      for (String column : COLUMNS) {
        cells.append(
            format(
                column.equals(Times.LONGEST) ? "%12.1f" : "%10.2f",
                figures.get(run, column) / NANOS_PER_MICRO));
      }
      line("%-18s%s", scene == Scene.NOTHING ? "" : run.contestant().title(), cells);
    }
    if (scene == Scene.NOTHING) {
      line("The clock's smallest step: %.0f ns", figures.get(runs.get(0), Scene.RESOLUTION));
    }
  }

  private void expiry(List<Run> runs) {
    line(
        "%nExpiry of %,d entries at one moment: longest calls in the second before and in the %d s",
        runs.get(0).keys(), runs.get(0).seconds());
    line("after it, and when all were gone, ms%n");
    line(
        "%-18s%9s%9s%9s%9s%11s%15s%15s",
        "", "get", "after", "put", "after", "all gone", "still held, %", "collections");
    for (Run run : runs) {
      line(
          "%-18s%9s%9s%9s%9s%11s%15.1f%15.0f",
          run.contestant().title(),
          millis(run, Expiry.READ_BEFORE, "%.2f"),
          millis(run, Expiry.READ_AFTER, "%.2f"),
          millis(run, Expiry.WRITE_BEFORE, "%.2f"),
          millis(run, Expiry.WRITE_AFTER, "%.2f"),
          millis(run, Expiry.GONE, "%.0f"),
          figures.get(run, Expiry.HELD),
          figures.get(run, Expiry.COLLECTIONS));
    }
  }

  private String millis(Run run, String name, String pattern) {
    double nanos = figures.get(run, name);
    return Double.isNaN(nanos) ? "-" : format(pattern, nanos / NANOS_PER_MILLI);
  }

  private void line(String pattern, Object... arguments) {
    text.append(format(pattern, arguments)).append('\n');
  }

  private static String format(String pattern, Object... arguments) {
    return String.format(Locale.ROOT, pattern, arguments);
  }
}
