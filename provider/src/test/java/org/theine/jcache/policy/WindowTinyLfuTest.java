package org.theine.jcache.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Insertion, the choice of the victim, marks. */
class WindowTinyLfuTest extends WindowTinyLfuFixture {

  // ---- insertion and the window

  @Test
  void victim_empty_isNone() {
    WindowTinyLfu policy = plain(10);
    assertThat(policy.victim()).isEqualTo(NONE);
    assertThat(policy.weight()).isZero();
  }

  @Test
  void insert_belowCapacity_windowOverflowGoesToProbationAtTheNextInsert() {
    WindowTinyLfu policy = filled(100, 10);
    assertThat(policy.inWindow(9)).isTrue();
    assertThat(policy.inWindow(8)).isTrue();
    for (int slot = 0; slot < 8; slot++) {
      assertThat(policy.inWindow(slot)).isFalse();
      assertThat(policy.inProtected(slot)).isFalse();
    }
    assertThat(policy.weight()).isEqualTo(10);
  }

  @Test
  void insert_seenWindowTail_goesBackToTheHead() {
    WindowTinyLfu policy = plain(400); // window of 4
    insert(policy, 0, 5);
    policy.hit(0, 0);
    insert(policy, 5, 6);
    assertThat(policy.inWindow(0)).isTrue();
    assertThat(policy.inWindow(1)).isFalse();
  }

  @Test
  void insert_linkedOrNegativeSlot_isRefused() {
    WindowTinyLfu policy = filled(10, 3);
    assertThatThrownBy(() -> policy.insert(2, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not linked: 2");
    assertThatThrownBy(() -> policy.insert(-1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
    assertThatThrownBy(() -> policy.insert(3, -5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-5");
    policy.audit(below(3));
  }

  @Test
  void remove_slotNotLinked_isRefused() {
    WindowTinyLfu policy = filled(10, 3);
    assertThatThrownBy(() -> policy.remove(3)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> policy.busy(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> policy.reweigh(1_000, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void insert_reusedSlot_forgetsTheMark() {
    WindowTinyLfu policy = filled(1, 1);
    policy.hit(0, 0);
    policy.remove(0);
    policy.insert(0, 1);
    hashCalls = 0;
    policy.insert(1, 1);
    policy.victim();
    assertThat(hashCalls).isEqualTo(1); // the new slot's; none for a mark of slot 0
  }

  // ---- the choice of the victim

  @Test
  void victim_capacityOne_isTheOlder() {
    WindowTinyLfu policy = filled(1, 2);
    assertThat(policy.victim()).isZero();
    policy.hit(0, 0);
    assertThat(policy.victim()).isZero();
    policy.remove(0);
    assertThat(policy.victim()).isEqualTo(1);
  }

  @Test
  void victim_capacityTwo_windowOneMainOne() {
    WindowTinyLfu policy = filled(2, 3);
    assertThat(policy.inWindow(0)).isFalse();
    assertThat(policy.inWindow(1)).isTrue();
    assertThat(policy.victim()).isEqualTo(1); // a tie goes to main's victim
    policy.remove(1);
    assertThat(policy.victim()).isZero();
  }

  @Test
  void victim_tie_candidateLeaves() {
    WindowTinyLfu policy = filled(100, 101);
    assertThat(policy.victim()).isEqualTo(99);
  }

  @Test
  void victim_candidateMoreFrequent_mainsVictimLeaves() {
    WindowTinyLfu policy = filled(100, 100);
    policy.hit(99, 0);
    policy.insert(100, 1);
    assertThat(policy.victim()).isZero();
    assertThat(policy.inWindow(99)).isFalse();
    assertThat(policy.inProtected(99)).isFalse();
  }

  /** Another shard is full: this one begins to count as soon as it is asked. */
  @Test
  void victim_shareFarFromFull_countsAllTheSame() {
    WindowTinyLfu policy = plain(1_000);
    policy.follow(new Advice(0, false));
    insert(policy, 0, 4);
    policy.hit(2, 0); // the window's tail, which so becomes a candidate that was seen
    assertThat(policy.victim()).isZero();
  }

  @Test
  void victim_calledAgainInTheRound_admittedCandidateMeetsTheNextVictim() {
    WindowTinyLfu policy = filled(100, 100);
    policy.hit(99, 0);
    policy.insert(100, 1);
    evict(policy, 0);
    evict(policy, 1);
    assertThat(policy.inWindow(99)).isFalse();
  }

  @Test
  void victim_admittedCandidateLosesAgainstALaterVictim_leavesItself() {
    WindowTinyLfu policy = new WindowTinyLfu(100, false, slot -> hash(slot == 200 ? 1 : slot), 1);
    insert(policy, 0, 100);
    for (int i = 0; i < 5; i++) { // slot 200 makes slot 1 look frequent
      policy.insert(200, 1);
      policy.remove(200);
    }
    policy.hit(99, 0);
    policy.insert(100, 1);
    evict(policy, 0);
    assertThat(policy.inWindow(99)).isFalse();
    evict(policy, 99);
    evict(policy, 1); // the round has no candidate any more
  }

  @Test
  void victim_newRound_forgetsTheAdmittedCandidate() {
    WindowTinyLfu policy = filled(100, 100);
    policy.hit(99, 0);
    policy.insert(100, 1);
    evict(policy, 0);
    policy.insert(101, 1);
    assertThat(policy.victim()).isEqualTo(100); // the new round's candidate, at a tie
  }

  @Test
  void victim_windowWithinMaximum_isMains() {
    WindowTinyLfu policy = filled(100, 100);
    policy.remove(99);
    policy.remove(98);
    policy.insert(98, 1);
    assertThat(policy.victim()).isZero();
  }

  @Test
  void victim_mainEmpty_isTheWindowsTail() {
    WindowTinyLfu policy = plain(1_000);
    policy.follow(new Advice(1, false));
    insert(policy, 0, 10);
    assertThat(policy.victim()).isZero();
    policy.hit(0, 0);
    assertThat(policy.victim()).isEqualTo(1);
  }

  @Test
  void victim_newest_isNamedOnlyWhenAlone() {
    for (int capacity = 1; capacity <= 6; capacity++) {
      WindowTinyLfu policy = filled(capacity, 6);
      for (int left = 6; left > 1; left--) {
        for (int slot = 0; slot < 6; slot++) {
          policy.hit(slot, 0);
        }
        int victim = policy.victim();
        assertThat(victim).as("capacity %d", capacity).isBetween(0, 4);
        policy.remove(victim);
      }
      assertThat(policy.victim()).isEqualTo(5);
    }
  }

  @Test
  void victim_notRemoved_staysLinked() {
    WindowTinyLfu policy = filled(10, 11);
    for (int i = 0; i < 20; i++) {
      assertThat(policy.victim()).isBetween(0, 9);
    }
    policy.audit(below(11));
  }

  // ---- marks

  @Test
  void victim_seenProbation_isPromotedAndCountedOnce() {
    WindowTinyLfu policy = filled(100, 100);
    policy.hit(0, 0);
    policy.hit(0, 0);
    policy.insert(100, 1);
    hashCalls = 0;
    assertThat(policy.victim()).isEqualTo(99);
    assertThat(policy.inProtected(0)).isTrue();
    assertThat(hashCalls).isEqualTo(3); // the mark of slot 0, and the two that met
  }

  @Test
  void victim_seenProtected_goesRound() {
    WindowTinyLfu policy = filled(10, 10); // main 9, protected 7
    for (int slot = 0; slot < 8; slot++) {
      policy.hit(slot, 0);
    }
    policy.insert(10, 1);
    policy.victim(); // promotes 0 to 7 and so demotes 0
    assertThat(policy.inProtected(0)).isFalse();
    assertThat(policy.inProtected(1)).isTrue();
    policy.hit(0, 0);
    policy.hit(1, 0);
    policy.remove(8);
    policy.remove(9);
    policy.victim(); // promotes 0; protected's tail 1 is seen and stays, 2 is demoted
    assertThat(policy.inProtected(0)).isTrue();
    assertThat(policy.inProtected(1)).isTrue();
    assertThat(policy.inProtected(2)).isFalse();
  }

  @Test
  void victim_weightless_isNeverNamed() {
    WindowTinyLfu policy = new WindowTinyLfu(10, true, this::hash, 1);
    policy.insert(0, 0);
    policy.insert(1, 0);
    assertThat(policy.victim()).isEqualTo(NONE);
    policy.insert(2, 3);
    evict(policy, 2);
    policy.reweigh(1, 4);
    policy.audit(below(2));
    assertThat(policy.weight()).isEqualTo(4);
    evict(policy, 1);
    assertThat(policy.victim()).isEqualTo(NONE);
    policy.audit(below(1));
  }

  @Test
  void reweigh_toZero_isNoVictimAnyMore() {
    WindowTinyLfu policy = new WindowTinyLfu(10, true, this::hash, 1);
    for (int slot = 0; slot < 5; slot++) {
      policy.insert(slot, 2);
    }
    for (int slot = 0; slot < 4; slot++) {
      policy.reweigh(slot, 0);
      policy.audit(below(5));
    }
    evict(policy, 4);
    assertThat(policy.weight()).isZero();
    assertThat(policy.victim()).isEqualTo(NONE);
  }

  @Test
  void victim_noProtected_markedVictimLeaves() {
    WindowTinyLfu policy = filled(2, 2);
    policy.hit(0, 0);
    policy.insert(2, 1);
    assertThat(policy.victim()).isEqualTo(1); // 0 was counted twice by then
    policy.remove(1);
    policy.hit(0, 0);
    assertThat(policy.victim()).isZero();
  }

  @Test
  void victim_everythingSeen_looksAreBounded() {
    WindowTinyLfu policy = plain(10_000);
    policy.follow(new Advice(0.3, false));
    insert(policy, 0, 10_000);
    for (int round = 0; round < 200; round++) {
      for (int slot = 0; slot < 10_000; slot++) {
        policy.hit(slot, 0);
      }
      hashCalls = 0;
      assertThat(policy.victim()).isNotEqualTo(NONE);
      int bound = 2 * (Queues.MAXIMUM_LOOKS + 1) + 2; // and two that are compared
      assertThat(hashCalls).isBetween(1, bound);
    }
    policy.audit(below(10_000));
  }

  @Test
  void victim_onlyProtectedAndAllSeen_looksAreBounded() {
    WindowTinyLfu policy = withProtected();
    for (int slot = 0; slot < 1_000; slot++) {
      if (!policy.inProtected(slot)) {
        policy.remove(slot);
      }
    }
    hitAll(policy, 1_000);
    hashCalls = 0;
    assertThat(policy.inProtected(policy.victim())).isTrue();
    assertThat(hashCalls).isEqualTo(Queues.MAXIMUM_LOOKS + 1);
  }

  @Test
  void victim_looksUsedUp_protectedIsDemotedAndKeepsItsMark() {
    WindowTinyLfu policy = withProtected();
    assertThat(protectedSize(policy, 1_000)).isEqualTo(792);
    hitAll(policy, 1_000);
    boolean[] before = new boolean[1_000];
    for (int slot = 0; slot < 1_000; slot++) {
      before[slot] = policy.inProtected(slot);
    }
    policy.victim();
    assertThat(protectedSize(policy, 1_000)).isEqualTo(792);
    int demoted = 0;
    while (!before[demoted] || policy.inProtected(demoted)) {
      demoted++;
    }
    for (int i = 0; i < 500 && !policy.inProtected(demoted); i++) {
      int victim = policy.victim();
      assertThat(victim).isNotEqualTo(demoted);
      policy.busy(victim); // makes way for the next
    }
    assertThat(policy.inProtected(demoted)).isTrue();
  }

  @Test
  void hit_slotsThatDoNotExist_areIgnored() {
    WindowTinyLfu policy = filled(10, 3);
    policy.hit(-1, 0);
    policy.hit(Integer.MIN_VALUE, 0);
    policy.hit(Integer.MAX_VALUE, 0);
    policy.hit(15, 0);
    policy.hit(16, 0);
    policy.audit(below(3));
  }

  @Test
  void hit_whileTheArraysGrow_neitherFailsNorHarms() throws InterruptedException {
    WindowTinyLfu policy = plain(50_000);
    AtomicBoolean done = new AtomicBoolean();
    AtomicBoolean failed = new AtomicBoolean();
    Thread reader = new Thread(() -> hitUntil(done, policy));
    reader.setUncaughtExceptionHandler((thread, failure) -> failed.set(true));
    reader.start();
    insert(policy, 0, 50_000);
    done.set(true);
    reader.join();
    assertThat(failed).isFalse();
    policy.audit(below(50_000));
  }

  private static void hitUntil(AtomicBoolean done, WindowTinyLfu policy) {
    for (int slot = 0; !done.get(); slot = (slot + 7) % 60_000) {
      policy.hit(slot, 0);
    }
  }
}
