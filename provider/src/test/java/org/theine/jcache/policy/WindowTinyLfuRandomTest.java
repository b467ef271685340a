package org.theine.jcache.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random calls against a plain list of what should be linked; failures name capacity and seed. */
class WindowTinyLfuRandomTest {

  private static final int SEEDS = 8;
  private static final int STEPS = 4_000;

  @ParameterizedTest
  @CsvSource({"0,1", "1,1", "2,1", "3,1", "10,1", "150,1", "1000,1"})
  void anyCalls_entries_keepTheStructuresSound(long capacity, int maximumWeight) {
    run(capacity, maximumWeight);
  }

  @ParameterizedTest
  @CsvSource({"1,3", "10,20", "100,10", "1000,5", "1000,300", "100000,1000"})
  void anyCalls_weights_keepTheStructuresSound(long capacity, int maximumWeight) {
    run(capacity, maximumWeight);
  }

  private static void run(long capacity, int maximumWeight) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      try {
        new Run(capacity, maximumWeight, seed).steps();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            "capacity " + capacity + " weight " + maximumWeight + " seed " + seed, e);
      }
    }
  }

  /** One policy and the model beside it. */
  private static final class Run {
    private final SplittableRandom random;
    private final WindowTinyLfu policy;
    private final int maximumWeight;
    private final List<Integer> linked = new ArrayList<>();
    private final Deque<Integer> free = new ArrayDeque<>();
    private int[] weights = {};
    private boolean[] used = {};
    private long total;
    private long capacity;
    private boolean declined; // the next victim may be the newest, for want of another
    private int newest = EvictionPolicy.NONE;

    Run(long capacity, int maximumWeight, long seed) {
      this.capacity = capacity;
      this.maximumWeight = maximumWeight;
      random = new SplittableRandom(seed);
      policy = new WindowTinyLfu(capacity, maximumWeight > 1, slot -> hash(slot, seed), seed);
    }

    void steps() {
      for (int step = 0; step < STEPS; step++) {
        step(random.nextInt(100));
        assertThat(policy.weight()).isEqualTo(total);
        if (step % 16 == 0) {
          policy.audit(slot -> slot < used.length && used[slot]);
        }
      }
      while (heavy() > 0) {
        leave(victim());
      }
      assertThat(policy.victim()).isEqualTo(EvictionPolicy.NONE);
      policy.audit(slot -> slot < used.length && used[slot]);
      assertThat(policy.weight()).isZero();
    }

    /** Those that can be victims. */
    private long heavy() {
      return linked.stream().filter(slot -> weights[slot] > 0).count();
    }

    private void step(int dice) {
      if (dice < 45) {
        insert();
      } else if (dice < 80) {
        policy.hit(random.nextInt(-1, used.length + 5), 0);
      } else if (dice < 85) {
        busy();
      } else if (dice < 98) {
        changeLinked(dice);
      } else if (random.nextInt(4) == 0) {
        policy.follow(new Advice(random.nextDouble(), random.nextBoolean()));
      } else if (random.nextInt(4) == 0) {
        capacity = random.nextLong(2 * capacity + 2);
        policy.capacity(capacity);
      } else if (random.nextInt(20) == 0) {
        clear();
      }
    }

    private void insert() {
      Integer reused = free.poll();
      int slot = reused == null ? grow() : reused;
      weights[slot] = weight();
      used[slot] = true;
      linked.add(slot);
      total += weights[slot];
      policy.insert(slot, weights[slot]);
      newest = weights[slot] > 0 ? slot : EvictionPolicy.NONE;
      for (int i = 0; i < 40 && total > capacity && random.nextInt(8) > 0; i++) {
        leave(victim());
      }
    }

    private int grow() {
      int slot = used.length;
      used = Arrays.copyOf(used, slot + 1);
      weights = Arrays.copyOf(weights, slot + 1);
      return slot;
    }

    private int victim() {
      int victim = policy.victim();
      assertThat(used[victim]).isTrue();
      assertThat(weights[victim]).isPositive();
      if (heavy() > 1 && !declined && !policy.refuses(victim)) {
        assertThat(victim).isNotEqualTo(newest);
      }
      declined = false;
      return victim;
    }

    private void busy() {
      long heavy = heavy();
      if (heavy == 0) {
        assertThat(policy.victim()).isEqualTo(EvictionPolicy.NONE);
        return;
      }
      int victim = policy.victim();
      policy.busy(victim);
      declined = heavy == 1;
      if (heavy > 1) {
        assertThat(policy.victim()).isNotEqualTo(victim).isNotEqualTo(EvictionPolicy.NONE);
      }
    }

    private void changeLinked(int dice) {
      if (linked.isEmpty()) {
        assertThat(policy.victim()).isEqualTo(EvictionPolicy.NONE);
        return;
      }
      int slot = linked.get(random.nextInt(linked.size()));
      if (dice < 92) {
        leave(slot);
      } else {
        int weight = weight();
        if ((weight == 0) != (weights[slot] == 0)) {
          newest = EvictionPolicy.NONE; // the window has another first, or this one is no victim
        }
        total += weight - weights[slot];
        weights[slot] = weight;
        policy.reweigh(slot, weight);
      }
    }

    private void leave(int slot) {
      policy.remove(slot);
      linked.remove((Integer) slot);
      free.add(slot);
      used[slot] = false;
      total -= weights[slot];
      newest = newest == slot ? EvictionPolicy.NONE : newest;
    }

    private void clear() {
      policy.clear();
      free.addAll(linked);
      linked.clear();
      used = new boolean[used.length];
      total = 0;
      newest = EvictionPolicy.NONE;
    }

    private int weight() {
      return maximumWeight == 1 ? 1 : random.nextInt(maximumWeight + 1);
    }

    /** A few slots share a hash. */
    private static long hash(int slot, long seed) {
      long z = (slot % 50 + seed) * 0x9e3779b97f4a7c15L;
      return (z ^ z >>> 29) * 0xbf58476d1ce4e5b9L;
    }
  }
}
