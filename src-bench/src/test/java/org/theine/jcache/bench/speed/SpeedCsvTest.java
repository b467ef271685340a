package org.theine.jcache.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The file of all runs. */
final class SpeedCsvTest {
  private static final String HEAD =
      "row,threads,contestant,round,cpu_ns,clock_ns,bytes,miss_ratio";

  private final Figures figures = new Figures();

  @Test
  void of_nothing_isTheTitles() {
    assertThat(Csv.of(figures)).isEqualTo(HEAD + "\n");
  }

  @Test
  void of_runs_isALineEach() {
    Row row = Samples.row("get, 2 threads", "get, a lot", new Row.Goal(0, 0, 0, -1));
    figures.add(row, Contestant.REFERENCE, 1, new Sample(1.234, 5.678, 9.87, Double.NaN));
    figures.add(row, Contestant.THEINE, 1, new Sample(12345.6, 1, 0, 0.1875));
    figures.add(row, Contestant.THEINE, 3, new Sample(2, 3, 16, 0));

    assertThat(Csv.of(figures).split("\n"))
        .containsExactly(
            HEAD,
            "\"get, a lot\",2,theine-jcache,1,12345.60,1.00,0.0,0.18750",
            "\"get, a lot\",2,theine-jcache,3,2.00,3.00,16.0,0.00000",
            "\"get, a lot\",2,JCache RI,1,1.23,5.68,9.9,");
  }
}
