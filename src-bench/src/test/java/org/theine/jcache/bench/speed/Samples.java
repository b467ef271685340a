package org.theine.jcache.bench.speed;

import java.util.Set;

/** Rows and samples made by hand. */
final class Samples {
  private Samples() {}

  /** A row like that of the title, under another title and with other goals. */
  static Row row(String like, String title, Row.Goal goal) {
    Row row = Row.all().stream().filter(r -> r.title().equals(like)).findFirst().orElseThrow();
    return new Row(
        title,
        row.benchmark(),
        row.method(),
        row.threads(),
        row.setting(),
        row.kind(),
        row.keys(),
        row.floor(),
        Set.of(Contestant.values()),
        goal);
  }

  /** A run that took so long, allocated nothing and cannot miss. */
  static Sample nanos(double nanos) {
    return new Sample(nanos, 2 * nanos, 0, Double.NaN);
  }
}
