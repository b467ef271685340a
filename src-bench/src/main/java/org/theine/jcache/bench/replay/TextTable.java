package org.theine.jcache.bench.replay;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The figures as lines of text, in plain ASCII. Not thread-safe. */
final class TextTable {
  private final PrintStream out;

  TextTable(PrintStream out) {
    this.out = out;
  }

  /** Says what is about to be replayed. */
  void trace(TraceInfo trace) {
    line(
        "%s: %,d requests, %,d keys (%s)",
        trace.name(), trace.requests(), trace.distinct(), trace.kind());
  }

  /** What was measured in a cell. */
  void cell(Cell cell, Map<String, Measurement> measurements) {
    StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%,12d ", cell.size()));
    measurements.forEach(
        (policy, measurement) -> {
          text.append(
              String.format(Locale.ROOT, "  %s %.2f", policy, 100 * measurement.weightRatio()));
          if (measurement.overfilled()) {
            text.append(String.format(Locale.ROOT, " (OVERFILLED: %d)", measurement.liveMaximum()));
          }
        });
    out.println(text);
  }

  /** What the policies' figures come to. */
  void summary(Results results, List<Contender> contenders) {
    line("");
    line(
        "%-24s %5s %7s %7s %6s  %-32s %-32s %s",
        "points", "cells", "all", "real", "gap", "worst to LRU", "worst to Caffeine", "overfilled");
    for (String policy : results.policies()) {
      Summary summary = Summary.of(results, policy);
      line(
          "%-24s %5d %7.2f %7.2f %6.2f  %-32s %-32s %d",
          policy,
          summary.cells(),
          summary.meanAll(),
          summary.meanReal(),
          summary.meanGap(),
          text(summary.worstToLru()),
          text(summary.worstToCaffeine()),
          summary.overfilled());
    }
    deviations(results, contenders);
    weights(results);
  }

  /** How other ways to run our provider differ, if there were any. */
  private void deviations(Results results, List<Contender> contenders) {
    for (Deviation deviation : Deviation.all(results, contenders)) {
      line(
          "%s: %+.2f on the mean of %d cells, at most %s",
          deviation.what(), deviation.mean(), deviation.cells(), text(deviation.greatest()));
    }
  }

  /** The means under bounds of weight, if there were any. */
  private void weights(Results results) {
    for (WeightSummary summary : WeightSummary.all(results)) {
      line(
          "%s under bounds of weight: %.2f of the weight, %.2f of the requests; mean of %d cells",
          summary.policy(), summary.weightRatio(), summary.hitRatio(), summary.cells());
    }
  }

  private static String text(Summary.@Nullable Difference difference) {
    return difference == null
        ? "-"
        : String.format(Locale.ROOT, "%+.2f %s", difference.points(), difference.cell());
  }

  /** A line of text. */
  void line(String pattern, Object... arguments) {
    out.println(String.format(Locale.ROOT, pattern, arguments));
  }
}
