package org.theine.jcache.timer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimerWheelTest {
  private static final long TICK = 1L << 28;
  private static final long DAY = TimeUnit.DAYS.toNanos(1);
  private static final int ALL = Integer.MAX_VALUE;

  /** The truth, which the wheel asks for. */
  private final Map<Integer, Long> deadlines = new HashMap<>();

  private final List<Integer> due = new ArrayList<>();
  private final TimerWheel wheel = new TimerWheel(0, deadlines::get);

  private void schedule(int slot, long deadlineNanos) {
    deadlines.put(slot, deadlineNanos);
    wheel.schedule(slot, deadlineNanos);
  }

  private List<Integer> dueAt(long nowNanos) {
    due.clear();
    wheel.advance(nowNanos, due::add, ALL);
    return due;
  }

  @AfterEach
  void audit() {
    wheel.audit(wheel::isScheduled);
  }

  @Test
  void advance_emptyWheel_hasNothingToDo() {
    assertThat(dueAt(DAY)).isEmpty();
    assertThat(wheel.nextNanos()).isEqualTo(Clock.NEVER);
    assertThat(wheel.size()).isZero();
  }

  // Shifts: 28 a tick, 34 a turn of level 0, 40 of level 1, 46 of level 2, 52 of level 3
  @ParameterizedTest
  @ValueSource(ints = {28, 29, 33, 34, 35, 39, 40, 41, 45, 46, 47, 51, 52, 53, 57, 58, 59, 60, 62})
  void advance_aroundEachLevelBoundary_isNeverEarlyAndWithinATick(int shift) {
    for (long start : new long[] {0, TICK, 63 * TICK, 12_345_678_901L, (1L << 46) - 1}) {
      for (long offset : new long[] {1 - TICK, -1, 0, 1, TICK, TICK + 1}) {
        expectDueOnTime(start, start + (1L << shift) + offset);
      }
    }
  }

  private static void expectDueOnTime(long start, long deadline) {
    List<Integer> due = new ArrayList<>();
    TimerWheel wheel = new TimerWheel(start, slot -> deadline);
    wheel.schedule(0, deadline);
    wheel.audit(slot -> slot == 0);
    // Follow the hints, so that each cascade happens as early as it may.
    for (long now = wheel.nextNanos(); now < deadline; now = wheel.nextNanos()) {
      assertThat(wheel.advance(now, due::add, ALL)).isLessThanOrEqualTo(1);
      wheel.audit(slot -> slot == 0);
      assertThat(wheel.nextNanos()).isGreaterThan(now);
    }
    wheel.advance(deadline - 1, due::add, ALL);
    assertThat(due).as("due of %d at %d", deadline, deadline - 1).isEmpty();
    wheel.advance(deadline + TICK - 1, due::add, ALL);
    assertThat(due).as("due of %d within a tick", deadline).containsExactly(0);
    assertThat(wheel.size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {28, 30, 34, 36, 40, 42, 46, 48, 52, 54, 60})
  void advance_pausedUntilTheDeadline_isDueInOneCall(int shift) {
    long deadline = (1L << shift) + 17;
    schedule(3, deadline);
    assertThat(dueAt(deadline - 1)).isEmpty();
    assertThat(dueAt(deadline + TICK)).containsExactly(3);
  }

  @Test
  void advance_deadlineOnATick_isDueAtThatTick() {
    schedule(0, 5 * TICK);
    assertThat(dueAt(5 * TICK - 1)).isEmpty();
    assertThat(dueAt(5 * TICK)).containsExactly(0);
  }

  @Test
  void advance_deadlinePastOrDead_isDueWithoutTimePassing() {
    assertThat(dueAt(DAY)).isEmpty();
    schedule(0, DAY);
    schedule(1, DAY - 1);
    schedule(2, 0);
    schedule(3, Clock.DEAD);
    schedule(4, DAY + 1);
    assertThat(wheel.nextNanos()).isEqualTo(DAY);
    assertThat(dueAt(DAY)).containsExactly(0, 1, 2, 3);
    assertThat(wheel.isScheduled(4)).isTrue();
  }

  @Test
  void advance_deadlineAtTheEndOfTime_isNotDueBefore() {
    schedule(0, Clock.NEVER - 1);
    schedule(1, Clock.NEVER - 2 * TICK);
    assertThat(dueAt(250 * 365 * DAY)).isEmpty();
    assertThat(dueAt(Clock.NEVER - 3 * TICK)).isEmpty();
    assertThat(dueAt(Clock.NEVER - 1)).containsExactly(1);
    assertThat(wheel.nextNanos()).isEqualTo(Clock.NEVER);
  }

  @Test
  void advance_pauseLongerThanATurn_visitsEachSlotOnce() {
    for (int slot = 0; slot < 500; slot++) {
      schedule(slot, (slot + 1) * TICK); // levels 0 and 1
    }
    schedule(500, 40 * DAY);
    schedule(501, 400 * DAY);
    int looked = wheel.advance(30 * DAY, due::add, ALL);
    assertThat(looked).isEqualTo(500);
    assertThat(due).hasSize(500).doesNotHaveDuplicates();
    assertThat(wheel.size()).isEqualTo(2);
  }

  @Test
  void advance_earlierTime_isIgnored() {
    schedule(0, 10 * TICK);
    assertThat(dueAt(5 * TICK)).isEmpty();
    assertThat(dueAt(TICK)).isEmpty();
    schedule(1, 4 * TICK); // past, as time stands at 5
    assertThat(dueAt(0)).containsExactly(1);
    assertThat(dueAt(10 * TICK)).containsExactly(0);
  }

  @Test
  void advance_limitReached_goesOnInTheNextCall() {
    for (int slot = 0; slot < 10; slot++) {
      schedule(slot, TICK);
    }
    assertThat(wheel.advance(TICK, due::add, 4)).isEqualTo(4);
    assertThat(wheel.nextNanos()).isEqualTo(TICK);
    assertThat(wheel.size()).isEqualTo(6);
    wheel.audit(slot -> slot >= 4 && slot < 10);
    wheel.cancel(5);
    assertThat(wheel.advance(TICK, due::add, 4)).isEqualTo(4);
    assertThat(wheel.advance(3 * TICK, due::add, 4)).isEqualTo(1);
    assertThat(due).containsExactly(0, 1, 2, 3, 4, 6, 7, 8, 9);
    assertThat(wheel.nextNanos()).isEqualTo(Clock.NEVER);
  }

  @Test
  void advance_limitReachedInACascade_countsMovesAndLosesNothing() {
    long deadline = 100 * TICK + 50; // level 1, entered at tick 64
    for (int slot = 0; slot < 10; slot++) {
      schedule(slot, deadline);
    }
    assertThat(wheel.nextNanos()).isEqualTo(64 * TICK);
    assertThat(wheel.advance(64 * TICK, due::add, 7)).isEqualTo(7);
    assertThat(due).isEmpty();
    assertThat(wheel.advance(102 * TICK, due::add, 1)).isEqualTo(1);
    assertThat(wheel.advance(102 * TICK, due::add, ALL)).isEqualTo(9);
    assertThat(due).hasSize(10).doesNotHaveDuplicates();
  }

  @Test
  void advance_limitNotPositive_isRefused() {
    assertThatThrownBy(() -> wheel.advance(0, due::add, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("limit must be positive: 0");
  }

  @Test
  void advance_deadlineMovedAway_looksAgainAtTheNewOne() {
    schedule(0, 3 * TICK);
    deadlines.put(0, 200 * TICK);
    assertThat(wheel.advance(3 * TICK, due::add, ALL)).isEqualTo(1);
    assertThat(due).isEmpty();
    assertThat(wheel.isScheduled(0)).isTrue();
    assertThat(dueAt(200 * TICK - 1)).isEmpty();
    assertThat(dueAt(200 * TICK)).containsExactly(0);
  }

  @Test
  void advance_deadlineBecameNever_dropsTheSlot() {
    schedule(0, 3 * TICK);
    deadlines.put(0, Clock.NEVER);
    assertThat(dueAt(3 * TICK)).isEmpty();
    assertThat(wheel.isScheduled(0)).isFalse();
    assertThat(wheel.size()).isZero();
  }

  @Test
  void advance_deadlineBecameDead_isDueWhenItsBucketComes() {
    schedule(0, 3 * TICK);
    deadlines.put(0, Clock.DEAD);
    assertThatCode(this::audit).doesNotThrowAnyException();
    assertThat(dueAt(3 * TICK)).containsExactly(0);
  }

  @Test
  void advance_handlerReschedulesItsSlot_isDueAgainLater() {
    schedule(0, TICK);
    wheel.advance(
        TICK,
        slot -> {
          assertThat(wheel.isScheduled(slot)).isFalse();
          schedule(slot, 5 * TICK);
        },
        ALL);
    assertThat(wheel.isScheduled(0)).isTrue();
    assertThat(dueAt(4 * TICK)).isEmpty();
    assertThat(dueAt(5 * TICK)).containsExactly(0);
  }

  @Test
  void advance_handlerReschedulesForNow_isBoundedByTheLimit() {
    schedule(0, TICK);
    assertThat(wheel.advance(TICK, slot -> schedule(slot, TICK), 10)).isEqualTo(10);
    assertThat(wheel.isScheduled(0)).isTrue();
  }

  @Test
  void advance_handlerCancelsOthersInTheSameBucket_areNotDue() {
    for (int slot = 0; slot < 5; slot++) {
      schedule(slot, TICK);
    }
    wheel.advance(
        TICK,
        slot -> {
          due.add(slot);
          wheel.cancel(slot);
          wheel.cancel(slot + 1);
        },
        ALL);
    assertThat(due).containsExactly(0, 2, 4);
    assertThat(wheel.size()).isZero();
  }

  @Test
  void advance_handlerSchedulesLargeSlots_survivesGrowth() {
    for (int slot = 0; slot < 5; slot++) {
      schedule(slot, TICK);
    }
    wheel.advance(
        TICK,
        slot -> {
          due.add(slot);
          schedule(10_000 * (slot + 1), 3 * TICK);
        },
        ALL);
    assertThat(due).containsExactly(0, 1, 2, 3, 4);
    assertThat(dueAt(3 * TICK)).containsExactly(10_000, 20_000, 30_000, 40_000, 50_000);
  }

  @Test
  void advance_handlerClears_ends() {
    schedule(0, TICK);
    schedule(1, TICK);
    assertThat(wheel.advance(TICK, slot -> wheel.clear(), ALL)).isEqualTo(1);
    assertThat(wheel.size()).isZero();
  }

  @Test
  void advance_handlerThrows_leavesTheOthers() {
    schedule(0, TICK);
    schedule(1, TICK);
    TimerWheel.DueHandler failing =
        slot -> {
          throw new IllegalStateException("slot " + slot);
        };
    assertThatThrownBy(() -> wheel.advance(TICK, failing, ALL)).hasMessage("slot 0");
    assertThat(wheel.isScheduled(0)).isFalse();
    assertThat(dueAt(TICK)).containsExactly(1);
  }

  @Test
  void schedule_again_replacesTheFormer() {
    schedule(0, 3 * TICK);
    schedule(0, 300 * TICK);
    assertThat(wheel.size()).isEqualTo(1);
    assertThat(dueAt(299 * TICK)).isEmpty();
    schedule(0, 301 * TICK);
    schedule(0, 300 * TICK);
    assertThat(dueAt(300 * TICK)).containsExactly(0);
    assertThat(wheel.size()).isZero();
  }

  @Test
  void schedule_never_cancels() {
    schedule(0, 3 * TICK);
    schedule(0, Clock.NEVER);
    schedule(1, Clock.NEVER);
    assertThat(wheel.size()).isZero();
    assertThat(dueAt(DAY)).isEmpty();
  }

  @Test
  void schedule_slotOutOfRange_isRefused() {
    assertThatThrownBy(() -> wheel.schedule(-1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("slot must be from 0 to")
        .hasMessageEndingWith(": -1");
    assertThatThrownBy(() -> wheel.schedule(Integer.MAX_VALUE, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void cancel_notScheduled_doesNothing() {
    wheel.cancel(0);
    schedule(0, TICK);
    wheel.cancel(1);
    wheel.cancel(1_000_000);
    assertThat(wheel.size()).isEqualTo(1);
    wheel.cancel(0);
    wheel.cancel(0);
    assertThat(wheel.size()).isZero();
    assertThat(wheel.nextNanos()).isEqualTo(Clock.NEVER);
  }

  @Test
  void cancel_lastOfABucket_isNotMetAgain() {
    schedule(0, 2 * TICK);
    schedule(1, 200 * TICK);
    wheel.cancel(0);
    assertThat(wheel.nextNanos()).isEqualTo(192 * TICK); // level 1, third bucket
    assertThat(wheel.advance(100 * TICK, due::add, ALL)).isZero();
  }

  @Test
  void schedule_aBucketBeyondTheNextTurn_goesToTheNextLevel() {
    for (int level = 0; level < 4; level++) {
      long bucket = TICK << (6 * level);
      schedule(0, 64 * bucket); // the last one of the turn
      assertThat(wheel.nextNanos()).isEqualTo(64 * bucket);
      schedule(0, 65 * bucket); // its position on this level is that of the first
      assertThat(wheel.nextNanos()).isEqualTo(64 * bucket);
    }
  }

  @Test
  void nextNanos_severalLevels_isTheEarliestBucket() {
    schedule(0, 400 * DAY);
    assertThat(wheel.nextNanos()).isEqualTo(1L << 52);
    schedule(1, 10 * DAY);
    assertThat(wheel.nextNanos()).isEqualTo((10 * DAY >> 46) << 46);
    schedule(2, 7 * TICK - 1);
    assertThat(wheel.nextNanos()).isEqualTo(7 * TICK);
  }

  @Test
  void clear_thenSchedule_startsAnewAtTheSameTime() {
    for (int slot = 0; slot < 1000; slot++) {
      schedule(slot, (slot % 90 + 1) * (TICK << (slot % 4 * 6)));
    }
    assertThat(dueAt(TICK)).isNotEmpty();
    wheel.clear();
    assertThat(wheel.size()).isZero();
    assertThat(wheel.isScheduled(7)).isFalse();
    assertThat(wheel.nextNanos()).isEqualTo(Clock.NEVER);
    assertThat(dueAt(DAY)).isEmpty();
    schedule(7, DAY);
    assertThat(dueAt(DAY)).containsExactly(7);
  }

  @Test
  void audit_unexpectedSchedule_namesTheSlot() {
    schedule(5, TICK);
    assertThatThrownBy(() -> wheel.audit(slot -> false))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("slot 5");
    assertThatThrownBy(() -> wheel.audit(slot -> slot <= 5))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("slot 0");
  }

  @Test
  void audit_deadlineNearerThanItsBucket_namesTheSlot() {
    schedule(5, 100 * TICK);
    deadlines.put(5, 10 * TICK);
    assertThatThrownBy(this::audit)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("slot 5 is looked at after its deadline");
    deadlines.put(5, 1000 * TICK);
    assertThatCode(this::audit).doesNotThrowAnyException();
  }
}
