package org.theine.jcache.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Readmission, and what the policy and its adviser tell each other. */
class WindowTinyLfuAdviceTest extends WindowTinyLfuFixture {
  private static final Advice READMITTING = new Advice(0.01, true);

  private WindowTinyLfu readmitting(int slots) {
    WindowTinyLfu policy = plain(slots);
    policy.follow(READMITTING);
    insert(policy, 0, slots);
    return policy;
  }

  /** Inserts a slot and then one that makes it the candidate, which is refused. */
  private static void refuse(WindowTinyLfu policy, int slot, int newest) {
    policy.insert(slot, 1);
    policy.insert(newest, 1);
    for (int i = 0; i < 2; i++) {
      int victim = policy.victim();
      policy.remove(victim);
    }
    assertThat(policy.isLinked(slot)).isFalse();
  }

  @Test
  void insert_refusedLately_isProtectedAtOnce() {
    WindowTinyLfu policy = readmitting(100);
    refuse(policy, 100, 101);
    policy.insert(100, 1);
    assertThat(policy.inProtected(100)).isTrue();
    policy.audit(slot -> policy.isLinked(slot));

    policy.remove(100);
    policy.insert(100, 1);
    assertThat(policy.inWindow(100)).as("readmitted once").isTrue();
  }

  @Test
  void insert_refusedButNotReadmitting_beginsInTheWindow() {
    WindowTinyLfu policy = filled(100, 100);
    refuse(policy, 100, 101);
    policy.follow(READMITTING); // remembers from now on
    policy.insert(100, 1);
    assertThat(policy.inWindow(100)).isTrue();

    refuse(policy, 102, 103);
    policy.follow(new Advice(0.01, false));
    policy.insert(102, 1);
    assertThat(policy.inWindow(102)).as("not any more").isTrue();
  }

  /** Removed by the user or as main's victim: that tells nothing about admission. */
  @Test
  void insert_leftOtherwise_beginsInTheWindow() {
    WindowTinyLfu policy = readmitting(100);
    policy.remove(50);
    policy.insert(50, 1);
    assertThat(policy.inWindow(50)).isTrue();

    policy.hit(50, 0);
    policy.hit(99, 0);
    policy.insert(100, 1);
    int victim = policy.victim();
    assertThat(victim).as("main's, since the candidate was seen").isLessThan(50);
    policy.remove(victim);
    policy.insert(victim, 1);
    assertThat(policy.inWindow(victim)).isTrue();
  }

  @Test
  void insert_candidateThatWasBusy_isNotRefused() {
    WindowTinyLfu policy = readmitting(100);
    policy.insert(100, 1);
    int candidate = policy.victim();
    policy.busy(candidate);
    policy.victim();
    policy.remove(candidate); // by its owner
    policy.insert(candidate, 1);
    assertThat(policy.inWindow(candidate)).isTrue();
  }

  @Test
  void clearOrCapacity_refusedBefore_beginsInTheWindow() {
    WindowTinyLfu policy = readmitting(100);
    refuse(policy, 100, 101);
    policy.capacity(90);
    policy.insert(100, 1);
    assertThat(policy.inWindow(100)).isTrue();

    refuse(policy, 102, 103);
    policy.clear();
    policy.insert(102, 1);
    assertThat(policy.inWindow(102)).isTrue();
  }

  /** It would be the only protected one, and the oldest of its queue. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 100})
  void victim_afterAReadmission_isAnother(int capacity) {
    WindowTinyLfu policy = plain(capacity);
    policy.follow(new Advice(0, true));
    insert(policy, 0, capacity);
    for (int slot = capacity; slot < 30 * capacity + 30; slot++) {
      int candidate = capacity + slot % 7; // what was refused comes back
      if (policy.isLinked(candidate)) {
        policy.hit(candidate, 0);
        continue;
      }
      policy.insert(candidate, 1);
      int victim = policy.victim();
      assertThat(victim).isNotEqualTo(candidate);
      policy.busy(victim);
      int other = policy.victim();
      if (capacity > 1) {
        assertThat(other).isNotIn(victim, candidate);
      }
      policy.remove(other);
      policy.audit(policy::isLinked);
    }
  }

  /** Others would have to leave for it, before it has met any of them. */
  @Test
  void victim_bulkyNewcomer_isRefusedInItsOwnRound() {
    WindowTinyLfu policy = weighted(1_000);
    for (int slot = 0; slot < 250; slot++) {
      policy.insert(slot, 4);
    }
    hitAll(policy, 250);
    policy.insert(250, 900);
    assertThat(policy.victim()).isEqualTo(250);
    assertThat(policy.refuses(250)).isTrue();
    policy.remove(250);
    assertThat(policy.weight()).isEqualTo(1_000);
  }

  @Test
  void victim_bulkyNewcomerThatIsAskedForOften_isAdmitted() {
    WindowTinyLfu policy = weighted(1_000);
    for (int slot = 0; slot < 250; slot++) {
      policy.insert(slot, 4);
    }
    for (int times = 0; times < 8; times++) {
      policy.insert(250, 24);
      policy.remove(250);
    }
    policy.insert(250, 24);
    while (policy.weight() > 1_000) {
      int victim = policy.victim();
      assertThat(victim).isNotEqualTo(250);
      assertThat(policy.refuses(victim)).isFalse();
      policy.remove(victim);
    }
    policy.audit(policy::isLinked);
  }

  /** It would not fit into the window either: it has to be worth the room again. */
  @Test
  void insert_bulkyThatWasRefused_isNotReadmitted() {
    WindowTinyLfu policy = weighted(1_000);
    policy.follow(READMITTING);
    for (int slot = 0; slot < 250; slot++) {
      policy.insert(slot, 4);
    }
    hitAll(policy, 250);
    policy.insert(250, 900);
    evict(policy, 250);
    policy.insert(250, 900);
    assertThat(policy.inProtected(250)).isFalse();
  }

  @Test
  void hit_slotsOfTheSample_areToldToTheAdviser() {
    Adviser all = new Adviser(100, false, 1, 1);
    WindowTinyLfu policy = new WindowTinyLfu(100, false, this::hash, 1, all);
    insert(policy, 0, 60); // it counts from the half on
    long before = all.replayed();
    for (int i = 0; i < 160; i++) {
      policy.hit(59, hash(59));
    }
    assertThat(all.replayed()).as("marked already or not").isBetween(before + 160, before + 176);
  }

  @Test
  void insert_afterHalf_tellsOfThoseBeforeToo() {
    Adviser all = new Adviser(100, false, 1, 1);
    WindowTinyLfu policy = new WindowTinyLfu(100, false, this::hash, 1, all);
    insert(policy, 0, 100);
    assertThat(all.replayed()).isBetween(80L, 100L);
    cycle(policy, 100, 64);
    assertThat(all.replayed()).isBetween(144L, 164L);
  }

  @Test
  void hit_slotsOutsideTheSample_costNothing() {
    Adviser hardlyAny = new Adviser(1L << 40, false, 1, 1);
    WindowTinyLfu policy = new WindowTinyLfu(100, false, this::hash, 1, hardlyAny);
    insert(policy, 0, 100);
    hashCalls = 0;
    for (int round = 0; round < 10; round++) {
      hitAll(policy, 100);
    }
    assertThat(hashCalls).isZero();
    assertThat(hardlyAny.replayed()).isZero();
  }

  /** A look at the slot takes one mark away and leaves the other. */
  @Test
  void hit_sampledSlotThatWasLookedAt_isStillSampled() {
    Adviser all = new Adviser(1_000, false, 1, 1);
    long[] keys = new long[1_001];
    for (int slot = 0, key = 0; slot < keys.length; key++) {
      if (all.samples(PolicyCache.hash(key))) {
        keys[slot++] = key;
      }
    }
    WindowTinyLfu policy =
        new WindowTinyLfu(1_000, false, slot -> PolicyCache.hash(keys[slot]), 1, all);
    insert(policy, 0, 1_000);
    for (int round = 0; round < 3; round++) {
      hitAll(policy, 1_000);
      policy.insert(1_000, 1);
      policy.remove(policy.victim()); // looks at some
      if (policy.isLinked(1_000)) {
        policy.remove(1_000);
      }
    }
    for (int i = 0; i < 80; i++) {
      all.offer(PolicyCache.hash(keys[i]), false); // wakes it
    }
    long before = all.replayed();
    int linked = 0;
    for (int slot = 0; slot < 1_000; slot++) {
      if (policy.isLinked(slot)) {
        policy.hit(slot, PolicyCache.hash(keys[slot]));
        linked++;
      }
      if (slot % 100 == 0) {
        all.offer(PolicyCache.hash(keys[slot]), false); // keeps it awake
        linked++;
      }
    }
    assertThat(all.replayed()).isBetween(before + linked - 16, before + linked + 16);
  }

  @Test
  void insert_newAdvice_isFollowed() {
    Adviser adviser = new Adviser(100, false, 1, 1);
    WindowTinyLfu policy = new WindowTinyLfu(100, false, this::hash, 1, adviser);
    insert(policy, 0, 100);
    int window = windowSize(policy, 100);
    for (int i = 0; adviser.advice().windowShare() < 0.4; i++) { // pairs: a large window
      assertThat(i).as("it is advised in the end").isLessThan(100_000);
      adviser.offer(PolicyCache.hash(i), false);
      adviser.offer(PolicyCache.hash(i - 30), false);
    }
    assertThat(windowSize(policy, 100)).as("nothing moves by itself").isEqualTo(window);
    cycle(policy, 100, 10);
    assertThat(windowSize(policy, 110)).isGreaterThan(30);
  }
}
