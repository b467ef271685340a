package org.theine.jcache.bench.speed;

import java.util.Locale;

/** Every run as a line of comma-separated values. Stateless. */
final class Csv {
  private Csv() {}

  /** All runs, with a line of titles. */
  static String of(Figures figures) {
    StringBuilder text = new StringBuilder();
    text.append("row,threads,contestant,round,cpu_ns,clock_ns,bytes,miss_ratio\n");
    for (Row row : figures.rows()) {
      for (Contestant contestant : Contestant.values()) {
        figures
            .of(row, contestant)
            .forEach((round, sample) -> text.append(line(row, contestant, round, sample)));
      }
    }
    return text.toString();
  }

  private static String line(Row row, Contestant contestant, int round, Sample sample) {
    return String.format(
        Locale.ROOT,
        "\"%s\",%d,%s,%d,%.2f,%.2f,%.1f,%s\n",
        row.title(),
        row.threads(),
        contestant.title(),
        round,
        sample.cpuNanos(),
        sample.clockNanos(),
        sample.bytes(),
        Double.isNaN(sample.missRatio())
            ? ""
            : String.format(Locale.ROOT, "%.5f", sample.missRatio()));
  }
}
