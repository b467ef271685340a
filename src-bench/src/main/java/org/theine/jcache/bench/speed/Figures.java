package org.theine.jcache.bench.speed;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * What the runs came to. Times are compared only within a round, since a machine is not as quick in
 * one minute as in the next. Not thread-safe.
 */
final class Figures {
  private final Map<Row, Map<Contestant, List<Sample>>> samples = new LinkedHashMap<>();

  /** Adds the next round of a contestant in a row. */
  void add(Row row, Contestant contestant, Sample sample) {
    samples
        .computeIfAbsent(row, absent -> new EnumMap<>(Contestant.class))
        .computeIfAbsent(contestant, absent -> new ArrayList<>())
        .add(sample);
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
  List<Sample> of(Row row, Contestant contestant) {
    return samples.getOrDefault(row, Map.of()).getOrDefault(contestant, List.of());
  }

  /** Geometric mean of the processor times, in nanoseconds. */
  double nanos(Row row, Contestant contestant) {
    return mean(of(row, contestant).stream().map(Sample::cpuNanos).toList());
  }

  /** Mean of a figure that may be 0. */
  double average(Row row, Contestant contestant, ToDoubleFunction<Sample> figure) {
    return of(row, contestant).stream().mapToDouble(figure).average().orElse(Double.NaN);
  }

  /** How many times as fast as another: geometric mean over the rounds of both. */
  double speed(Row row, Contestant contestant, Contestant base) {
    return mean(speeds(row, contestant, base));
  }

  /** The same by round. */
  List<Double> speeds(Row row, Contestant contestant, Contestant base) {
    List<Sample> mine = of(row, contestant);
    List<Sample> others = of(row, base);
    List<Double> speeds = new ArrayList<>();
    for (int i = 0; i < Math.min(mine.size(), others.size()); i++) {
      speeds.add(others.get(i).cpuNanos() / mine.get(i).cpuNanos());
    }
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
