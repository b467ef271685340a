package org.theine.jcache.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScoresTest {
  private final Scores scores = new Scores(3);

  @Test
  void add_nothingDiffers_staysWithTheFirst() {
    for (int i = 0; i < 50; i++) {
      assertThat(scores.add(100, new int[] {40, 40, 40})).isZero();
    }
  }

  @Test
  void add_oneHasClearlyMore_takesIt() {
    assertThat(scores.add(100, new int[] {40, 40, 65})).isEqualTo(2);
    assertThat(scores.add(100, new int[] {40, 40, 40})).as("it leads still").isEqualTo(2);
  }

  @Test
  void add_smallLead_isChance() {
    for (int i = 0; i < 200; i++) {
      assertThat(scores.add(100, new int[] {50, 51, 50})).isZero();
    }
  }

  /** Where nearly everything hits, the misses are what matters. */
  @Test
  void add_smallLeadOfMany_isMuchIfFewMiss() {
    int chosen = 0;
    for (int i = 0; i < 50; i++) {
      chosen = scores.add(1_000, new int[] {980, 982, 980});
    }
    assertThat(chosen).isEqualTo(1);
  }

  @Test
  void add_theLoadChanges_followsIt() {
    for (int i = 0; i < 100; i++) {
      scores.add(100, new int[] {20, 60, 20});
    }
    int periods = 0;
    while (scores.add(100, new int[] {60, 20, 20}) != 0) {
      periods++;
    }
    assertThat(periods).isBetween(5, 25);
  }

  @Test
  void add_fewHits_areChance() {
    assertThat(scores.add(100, new int[] {0, 0, 0})).isZero();
    assertThat(scores.add(100, new int[] {0, 19, 0})).isZero();
    assertThat(scores.add(100, new int[] {0, 19, 0})).isEqualTo(1);
  }
}
