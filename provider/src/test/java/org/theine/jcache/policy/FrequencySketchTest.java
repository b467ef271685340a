package org.theine.jcache.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FrequencySketchTest {

  private final FrequencySketch sketch = new FrequencySketch();

  @Test
  void estimate_neverSeen_isZero() {
    assertThat(sketch.estimate(42)).isZero();
  }

  @Test
  void increment_oneHash_countsUpToFifteen() {
    sketch.population(1_000);
    for (int i = 1; i <= 20; i++) {
      sketch.increment(42);
      assertThat(sketch.estimate(42)).isEqualTo(Math.min(i, FrequencySketch.MAXIMUM));
    }
  }

  @Test
  void estimate_manyHashes_isNeverTooLowAndMostlyExact() {
    sketch.population(4_096);
    long[] hashes = new SplittableRandom(1).longs(4_096).toArray();
    for (int i = 0; i < hashes.length; i++) {
      for (int n = 0; n < i % 4; n++) {
        sketch.increment(hashes[i]);
      }
    }
    int exact = 0;
    for (int i = 0; i < hashes.length; i++) {
      assertThat(sketch.estimate(hashes[i])).isGreaterThanOrEqualTo(i % 4);
      exact += sketch.estimate(hashes[i]) == i % 4 ? 1 : 0;
    }
    assertThat(exact).isGreaterThan(hashes.length * 9 / 10);
  }

  @Test
  void increment_tenTimesThePopulation_halvesAllCounters() {
    sketch.population(64);
    for (int i = 0; i < 8; i++) {
      sketch.increment(42);
    }
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 8; i < 639; i++) {
      sketch.increment(random.nextLong());
    }
    int before = sketch.estimate(42);
    assertThat(before).isGreaterThanOrEqualTo(8);
    sketch.increment(random.nextLong());
    assertThat(sketch.estimate(42)).isBetween(before / 2, (before + 1) / 2);
  }

  @Test
  void increment_afterAgeing_agesAgainSooner() {
    sketch.population(1_024);
    SplittableRandom random = new SplittableRandom(8);
    for (int i = 0; i < 15; i++) {
      sketch.increment(42);
    }
    assertThat(untilAgeing(random)).isEqualTo(10_240 - 15);
    assertThat(untilAgeing(random)).isBetween(5_120, 8_000); // what was halved counts for half
  }

  private int untilAgeing(SplittableRandom random) {
    int before = sketch.estimate(42);
    int increments = 0;
    while (sketch.estimate(42) >= before) {
      sketch.increment(random.nextLong());
      increments++;
    }
    return increments;
  }

  @Test
  void increment_saturated_doesNotAge() {
    sketch.population(2);
    for (int i = 0; i < 1_000; i++) {
      sketch.increment(42);
    }
    assertThat(sketch.estimate(42)).isEqualTo(FrequencySketch.MAXIMUM);
  }

  @Test
  void population_grows_keepsEveryEstimate() {
    long[] hashes = new SplittableRandom(3).longs(50).toArray();
    sketch.population(50);
    for (int i = 0; i < hashes.length; i++) {
      for (int n = 0; n < i % 7; n++) {
        sketch.increment(hashes[i]);
      }
    }
    int[] before = estimates(hashes);
    for (int population = 51; population < 100_000; population *= 3) {
      sketch.population(population);
      assertThat(estimates(hashes)).isEqualTo(before);
    }
  }

  @Test
  void population_grows_endsThePollutionOfNewHashes() {
    sketch.population(8);
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 40; i++) {
      sketch.increment(random.nextLong());
    }
    sketch.population(8_192);
    for (int i = 0; i < 100_000; i++) {
      sketch.increment(random.nextLong());
    }
    long unseen = random.longs(1_000).filter(hash -> sketch.estimate(hash) == 0).count();
    assertThat(unseen).isLessThan(1_000); // counts are really spread over the larger table
    assertThat(sketch.word(FrequencySketch.spread(random.nextLong()), 3)).isLessThan(8_192);
  }

  @Test
  void population_shrinks_agesSooner() {
    sketch.population(1_000);
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 100; i++) {
      sketch.increment(random.nextLong());
    }
    sketch.increment(42);
    sketch.increment(42);
    int before = sketch.estimate(42);
    sketch.population(5);
    sketch.increment(random.nextLong());
    assertThat(sketch.estimate(42)).isEqualTo(before / 2);
  }

  @Test
  void word_anyHash_staysInOneBlockOfSixtyFourBytes() {
    sketch.population(10_000);
    SplittableRandom random = new SplittableRandom(6);
    for (int i = 0; i < 10_000; i++) {
      long spread = FrequencySketch.spread(random.nextLong());
      int block = sketch.word(spread, 0) / 8;
      for (int row = 0; row < 4; row++) {
        assertThat(sketch.word(spread, row))
            .isBetween(8 * block + 2 * row, 8 * block + 2 * row + 1);
        assertThat(FrequencySketch.shift(spread, row) % 4).isZero();
        assertThat(FrequencySketch.shift(spread, row)).isBetween(0, 60);
      }
    }
  }

  @Test
  void word_hashesOfOneShard_useTheWholeTable() {
    sketch.population(1_024);
    SplittableRandom random = new SplittableRandom(7);
    for (int fixed : new int[] {0, 56}) { // a shard or a table may have used either end
      boolean[] used = new boolean[128];
      for (int i = 0; i < 4_000; i++) {
        long hash = random.nextLong() & ~(0xffL << fixed);
        used[sketch.word(FrequencySketch.spread(hash), 0) / 8] = true;
      }
      assertThat(used).doesNotContain(false);
    }
  }

  @Test
  void clear_counted_forgets() {
    sketch.population(100);
    sketch.increment(42);
    sketch.clear();
    assertThat(sketch.estimate(42)).isZero();
  }

  private int[] estimates(long[] hashes) {
    int[] estimates = new int[hashes.length];
    for (int i = 0; i < hashes.length; i++) {
      estimates[i] = sketch.estimate(hashes[i]);
    }
    return estimates;
  }
}
