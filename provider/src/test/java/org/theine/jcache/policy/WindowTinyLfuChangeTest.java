package org.theine.jcache.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What changes under the policy: busy victims, weights, capacity, the window's share. */
class WindowTinyLfuChangeTest extends WindowTinyLfuFixture {

  // ---- busy victims

  @Test
  void busy_victims_namesAnotherWhileThereIsOne() {
    for (int capacity = 0; capacity <= 5; capacity++) {
      for (int size = 2; size <= 6; size++) {
        WindowTinyLfu policy = filled(capacity, size);
        for (int i = 0; i < 20; i++) {
          int victim = policy.victim();
          policy.busy(victim);
          assertThat(policy.victim())
              .as("capacity %d size %d", capacity, size)
              .isNotEqualTo(victim)
              .isNotEqualTo(NONE);
        }
        policy.audit(below(size));
      }
    }
  }

  @Test
  void busy_sixteenVictims_areSixteenSlots() {
    WindowTinyLfu policy = filled(100, 101);
    boolean[] named = new boolean[101];
    for (int i = 0; i < 16; i++) {
      int victim = policy.victim();
      assertThat(named[victim]).as("slot %d named twice", victim).isFalse();
      named[victim] = true;
      policy.busy(victim);
    }
  }

  @Test
  void busy_sixteenVictimsOfTheWindow_areSixteenSlots() {
    WindowTinyLfu policy = plain(100);
    policy.follow(new Advice(1, false));
    insert(policy, 0, 60);
    boolean[] named = new boolean[60];
    for (int i = 0; i < 16; i++) {
      int victim = policy.victim();
      assertThat(named[victim]).as("slot %d named twice", victim).isFalse();
      named[victim] = true;
      policy.busy(victim);
    }
  }

  @Test
  void busy_theOnlySlot_isNamedAgain() {
    WindowTinyLfu policy = filled(1, 1);
    policy.busy(policy.victim());
    assertThat(policy.victim()).isZero();
  }

  // ---- weights

  @Test
  void weight_weighted_isTheSum() {
    WindowTinyLfu policy = weighted(1_000);
    policy.insert(0, 10);
    policy.insert(1, 0);
    policy.insert(2, Integer.MAX_VALUE);
    policy.insert(3, Integer.MAX_VALUE);
    assertThat(policy.weight()).isEqualTo(10 + 2L * Integer.MAX_VALUE);
    policy.reweigh(2, 5);
    policy.remove(3);
    assertThat(policy.weight()).isEqualTo(15);
    assertThat(policy.weight(2)).isEqualTo(5);
    assertThatThrownBy(() -> policy.reweigh(2, -1)).hasMessageContaining("-1");
    policy.audit(below(3));
  }

  @Test
  void weight_notWeighted_ignoresWeights() {
    WindowTinyLfu policy = plain(10);
    policy.insert(0, 100);
    policy.reweigh(0, 200);
    assertThat(policy.weight()).isEqualTo(1);
    assertThat(policy.weight(0)).isEqualTo(1);
  }

  @Test
  void victim_heavierThanTheWindow_mustPassAdmission() {
    WindowTinyLfu policy = weighted(100); // the window holds a weight of 1
    for (int slot = 0; slot < 6; slot++) {
      policy.insert(slot, 20);
    }
    assertThat(policy.victim()).isEqualTo(4); // the candidate; the tie is main's
  }

  @Test
  void victim_heavyNewcomer_takesSeveralVictimsThenTheLoser() {
    WindowTinyLfu policy = weighted(100);
    for (int slot = 0; slot < 10; slot++) {
      policy.insert(slot, 10);
    }
    policy.hit(9, 0); // the next candidate will win
    policy.insert(10, 20);
    evict(policy, 0);
    evict(policy, 1);
    assertThat(policy.weight()).isEqualTo(100);
  }

  /** A candidate that has won, and then weighs nothing any more, is out of the contest. */
  @Test
  void reweigh_admittedCandidateToNothing_isNeverNamed() {
    WindowTinyLfu policy = weighted(100);
    for (int slot = 0; slot < 10; slot++) {
      policy.insert(slot, 10);
    }
    policy.hit(9, 0);
    policy.insert(10, 10);
    evict(policy, 0); // 9 was admitted
    policy.reweigh(9, 0);
    for (int left = 9; left > 0; left--) {
      int victim = policy.victim();
      assertThat(victim).isNotEqualTo(9).isNotEqualTo(NONE);
      policy.remove(victim);
    }
    assertThat(policy.victim()).isEqualTo(NONE);
    policy.audit(slot -> slot == 9);
  }

  // ---- resizing

  @Test
  void capacity_shrinks_victimsUntilItFits() {
    WindowTinyLfu policy = filled(1_000, 1_000);
    for (int slot = 0; slot < 1_000; slot += 3) {
      policy.hit(slot, 0);
    }
    policy.capacity(10);
    boolean[] linked = new boolean[1_000];
    Arrays.fill(linked, true);
    while (policy.weight() > 10) {
      int victim = policy.victim();
      policy.remove(victim);
      linked[victim] = false;
    }
    policy.audit(slot -> slot < 1_000 && linked[slot]);
    policy.capacity(0);
    for (int left = 10; left > 0; left--) {
      policy.remove(policy.victim());
    }
    assertThat(policy.victim()).isEqualTo(NONE);
  }

  @Test
  void capacity_negative_isRefused() {
    assertThatThrownBy(() -> plain(-3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-3");
  }

  @Test
  void capacity_huge_costsNothing() {
    for (int i = 0; i < 1_000; i++) {
      WindowTinyLfu policy = filled(Long.MAX_VALUE, 20);
      assertThat(policy.inWindow(0)).isTrue();
    }
  }

  @Test
  void windowShare_enlarged_isFilledFromMainAFewAtEachInsert() {
    WindowTinyLfu policy = filled(10_000, 10_000);
    policy.follow(new Advice(0.5, false));
    assertThat(windowSize(policy, 10_000)).isLessThan(110);
    cycle(policy, 10_000, 1);
    assertThat(windowSize(policy, 10_000)).isBetween(150, 300);
    cycle(policy, 10_001, 100);
    assertThat(windowSize(policy, 10_101)).isBetween(4_900, 5_001);
  }

  @Test
  void windowShare_enlarged_demotesWhatProtectedHasTooMuch() {
    WindowTinyLfu policy = withProtected();
    policy.follow(new Advice(0.5, false));
    cycle(policy, 1_000, 20);
    assertThat(protectedSize(policy, 1_020)).isEqualTo(400);
  }

  @Test
  void windowShare_reduced_overflowGoesToProbationAFewAtEachInsert() {
    WindowTinyLfu policy = plain(10_000);
    policy.follow(new Advice(0.9, false));
    insert(policy, 0, 10_000);
    policy.follow(new Advice(0.1, false));
    cycle(policy, 10_000, 1);
    assertThat(windowSize(policy, 10_000)).isBetween(8_700, 9_000);
    cycle(policy, 10_001, 150);
    assertThat(windowSize(policy, 10_151)).isBetween(999, 1_001);
  }

  @Test
  void windowShare_noneOrAll_leavesRoomForOneOrForAll() {
    WindowTinyLfu policy = plain(100);
    policy.follow(new Advice(0, false));
    insert(policy, 0, 50);
    assertThat(windowSize(policy, 50)).isEqualTo(2); // one, and the newest

    WindowTinyLfu all = plain(100);
    all.follow(new Advice(1, false));
    insert(all, 0, 100);
    assertThat(windowSize(all, 100)).isEqualTo(100);
  }

  /** Slots of 10 each: three fit in a window of 35, before the newest comes on top. */
  @Test
  void windowShare_enlarged_takesNoMoreThanFits() {
    WindowTinyLfu policy = weighted(100);
    for (int slot = 0; slot < 10; slot++) {
      policy.insert(slot, 10);
    }
    policy.follow(new Advice(0.35, false));
    policy.insert(10, 10);
    assertThat(windowSize(policy, 11)).isEqualTo(3 + 1);

    WindowTinyLfu exact = weighted(100);
    for (int slot = 0; slot < 10; slot++) {
      exact.insert(slot, 10);
    }
    exact.follow(new Advice(0.4, false));
    exact.insert(10, 10);
    assertThat(windowSize(exact, 11)).as("exactly full").isEqualTo(4 + 1);
  }

  @Test
  void windowShare_outOfRange_isRefused() {
    for (double share : new double[] {-0.01, 1.01, Double.NaN}) {
      assertThatThrownBy(() -> new Advice(share, false))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(String.valueOf(share));
    }
  }

  @Test
  void clear_filled_isAsNew() {
    WindowTinyLfu policy = new WindowTinyLfu(100, false, slot -> hash(slot == 200 ? 99 : slot), 1);
    insert(policy, 0, 150);
    policy.busy(policy.victim());
    for (int i = 0; i < 5; i++) { // makes slot 99 look frequent
      policy.insert(200, 1);
      policy.remove(200);
    }
    policy.clear();
    policy.audit(slot -> false);
    assertThat(policy.weight()).isZero();
    assertThat(policy.victim()).isEqualTo(NONE);
    insert(policy, 0, 101);
    assertThat(policy.victim()).isEqualTo(99);
  }

  @Test
  void audit_slotNotLinked_namesIt() {
    WindowTinyLfu policy = filled(10, 3);
    assertThatThrownBy(() -> policy.audit(below(4)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("slot 3");
  }
}
