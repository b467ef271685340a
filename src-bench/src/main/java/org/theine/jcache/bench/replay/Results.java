package org.theine.jcache.bench.replay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All that was measured, computed and found in files. Not thread-safe. */
final class Results {
  static final String LRU = "lru";
  static final String OPTIMUM = "opt";

  private final Map<Cell, Map<String, Measurement>> cells = new LinkedHashMap<>();
  private final Set<String> measured = new LinkedHashSet<>();
  private final Set<String> found = new LinkedHashSet<>();

  /** Adds what this run measured or computed. */
  void add(Cell cell, String policy, Measurement measurement) {
    measured.add(policy);
    at(cell).put(policy, measurement);
  }

  /** Adds what files know of a cell, unless this run knows better. */
  void addFound(Cell cell, Map<String, Double> ratios) {
    ratios.forEach(
        (policy, ratio) -> {
          if (at(cell).putIfAbsent(policy, Measurement.computed(ratio, ratio)) == null) {
            found.add(policy);
          }
        });
  }

  private Map<String, Measurement> at(Cell cell) {
    return cells.computeIfAbsent(cell, absent -> new LinkedHashMap<>());
  }

  /** The policies of this run, in the order in which they came. */
  List<String> measured() {
    return List.copyOf(measured);
  }

  /** The policies that only files know, in the order in which they came. */
  List<String> found() {
    List<String> only = new ArrayList<>(found);
    only.removeAll(measured);
    return only;
  }

  /** All policies. */
  List<String> policies() {
    List<String> all = new ArrayList<>(measured);
    all.addAll(found());
    return all;
  }

  /** The cells with a bound of entries, or of weight, in the order in which they came. */
  List<Cell> cells(boolean weighted) {
    return cells.keySet().stream().filter(cell -> cell.trace().weighted() == weighted).toList();
  }

  /** The traces, in the order in which they came. */
  List<TraceInfo> traces() {
    return cells.keySet().stream().map(Cell::trace).distinct().toList();
  }

  /** What a policy made of a cell, null if that is not known. */
  @Nullable Measurement get(Cell cell, String policy) {
    return at(cell).get(policy);
  }

  /** Everything known of a cell, by policy. */
  Map<String, Measurement> get(Cell cell) {
    return at(cell);
  }

  /** In how many cells a policy held more than the bound. */
  long overfilled(String policy) {
    return cells.values().stream()
        .map(measurements -> measurements.get(policy))
        .filter(measurement -> measurement != null && measurement.overfilled())
        .count();
  }

  /** Whether a policy is our provider, however it was run. */
  static boolean ours(String policy) {
    return policy.equals(Provider.THEINE.title())
        || policy.startsWith(Provider.THEINE.title() + "-");
  }
}
