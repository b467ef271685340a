package org.theine.jcache.bench.replay;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a policy's figures come to, over all cells with a bound of entries. In points, hundredths of
 * the requests.
 *
 * @param policy which
 * @param cells how many have a figure of it
 * @param meanAll its mean hit ratio, over the traces of their means
 * @param meanReal the same over recorded traces, NaN if there are none
 * @param meanGap by how much, on the mean over the cells, the best policy of a cell is ahead of it,
 *     never less than 0; neither the optimum nor our provider nor who holds too much counts as the
 *     best
 * @param worstToLru the cell where it is furthest behind LRU
 * @param worstToCaffeine the cell where it is furthest behind Caffeine, null without Caffeine
 * @param overfilled in how many cells it held more than the bound
 */
record Summary(
    String policy,
    int cells,
    double meanAll,
    double meanReal,
    double meanGap,
    @Nullable Difference worstToLru,
    @Nullable Difference worstToCaffeine,
    long overfilled) {

  /** What Caffeine's figures in files are called. */
  private static final String CAFFEINE_FOUND = "caffeine-3.3";

  /**
   * How far a policy is ahead of another in a cell; behind if negative.
   *
   * @param points the difference
   * @param cell where
   */
  record Difference(double points, Cell cell) {}

  /** Sums a policy up. */
  static Summary of(Results results, String policy) {
    List<Cell> cells =
        results.cells(false).stream().filter(cell -> results.get(cell, policy) != null).toList();
    return new Summary(
        policy,
        cells.size(),
        100 * mean(results, policy, cells),
        100 * mean(results, policy, cells.stream().filter(cell -> cell.trace().real()).toList()),
        100 * meanGap(results, policy, cells),
        worst(results, policy, Results.LRU, cells),
        worst(results, policy, caffeine(results), cells),
        cells.stream().filter(cell -> known(results, cell, policy).overfilled()).count());
  }

  /** What is compared as Caffeine: what was measured, else what a file says of it. */
  static String caffeine(Results results) {
    String measured = Provider.CAFFEINE.title();
    return results.measured().contains(measured)
        ? measured
        : results.found().stream()
            .filter(policy -> policy.startsWith(CAFFEINE_FOUND))
            .findFirst()
            .orElse(measured);
  }

  private static Measurement known(Results results, Cell cell, String policy) {
    return Objects.requireNonNull(results.get(cell, policy));
  }

  /** The mean over the traces of their means, so that a trace of many sizes counts as one. */
  private static double mean(Results results, String policy, List<Cell> cells) {
    Map<TraceInfo, Double> means =
        cells.stream()
            .collect(
                Collectors.groupingBy(
                    Cell::trace,
                    LinkedHashMap::new,
                    Collectors.averagingDouble(cell -> known(results, cell, policy).hitRatio())));
    return means.values().stream().mapToDouble(mean -> mean).average().orElse(Double.NaN);
  }

  private static double meanGap(Results results, String policy, List<Cell> cells) {
    return cells.stream()
        .mapToDouble(
            cell -> {
              double ratio = known(results, cell, policy).hitRatio();
              return Math.max(0, best(results.get(cell), ratio) - ratio);
            })
        .average()
        .orElse(Double.NaN);
  }

  private static double best(Map<String, Measurement> ratios, double otherwise) {
    return ratios.entrySet().stream()
        .filter(entry -> !entry.getKey().equals(Results.OPTIMUM))
        .filter(entry -> !Results.ours(entry.getKey()) && !entry.getValue().overfilled())
        .mapToDouble(entry -> entry.getValue().hitRatio())
        .max()
        .orElse(otherwise);
  }

  private static @Nullable Difference worst(
      Results results, String policy, String other, List<Cell> cells) {
    Difference worst = null;
    for (Cell cell : cells) {
      Measurement against = results.get(cell, other);
      if (against != null) {
        double points = 100 * (known(results, cell, policy).hitRatio() - against.hitRatio());
        if (worst == null || points < worst.points()) {
          worst = new Difference(points, cell);
        }
      }
    }
    return worst;
  }
}
