package org.theine.jcache.bench.speed;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How we stand in a row, beside others and beside our goals.
 *
 * @param row what is done
 * @param nanos processor time per operation
 * @param floor how many times as fast as the floor
 * @param best how many times as fast as the best rival
 * @param rival who that is; null if there is none
 * @param caffeine how many times as fast as Caffeine's adapter
 * @param bytes allocated per operation, whole ones
 * @param misses of a hundred requests
 */
record Standing(
    Row row,
    Mark nanos,
    Mark floor,
    Mark best,
    @Nullable Contestant rival,
    Mark caffeine,
    Mark bytes,
    Mark misses) {
  private static final Contestant OURS = Contestant.THEINE;

  /** By how many points of percent more than Caffeine's adapter we may miss. */
  private static final double MORE_MISSES = 0.2;

  /** How we stand in the rows that we have run. */
  static List<Standing> all(Figures figures) {
    return figures.rows().stream()
        .filter(row -> figures.has(row, OURS))
        .map(row -> of(figures, row))
        .toList();
  }

  private static Standing of(Figures figures, Row row) {
    Contestant rival = figures.best(row).orElse(null);
    Row.Goal goal = row.goal();
    return new Standing(
        row,
        Mark.atLeast(0, figures.nanos(row, OURS), figures.each(row, OURS, Sample::cpuNanos)),
        row.floor() == OURS
            ? beside(figures, row, null, 0) // there is none
            : beside(figures, row, row.floor(), goal.floor()),
        beside(figures, row, rival, goal.best()),
        rival,
        beside(figures, row, Contestant.CAFFEINE_JCACHE, goal.caffeine()),
        bytes(figures, row),
        misses(figures, row));
  }

  private static Mark beside(Figures figures, Row row, @Nullable Contestant base, double goal) {
    return base == null
        ? Mark.atLeast(0, Double.NaN, List.of())
        : Mark.atLeast(goal, figures.speed(row, OURS, base), figures.speeds(row, OURS, base));
  }

  private static Mark bytes(Figures figures, Row row) {
    double goal = row.goal().bytes();
    return Mark.atMost(
        goal < 0 ? Double.NaN : goal,
        Math.rint(figures.average(row, OURS, Sample::bytes)),
        figures.each(row, OURS, Sample::bytes));
  }

  private static Mark misses(Figures figures, Row row) {
    double caffeine = figures.average(row, Contestant.CAFFEINE_JCACHE, Sample::missRatio);
    return Mark.atMost(
        100 * caffeine + MORE_MISSES,
        100 * figures.average(row, OURS, Sample::missRatio),
        figures.each(row, OURS, sample -> 100 * sample.missRatio()));
  }

  /** All that can have a goal. */
  List<Mark> marks() {
    return List.of(floor, best, caffeine, bytes, misses);
  }
}
