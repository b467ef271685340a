package org.theine.jcache.bench.speed;

import java.util.Locale;
import java.util.Optional;

/** The figures as lines of text, in plain ASCII. Stateless. */
final class SpeedTable {
  private SpeedTable() {}

  /** All rows, each with what was wanted. */
  static String of(Figures figures) {
    StringBuilder text = new StringBuilder();
    text.append(
        "How many times as fast as others, by processor time of the process; > is the goal\n\n");
    line(
        text,
        "",
        "ns/op",
        "to the floor",
        "to the best rival",
        "to Caff.-jcache",
        "B/op",
        "miss %");
    for (Row row : figures.rows()) {
      if (figures.has(row, Contestant.THEINE)) {
        text.append(row(figures, row));
      }
    }
    text.append("\nProcessor time of each, ns/op\n\n").append(String.format("%-30s", ""));
    for (Contestant contestant : Contestant.values()) {
      text.append(String.format(" %17s", contestant.title()));
    }
    text.append('\n');
    for (Row row : figures.rows()) {
      text.append(String.format("%-30s", row.title()));
      for (Contestant contestant : Contestant.values()) {
        text.append(
            figures.has(row, contestant)
                ? format(" %17.1f", figures.nanos(row, contestant))
                : format(" %17s", "-"));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String row(Figures figures, Row row) {
    Contestant ours = Contestant.THEINE;
    Row.Goal goal = row.goal();
    Optional<Contestant> best = figures.best(row);
    StringBuilder text = new StringBuilder();
    line(
        text,
        row.title(),
        format("%.1f", figures.nanos(row, ours)),
        row.floor() == ours ? "" : ratio(figures, row, row.floor(), goal.floor()),
        best.map(rival -> ratio(figures, row, rival, goal.best()) + " " + brief(rival)).orElse(""),
        ratio(figures, row, Contestant.CAFFEINE_JCACHE, goal.caffeine()),
        format("%.0f", figures.average(row, ours, Sample::bytes))
            + (goal.bytes() < 0 ? "" : format(" <%.0f", goal.bytes())),
        misses(figures, row, ours)
            + best.map(rival -> " " + misses(figures, row, Contestant.CAFFEINE_JCACHE)).orElse(""));
    return text.toString();
  }

  private static String misses(Figures figures, Row row, Contestant contestant) {
    double ratio = figures.average(row, contestant, Sample::missRatio);
    return Double.isNaN(ratio) ? "" : format("%.2f", 100 * ratio);
  }

  private static String ratio(Figures figures, Row row, Contestant base, double goal) {
    if (!figures.has(row, base)) {
      return "";
    }
    double speed = figures.speed(row, Contestant.THEINE, base);
    String wanted = goal == 0 ? "" : format(" >%s%s", Csv.brief(goal), speed < goal ? " !" : "");
    return format("%.2f", speed) + wanted;
  }

  private static String brief(Contestant contestant) {
    return switch (contestant) {
      case CAFFEINE_JCACHE -> "Ca";
      case EHCACHE_JCACHE -> "Eh";
      case CACHE2K_JCACHE -> "c2k";
      default -> "RI";
    };
  }

  private static void line(
      StringBuilder text,
      String title,
      String nanos,
      String floor,
      String best,
      String caffeine,
      String bytes,
      String misses) {
    text.append(
        format(
            "%-30s %9s  %-14s %-19s %-16s %-13s %s%n",
            title, nanos, floor, best, caffeine, bytes, misses));
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
