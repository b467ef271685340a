package org.theine.jcache.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.theine.jcache.bench.jmh.Subject;

/**
 * Times of several subjects in several rounds, of which only ratios within a round are compared,
 * since a machine is not as quick in one minute as in the next. Not thread-safe.
 */
final class Comparison {
  private final Map<Subject, List<Double>> nanos = new EnumMap<>(Subject.class);

  /** Adds the time of a round. */
  void add(Subject subject, double time) {
    nanos.computeIfAbsent(subject, absent -> new ArrayList<>()).add(time);
  }

  /** Geometric mean of the times. */
  double mean(Subject subject) {
    return geometricMean(times(subject));
  }

  /** How much quicker a subject is than the base, 1 being as quick: geometric mean over rounds. */
  double speed(Subject subject, Subject base) {
    return geometricMean(quotients(times(base), times(subject)));
  }

  /** The lowest and the highest speed in a round, as text. */
  String spread(Subject subject, Subject base) {
    List<Double> speeds = quotients(times(base), times(subject));
    double lowest = speeds.stream().mapToDouble(s -> s).min().orElseThrow();
    double highest = speeds.stream().mapToDouble(s -> s).max().orElseThrow();
    return String.format(Locale.ROOT, "%.2f..%.2f", lowest, highest);
  }

  /** How many times as long a subject takes here as there: geometric mean over rounds. */
  double slowdown(Subject subject, Comparison there) {
    return geometricMean(quotients(times(subject), there.times(subject)));
  }

  private List<Double> times(Subject subject) {
    List<Double> times = nanos.get(subject);
    if (times == null) {
      throw new IllegalArgumentException("subject was not timed: " + subject);
    }
    return times;
  }

  private static List<Double> quotients(List<Double> dividends, List<Double> divisors) {
    List<Double> quotients = new ArrayList<>();
    for (int i = 0; i < dividends.size(); i++) {
      quotients.add(dividends.get(i) / divisors.get(i));
    }
    return quotients;
  }

  private static double geometricMean(List<Double> values) {
    return Math.exp(values.stream().mapToDouble(Math::log).average().orElseThrow());
  }
}
