package org.theine.jcache.timer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.RepeatedTest;

/** Random operations on a wheel and on a sorted map of deadlines. */
class TimerWheelModelTest {
  private static final long TICK = 1L << 28;
  private static final int SLOTS = 300;
  private static final int OPERATIONS = 4_000;

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);

  /** The truth, by slot; NEVER when the slot is not scheduled. */
  private final long[] deadlines = new long[SLOTS];

  private final TreeMap<Long, Set<Integer>> model = new TreeMap<>();
  private long now;
  private final TimerWheel wheel = new TimerWheel(0, slot -> deadlines[slot]);

  @RepeatedTest(20)
  void operations_random_agreeWithASortedMap() {
    Arrays.fill(deadlines, Clock.NEVER);
    try {
      for (int i = 0; i < OPERATIONS; i++) {
        operate();
        if (i % 20 == 0) {
          audit();
        }
      }
      drain();
      audit();
    } catch (Throwable e) {
      throw new AssertionError("seed " + seed, e);
    }
  }

  private void operate() {
    int slot = random.nextInt(SLOTS);
    switch (random.nextInt(10)) {
      case 0, 1, 2, 3, 4 -> schedule(slot, now + distance() - random.nextInt(3));
      case 5 -> cancel(slot);
      case 6 -> moveAway(slot);
      case 7 -> now = Math.max(now, Math.min(wheel.nextNanos(), now + distance()) - 1);
      default -> advance();
    }
    if (random.nextInt(2_000) == 0) {
      clear();
    }
  }

  /** From nothing to 9 years, each order of magnitude as likely; often at the edge of a bucket. */
  private long distance() {
    long distance = random.nextLong() >>> (random.nextInt(58) + 6);
    return random.nextInt(4) == 0 ? distance & -(TICK << random.nextInt(25)) : distance;
  }

  private void schedule(int slot, long deadline) {
    put(slot, deadline);
    wheel.schedule(slot, deadline);
  }

  private void cancel(int slot) {
    put(slot, Clock.NEVER);
    wheel.cancel(slot);
    assertThat(wheel.isScheduled(slot)).isFalse();
  }

  private void moveAway(int slot) {
    if (deadlines[slot] != Clock.NEVER) {
      put(slot, deadlines[slot] + distance());
    }
  }

  private void clear() {
    wheel.clear();
    model.clear();
    Arrays.fill(deadlines, Clock.NEVER);
  }

  private void put(int slot, long deadline) {
    model.computeIfPresent(
        deadlines[slot],
        (at, slots) -> {
          slots.remove(slot);
          return slots.isEmpty() ? null : slots;
        });
    deadlines[slot] = deadline;
    if (deadline != Clock.NEVER) {
      model.computeIfAbsent(deadline, at -> new TreeSet<>()).add(slot);
    }
  }

  private void advance() {
    now += distance() >> 3;
    expectHint();
    int limit = 1 + random.nextInt(2 * SLOTS);
    int looked = wheel.advance(now, this::due, limit);
    assertThat(looked).isBetween(0, limit);
    if (looked < limit) {
      assertThat(model.headMap((now & -TICK) + 1)).as("overdue at %d", now).isEmpty();
    }
  }

  /** The wheel may be early, but not later than the tick of the first deadline. */
  private void expectHint() {
    assertThat(wheel.nextNanos() == Clock.NEVER).isEqualTo(model.isEmpty());
    if (!model.isEmpty() && model.firstKey() > now) {
      assertThat(wheel.nextNanos()).isLessThan(model.firstKey() + TICK);
    }
  }

  private void due(int slot) {
    assertThat(deadlines[slot]).isLessThanOrEqualTo(now);
    assertThat(wheel.isScheduled(slot)).isFalse();
    put(slot, Clock.NEVER);
    if (random.nextInt(10) == 0) {
      schedule(slot, now + distance() + 1);
    }
    if (random.nextInt(10) == 0) {
      cancel(random.nextInt(SLOTS));
    }
  }

  /** Follows the wheel's own hints to the end. */
  private void drain() {
    while (wheel.size() > 0) {
      long next = wheel.nextNanos();
      if (next > now) {
        assertThat(wheel.advance(next - 1, this::fail, 1)).isZero();
        now = next;
      }
      List<Integer> drained = new ArrayList<>();
      assertThat(wheel.advance(now, drained::add, 100)).isPositive();
      for (int slot : drained) {
        assertThat(deadlines[slot]).isBetween(Clock.DEAD, now);
        put(slot, Clock.NEVER);
      }
    }
    assertThat(model).isEmpty();
  }

  private void fail(int slot) {
    throw new AssertionError("slot " + slot + " is due before the hint");
  }

  private void audit() {
    wheel.audit(slot -> slot < SLOTS && deadlines[slot] != Clock.NEVER);
    assertThat(wheel.size()).isEqualTo(model.values().stream().mapToInt(Set::size).sum());
  }
}
