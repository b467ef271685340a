package org.theine.jcache.bench.replay;

import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * What a policy's figures come to over all cells with a bound of weight, in hundredths.
 *
 * @param policy which
 * @param cells how many have a figure of it
 * @param weightRatio the mean share of the requests' weight
 * @param hitRatio the mean share of the requests
 */
record WeightSummary(String policy, int cells, double weightRatio, double hitRatio) {

  /** Sums up every policy that has such cells. */
  static List<WeightSummary> all(Results results) {
    return results.policies().stream()
        .map(policy -> of(results, policy))
        .filter(summary -> summary.cells() > 0)
        .toList();
  }

  private static WeightSummary of(Results results, String policy) {
    List<Measurement> known =
        results.cells(true).stream()
            .map(cell -> results.get(cell, policy))
            .filter(Objects::nonNull)
            .toList();
    return new WeightSummary(
        policy,
        known.size(),
        mean(known, Measurement::weightRatio),
        mean(known, Measurement::hitRatio));
  }

  private static double mean(List<Measurement> known, ToDoubleFunction<Measurement> ratio) {
    return 100 * known.stream().mapToDouble(ratio).average().orElse(Double.NaN);
  }
}
