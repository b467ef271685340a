package org.theine.jcache.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Means, ratios and the best, against what was worked out by hand. */
final class FiguresTest {
  private static final Row ROW = Samples.row("get", "get", new Row.Goal(0, 0, 0, -1));

  private final Figures figures = new Figures();

  private void add(Contestant contestant, int round, double nanos) {
    figures.add(ROW, contestant, round, Samples.nanos(nanos));
  }

  @Test
  void nanos_severalRounds_isTheGeometricMean() {
    add(Contestant.THEINE, 1, 10);
    add(Contestant.THEINE, 2, 1000);

    assertThat(figures.nanos(ROW, Contestant.THEINE)).isEqualTo(100, within(1e-9));
    assertThat(figures.rounds()).isEqualTo(2);
  }

  @Test
  void speed_severalRounds_isTheGeometricMeanOfTheRatiosWithinEach() {
    add(Contestant.THEINE, 1, 10);
    add(Contestant.MAP, 1, 20);
    add(Contestant.THEINE, 2, 100);
    add(Contestant.MAP, 2, 800);

    assertThat(figures.speeds(ROW, Contestant.THEINE, Contestant.MAP)).containsExactly(2.0, 8.0);
    assertThat(figures.speed(ROW, Contestant.THEINE, Contestant.MAP)).isEqualTo(4, within(1e-9));
    assertThat(figures.speed(ROW, Contestant.MAP, Contestant.THEINE)).isEqualTo(.25, within(1e-9));
  }

  @Test
  void speed_oneFailedInARound_comparesTheOtherRoundsOnly() {
    add(Contestant.THEINE, 1, 10);
    add(Contestant.THEINE, 2, 100);
    add(Contestant.MAP, 2, 300);
    add(Contestant.MAP, 3, 7);

    assertThat(figures.speeds(ROW, Contestant.THEINE, Contestant.MAP)).containsExactly(3.0);
    assertThat(figures.of(ROW, Contestant.MAP)).containsOnlyKeys(2, 3);
  }

  @Test
  void best_severalRivals_isTheQuickestOfThemThatCanBeBounded() {
    add(Contestant.MAP, 1, 1);
    add(Contestant.CACHE2K, 1, 2);
    add(Contestant.THEINE, 1, 3);
    add(Contestant.REFERENCE, 1, 4);
    add(Contestant.CAFFEINE_JCACHE, 1, 7);
    add(Contestant.EHCACHE_JCACHE, 1, 6);
    add(Contestant.CACHE2K_JCACHE, 1, 5);
    assertThat(figures.best(ROW)).contains(Contestant.CACHE2K_JCACHE);

    add(Contestant.CACHE2K_JCACHE, 2, 50);
    assertThat(figures.best(ROW)).contains(Contestant.EHCACHE_JCACHE);
  }

  @Test
  void any_nothingMeasured_isUnknown() {
    assertThat(figures.rows()).isEmpty();
    assertThat(figures.rounds()).isZero();
    assertThat(figures.has(ROW, Contestant.THEINE)).isFalse();
    assertThat(figures.nanos(ROW, Contestant.THEINE)).isNaN();
    assertThat(figures.average(ROW, Contestant.THEINE, Sample::bytes)).isNaN();
    assertThat(figures.speed(ROW, Contestant.THEINE, Contestant.MAP)).isNaN();
    assertThat(figures.best(ROW)).isEmpty();
  }

  @Test
  void any_oneSideMeasured_isUnknownBesideTheOther() {
    add(Contestant.THEINE, 1, 10);

    assertThat(figures.speed(ROW, Contestant.THEINE, Contestant.MAP)).isNaN();
    assertThat(figures.speeds(ROW, Contestant.THEINE, Contestant.MAP)).isEmpty();
    assertThat(figures.best(ROW)).isEmpty();
  }

  @Test
  void average_ofWhatMayBeZero_isTheArithmeticMean() {
    figures.add(ROW, Contestant.THEINE, 1, new Sample(5, 5, 0, Double.NaN));
    figures.add(ROW, Contestant.THEINE, 2, new Sample(5, 5, 48, Double.NaN));

    assertThat(figures.average(ROW, Contestant.THEINE, Sample::bytes)).isEqualTo(24);
    assertThat(figures.average(ROW, Contestant.THEINE, Sample::missRatio)).isNaN();
    assertThat(figures.each(ROW, Contestant.THEINE, Sample::bytes)).containsExactly(0.0, 48.0);
  }
}
