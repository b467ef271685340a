package org.theine.jcache.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntPredicate;

/** What the tests of {@link WindowTinyLfu} share: policies over slots whose hashes are counted. */
abstract class WindowTinyLfuFixture {

  static final int NONE = EvictionPolicy.NONE;

  /** How often the policy asked for a hash: once a mark found, twice a comparison. */
  int hashCalls;

  WindowTinyLfu plain(long capacity) {
    return new WindowTinyLfu(capacity, false, this::hash, 1);
  }

  WindowTinyLfu weighted(long capacity) {
    return new WindowTinyLfu(capacity, true, this::hash, 1);
  }

  /** Returns a policy into which the slots from 0 on were inserted, nothing evicted. */
  WindowTinyLfu filled(long capacity, int slots) {
    WindowTinyLfu policy = plain(capacity);
    insert(policy, 0, slots);
    return policy;
  }

  static void insert(WindowTinyLfu policy, int from, int to) {
    for (int slot = from; slot < to; slot++) {
      policy.insert(slot, 1);
    }
  }

  /** Inserts new slots and evicts one for each. */
  static void cycle(WindowTinyLfu policy, int from, int count) {
    for (int slot = from; slot < from + count; slot++) {
      policy.insert(slot, 1);
      policy.remove(policy.victim());
    }
  }

  static void evict(WindowTinyLfu policy, int expected) {
    assertThat(policy.victim()).isEqualTo(expected);
    policy.remove(expected);
  }

  /** Returns a policy of 1,000 slots with a full window and as many protected as may be. */
  WindowTinyLfu withProtected() {
    WindowTinyLfu policy = filled(1_001, 1_001);
    policy.remove(1_000);
    for (int i = 0; i < 1_000; i++) {
      policy.busy(policy.victim());
    }
    return policy;
  }

  static void hitAll(WindowTinyLfu policy, int slots) {
    for (int slot = 0; slot < slots; slot++) {
      policy.hit(slot, 0);
    }
  }

  static int protectedSize(WindowTinyLfu policy, int slots) {
    int size = 0;
    for (int slot = 0; slot < slots; slot++) {
      size += policy.inProtected(slot) ? 1 : 0;
    }
    return size;
  }

  static int windowSize(WindowTinyLfu policy, int slots) {
    int size = 0;
    for (int slot = 0; slot < slots; slot++) {
      size += policy.inWindow(slot) ? 1 : 0;
    }
    return size;
  }

  static IntPredicate below(int limit) {
    return slot -> slot < limit;
  }

  long hash(int slot) {
    hashCalls++;
    long z = (slot + 1) * 0x9e3779b97f4a7c15L;
    z = (z ^ z >>> 32) * 0xd6e8feb86659fd93L;
    return z ^ z >>> 32;
  }
}
