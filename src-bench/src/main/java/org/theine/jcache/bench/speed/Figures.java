package org.theine.jcache.bench.speed;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * What the runs came to. Times are compared only within a round, since a machine is not as quick in
 * one minute as in the next. Not thread-safe.
 */
final class Figures {
  private final Map<Row, Map<Contestant, SortedMap<Integer, Sample>>> samples =
      new LinkedHashMap<>();

  /** Adds what a contestant did in a row in a round; one that failed in a round has none of it. */
  void add(Row row, Contestant contestant, int round, Sample sample) {
    samples
        .computeIfAbsent(row, absent -> new EnumMap<>(Contestant.class))
        .computeIfAbsent(contestant, absent -> new TreeMap<>())
        .put(round, sample);
  }

  /** The rows of which there is something. */
  Set<Row> rows() {
    return samples.keySet();
  }

  /** Whether the contestant has run the row. */
  boolean has(Row row, Contestant contestant) {
    return samples.getOrDefault(row, Map.of()).containsKey(contestant);
  }

  /** The samples of a contestant, by round. */
  SortedMap<Integer, Sample> of(Row row, Contestant contestant) {
    return samples
        .getOrDefault(row, Map.of())
        .getOrDefault(contestant, Collections.emptySortedMap());
  }

  /** The latest round of which there is something; 0 before there is. */
  int rounds() {
    return samples.values().stream()
        .flatMap(byContestant -> byContestant.values().stream())
        .mapToInt(SortedMap::lastKey)
        .max()
        .orElse(0);
  }

  /** Geometric mean of the processor times, in nanoseconds. */
  double nanos(Row row, Contestant contestant) {
    return mean(each(row, contestant, Sample::cpuNanos));
  }

  /** Mean of a figure that may be 0. */
  double average(Row row, Contestant contestant, ToDoubleFunction<Sample> figure) {
    return each(row, contestant, figure).stream()
        .mapToDouble(each -> each)
        .average()
        .orElse(Double.NaN);
  }

  /** A figure of each round. */
  List<Double> each(Row row, Contestant contestant, ToDoubleFunction<Sample> figure) {
    return of(row, contestant).values().stream().mapToDouble(figure).boxed().toList();
  }

  /** How many times as fast as another: geometric mean over the rounds that both have run. */
  double speed(Row row, Contestant contestant, Contestant base) {
    return mean(speeds(row, contestant, base));
  }

  /** The same by round. */
  List<Double> speeds(Row row, Contestant contestant, Contestant base) {
    Map<Integer, Sample> others = of(row, base);
    List<Double> speeds = new ArrayList<>();
    of(row, contestant)
        .forEach(
            (round, mine) -> {
              Sample other = others.get(round);
              if (other != null) {
                speeds.add(other.cpuNanos() / mine.cpuNanos());
              }
            });
    return speeds;
  }

  /** The quickest of the other providers in a row. */
  Optional<Contestant> best(Row row) {
    return samples.getOrDefault(row, Map.of()).keySet().stream()
        .filter(Contestant::isRival)
        .min(Comparator.comparingDouble(contestant -> nanos(row, contestant)));
  }

  private static double mean(List<Double> values) {
    return Math.exp(values.stream().mapToDouble(Math::log).average().orElse(Double.NaN));
  }
}
