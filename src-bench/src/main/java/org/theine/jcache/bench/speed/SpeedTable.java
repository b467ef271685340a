package org.theine.jcache.bench.speed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;

/** The figures as lines of text, in plain ASCII. Stateless. */
final class SpeedTable {
  private static final String HEAD =
      """
      How many times as fast as others, by processor time of the process. Each figure stands before
      its goal; ! is a goal that is missed.

      """;

  private SpeedTable() {}

  /** All rows, each with what was wanted. */
  static String of(Figures figures) {
    return HEAD + standings(figures) + "\nProcessor time of each, ns/op\n\n" + times(figures);
  }

  private static String standings(Figures figures) {
    Grid grid = new Grid("lrrlrllrlrlrl");
    grid.add(
        List.of(
            "",
            "ns/op",
            "to floor",
            "",
            "to best",
            "",
            "rival",
            "to Caffeine-jcache",
            "",
            "B/op",
            "",
            "miss %",
            ""));
    for (Standing standing : Standing.all(figures)) {
      Contestant rival = standing.rival();
      List<String> cells = new ArrayList<>();
      cells.add(standing.row().title());
      cells.add(Numbers.nanos(standing.nanos().figure()));
      add(cells, standing.floor(), ">=", Numbers::ratio);
      add(cells, standing.best(), ">=", Numbers::ratio);
      cells.add(rival == null ? "" : rival.title());
      add(cells, standing.caffeine(), ">=", Numbers::ratio);
      add(cells, standing.bytes(), "<=", Numbers::whole);
      add(cells, standing.misses(), "<=", Numbers::percent);
      grid.add(cells);
    }
    return grid.text();
  }

  /** Adds the figure, and what is said of its goal. */
  private static void add(
      List<String> cells, Mark mark, String rule, DoubleFunction<String> digits) {
    cells.add(mark.isKnown() ? digits.apply(mark.figure()) : "");
    cells.add(
        mark.verdict() == Mark.Verdict.NONE
            ? ""
            : rule + Numbers.brief(mark.goal()) + (mark.isMissed() ? " !" : ""));
  }

  private static String times(Figures figures) {
    Grid grid = new Grid("l" + "r".repeat(Contestant.values().length));
    List<String> titles = new ArrayList<>(List.of(""));
    Arrays.stream(Contestant.values()).map(Contestant::title).forEach(titles::add);
    grid.add(titles);
    for (Row row : figures.rows()) {
      List<String> cells = new ArrayList<>(List.of(row.title()));
      for (Contestant contestant : Contestant.values()) {
        cells.add(
            figures.has(row, contestant) ? Numbers.nanos(figures.nanos(row, contestant)) : "-");
      }
      grid.add(cells);
    }
    return grid.text();
  }
}
