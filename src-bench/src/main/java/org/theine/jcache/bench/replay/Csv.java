package org.theine.jcache.bench.replay;

import java.util.Locale;

/** The figures of this run as a table with commas. Stateless. */
final class Csv {
  static final String HEAD =
      "trace,size,policy,hit_ratio,live_maximum,runs,spread,overfilled,weight_hit_ratio";

  private Csv() {}

  /** The whole file. */
  static String of(Results results) {
    StringBuilder lines = new StringBuilder(HEAD).append('\n');
    for (boolean weighted : new boolean[] {false, true}) {
      for (Cell cell : results.cells(weighted)) {
        for (String policy : results.measured()) {
          Measurement measurement = results.get(cell, policy);
          if (measurement != null) {
            lines.append(line(cell, policy, measurement)).append('\n');
          }
        }
      }
    }
    return lines.toString();
  }

  private static String line(Cell cell, String policy, Measurement measurement) {
    boolean computed = measurement.liveMaximum() == Measurement.COMPUTED;
    return String.format(
        Locale.ROOT,
        "%s,%d,%s,%.5f,%s,%d,%.5f,%s,%s",
        cell.trace().name(),
        cell.size(),
        policy,
        measurement.hitRatio(),
        computed ? "" : measurement.liveMaximum(),
        measurement.runs(),
        measurement.spread(),
        measurement.overfilled() ? "yes" : "no",
        cell.trace().weighted()
            ? String.format(Locale.ROOT, "%.5f", measurement.weightRatio())
            : "");
  }
}
