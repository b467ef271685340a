package org.theine.jcache.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.theine.jcache.bench.jmh.Subject;

final class ComparisonTest {
  private static final Offset<Double> EXACT = within(1e-9);

  @Test
  void speed_machineTwiceAsSlowInOneRound_isNotBlurred() {
    Comparison comparison = new Comparison();
    comparison.add(Subject.MAP, 10);
    comparison.add(Subject.CACHE, 20);
    comparison.add(Subject.MAP, 20);
    comparison.add(Subject.CACHE, 40);

    assertThat(comparison.speed(Subject.CACHE, Subject.MAP)).isCloseTo(0.5, EXACT);
    assertThat(comparison.spread(Subject.CACHE, Subject.MAP)).isEqualTo("0.50..0.50");
    assertThat(comparison.mean(Subject.MAP)).isCloseTo(Math.sqrt(200), EXACT);
  }

  @Test
  void speed_roundsDiffer_isTheGeometricMean() {
    Comparison comparison = new Comparison();
    comparison.add(Subject.MAP, 10);
    comparison.add(Subject.CACHE, 10);
    comparison.add(Subject.MAP, 10);
    comparison.add(Subject.CACHE, 40);

    assertThat(comparison.speed(Subject.CACHE, Subject.MAP)).isCloseTo(0.5, EXACT);
    assertThat(comparison.spread(Subject.CACHE, Subject.MAP)).isEqualTo("0.25..1.00");
  }

  @Test
  void slowdown_betweenTwoTrials_comparesRoundByRound() {
    Comparison here = new Comparison();
    Comparison there = new Comparison();
    here.add(Subject.CACHE, 30);
    there.add(Subject.CACHE, 10);
    here.add(Subject.CACHE, 60);
    there.add(Subject.CACHE, 20);

    assertThat(here.slowdown(Subject.CACHE, there)).isCloseTo(3, EXACT);
  }

  @Test
  void speed_subjectNeverTimed_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Comparison().mean(Subject.CHAINED))
        .withMessage("subject was not timed: CHAINED");
  }
}
