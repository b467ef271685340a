package org.theine.jcache.bench.speed;

import java.util.List;

/**
 * A figure of ours, and what we want it to be.
 *
 * @param figure over all rounds; NaN if it is unknown
 * @param lowest of any round
 * @param highest of any round
 * @param goal what we want; NaN if nothing in particular
 * @param verdict whether it is so
 */
record Mark(double figure, double lowest, double highest, double goal, Verdict verdict) {

  /** Whether a goal is reached. */
  enum Verdict {
    /** Reached. */
    MET,
    /** Not reached. */
    MISSED,
    /** There is no goal, or nothing to compare with. */
    NONE
  }

  /** A figure that should be at least its goal, if that is above 0. */
  static Mark atLeast(double goal, double figure, List<Double> rounds) {
    return of(goal > 0 ? goal : Double.NaN, figure, rounds, figure >= goal);
  }

  /** A figure that should be at most its goal, if that is a number. */
  static Mark atMost(double goal, double figure, List<Double> rounds) {
    return of(goal, figure, rounds, figure <= goal);
  }

  private static Mark of(double goal, double figure, List<Double> rounds, boolean met) {
    boolean comparable = !Double.isNaN(figure) && !Double.isNaN(goal);
    Verdict reached = met ? Verdict.MET : Verdict.MISSED;
    return new Mark(
        figure,
        rounds.stream().mapToDouble(round -> round).min().orElse(figure),
        rounds.stream().mapToDouble(round -> round).max().orElse(figure),
        goal,
        comparable ? reached : Verdict.NONE);
  }

  boolean isKnown() {
    return !Double.isNaN(figure);
  }

  boolean hasGoal() {
    return !Double.isNaN(goal);
  }

  boolean isMissed() {
    return verdict == Verdict.MISSED;
  }
}
