package org.theine.jcache.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AdmissionTest {

  private static final int SLOTS = 1_000;

  private final SlotList.Links links = new SlotList.Links(false);
  private final SlotList list = new SlotList(links);

  /** Slots whose insertion was counted. */
  private final List<Integer> told = new ArrayList<>();

  private final Admission admission = new Admission(links, AdmissionTest::hash, told::add, 1);

  @Test
  void admits_moreFrequentCandidate_yes() {
    count(1, 3);
    count(2, 2);
    assertThat(admission.admits(1, 2)).isTrue();
    assertThat(admission.admits(2, 1)).isFalse();
  }

  @Test
  void admits_tie_goesToTheVictim() {
    count(1, 3);
    count(2, 3);
    assertThat(admission.admits(1, 2)).isFalse();
  }

  @Test
  void admits_warmLoser_aboutOnceInHundredTwentyEight() {
    count(1, 6);
    count(2, 15);
    assertThat(admissions(1, 2)).isBetween(700, 860); // 781 expected
  }

  /** The random numbers are those of SplittableRandom with the same seed, of which 7 bits count. */
  @Test
  void admits_warmLoser_byTheRandomNumbersOfTheSeed() {
    count(1, 6);
    count(2, 15);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 2_000; i++) {
      assertThat(admission.admits(1, 2))
          .as("admission %d", i)
          .isEqualTo((random.nextLong() & 127) == 0);
    }
  }

  @Test
  void admits_coolLoser_never() {
    count(1, 5);
    count(2, 15);
    assertThat(admissions(1, 2)).isZero();
  }

  @Test
  void seen_beforeStart_isNotCounted() {
    admission.seen(1);
    assertThat(admission.estimate(1)).isZero();
  }

  @Test
  void inserted_afterStart_countsTwoOfThoseBefore() {
    links.ensure(SLOTS);
    for (int slot = 0; slot < 500; slot++) {
      list.addFirst(slot);
      admission.inserted(slot);
    }
    admission.start(SLOTS, 500);
    assertThat(counted(0, 500)).isLessThan(10);
    for (int slot = 500; slot < 750; slot++) {
      list.addFirst(slot);
      admission.inserted(slot);
    }
    assertThat(counted(0, 750)).isEqualTo(750);
  }

  @Test
  void inserted_once_countsNoMoreThanTwoOfThoseBefore() {
    links.ensure(SLOTS);
    for (int slot = 0; slot < 100; slot++) {
      list.addFirst(slot);
    }
    admission.start(SLOTS, 100);
    admission.inserted(100);
    assertThat(counted(0, 101)).isEqualTo(3);
    assertThat(told).containsExactly(100, 99, 98);
  }

  @Test
  void inserted_afterStart_skipsSlotsThatLeft() {
    links.ensure(SLOTS);
    list.addFirst(7);
    admission.start(SLOTS, 8);
    for (int slot = 8; slot < 20; slot++) {
      admission.inserted(slot);
    }
    assertThat(admission.estimate(7)).isEqualTo(1);
    assertThat(admission.estimate(6)).isZero();
  }

  @Test
  void start_again_keepsCounts() {
    count(1, 4);
    admission.start(10, 10);
    assertThat(admission.estimate(1)).isEqualTo(4);
  }

  @Test
  void clear_counted_forgetsAndStops() {
    count(1, 4);
    admission.clear();
    admission.seen(1);
    assertThat(admission.estimate(1)).isZero();
  }

  private void count(int slot, int times) {
    admission.start(SLOTS, SLOTS);
    for (int i = 0; i < times; i++) {
      admission.seen(slot);
    }
  }

  private int admissions(int candidate, int victim) {
    int admitted = 0;
    for (int i = 0; i < 100_000; i++) {
      admitted += admission.admits(candidate, victim) ? 1 : 0;
    }
    return admitted;
  }

  private int counted(int from, int to) {
    int counted = 0;
    for (int slot = from; slot < to; slot++) {
      counted += admission.estimate(slot) > 0 ? 1 : 0;
    }
    return counted;
  }

  private static long hash(int slot) {
    return (slot + 1) * 0xd1342543de82ef95L;
  }
}
