package org.theine.jcache.bench;

import java.util.ArrayList;
import java.util.List;
import org.theine.jcache.bench.shop.ShopReport;

/**
 * All that a run of the demonstration found.
 *
 * @param trace that was replayed
 * @param ratios of the first pass, in ascending order of size
 * @param replays of the trace at each size
 * @param listeners what the second pass found
 * @param shop what the third pass found
 * @param facts about the run
 */
record Results(
    Trace trace,
    List<HitRatio> ratios,
    int replays,
    ListenerReport listeners,
    ShopReport shop,
    List<Fact> facts) {

  /**
   * One thing to know about a run.
   *
   * @param subject what it is about
   * @param text what there is to say
   */
  record Fact(String subject, String text) {}

  Results {
    ratios = List.copyOf(ratios);
    facts = List.copyOf(facts);
  }

  /** The figures of the first pass that were compared. */
  List<Check> ratioChecks() {
    List<Check> checks = new ArrayList<>();
    for (HitRatio ratio : ratios) {
      checks.addAll(ratio.checks());
    }
    return checks;
  }

  /** How many of all passes' figures were compared. */
  long checks() {
    return ratioChecks().size() + listeners.checks().size() + shop.checks().size();
  }

  /** How many of them disagree. */
  long mismatches() {
    return mismatches(ratioChecks()) + mismatches(listeners.checks()) + mismatches(shop.checks());
  }

  static long mismatches(List<Check> checks) {
    return checks.stream().filter(check -> !check.ok()).count();
  }
}
