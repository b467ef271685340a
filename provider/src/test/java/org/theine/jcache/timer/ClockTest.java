package org.theine.jcache.timer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClockTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long HOUR = TimeUnit.HOURS.toNanos(1);

  private final AtomicLong ticker = new AtomicLong(-77);
  private final AtomicInteger readings = new AtomicInteger();

  private long tick() {
    readings.incrementAndGet();
    return ticker.get();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, -5_000, Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE - 3})
  void nanos_anyOrigin_countsFromZeroAcrossTheWrap(long origin) {
    ticker.set(origin);
    Clock clock = new Clock(ticker::get);
    assertThat(clock.nanos()).isZero();
    ticker.set(origin + 10);
    assertThat(clock.nanos()).isEqualTo(10);
    ticker.set(origin + HOUR);
    assertThat(clock.nanos()).isEqualTo(HOUR);
    assertThat(clock.coarseNanos()).isEqualTo(HOUR);
  }

  @Test
  void nanos_tickerStepsBack_standsStillUntilItHasCaughtUp() {
    Clock clock = new Clock(ticker::get);
    ticker.addAndGet(100);
    assertThat(clock.nanos()).isEqualTo(100);
    ticker.addAndGet(-500);
    assertThat(clock.nanos()).isEqualTo(100);
    ticker.addAndGet(501);
    assertThat(clock.nanos()).isEqualTo(101);
  }

  @Test
  void nanos_tickerStepsBackAtOnce_isNeverNegative() {
    Clock clock = new Clock(ticker::get);
    ticker.addAndGet(-HOUR);
    assertThat(clock.nanos()).isZero();
  }

  @Test
  void nanos_systemClock_doesNotGoBack() {
    Clock clock = Clock.system();
    long last = clock.nanos();
    for (int i = 0; i < 10_000; i++) {
      long now = clock.nanos();
      assertThat(now).isGreaterThanOrEqualTo(last);
      assertThat(clock.coarseNanos()).isLessThanOrEqualTo(clock.nanos());
      last = now;
    }
    assertThat(Clock.system()).isSameAs(clock);
  }

  @Test
  void coarseNanos_coarseClock_movesWithNanosOnly() {
    Clock clock = new Clock(this::tick, false);
    ticker.addAndGet(SECOND);
    assertThat(clock.coarseNanos()).isZero();
    assertThat(clock.nanos()).isEqualTo(SECOND);
    assertThat(clock.coarseNanos()).isEqualTo(SECOND);
  }

  @Test
  void coarseNanos_lessThanAStepLater_staysButNanosIsExact() {
    Clock clock = new Clock(this::tick, false);
    ticker.addAndGet(1000);
    assertThat(clock.nanos()).isEqualTo(1000);
    assertThat(clock.coarseNanos()).isZero();
  }

  @Test
  void coarseNanos_aStepLater_moves() {
    long step = 1L << 20;
    Clock clock = new Clock(this::tick, false);
    ticker.addAndGet(SECOND);
    clock.nanos();
    ticker.addAndGet(step - 1);
    clock.nanos();
    assertThat(clock.coarseNanos()).isEqualTo(SECOND);
    ticker.addAndGet(1);
    clock.nanos();
    assertThat(clock.coarseNanos()).isEqualTo(SECOND + step);
  }

  @Test
  void coarseNanos_injectedTicker_isExact() {
    Clock clock = new Clock(this::tick);
    ticker.addAndGet(1);
    assertThat(clock.coarseNanos()).isEqualTo(1);
  }

  @Test
  void clock_withoutTicker_isRefused() {
    LongSupplier none = null;
    assertThatThrownBy(() -> new Clock(none))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("ticker");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void hasPassed_never_isFalseWithoutReadingTheTicker(boolean exact) {
    Clock clock = new Clock(this::tick, exact);
    readings.set(0);
    for (int i = 0; i < 1000; i++) {
      assertThat(clock.hasPassed(Clock.NEVER)).isFalse();
    }
    assertThat(readings).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void hasPassed_dead_isTrueAtOnce(boolean exact) {
    assertThat(new Clock(this::tick, exact).hasPassed(Clock.DEAD)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void hasPassed_closeDeadline_isExactToTheNanosecond(boolean exact) {
    Clock clock = new Clock(this::tick, exact);
    long deadline = SECOND;
    ticker.addAndGet(deadline - 1);
    assertThat(clock.hasPassed(deadline)).isFalse();
    ticker.addAndGet(1);
    assertThat(clock.hasPassed(deadline)).isTrue();
    ticker.addAndGet(1);
    assertThat(clock.hasPassed(deadline)).isTrue();
  }

  @Test
  void hasPassed_injectedTickerAndFarDeadline_isExact() {
    Clock clock = new Clock(this::tick);
    assertThat(clock.hasPassed(HOUR)).isFalse();
    ticker.addAndGet(HOUR);
    assertThat(clock.hasPassed(HOUR)).isTrue();
  }

  @Test
  void hasPassed_farDeadline_asksTheTickerOnceIn64Looks() {
    Clock clock = new Clock(this::tick, false);
    readings.set(0);
    for (int i = 0; i < 640; i++) {
      assertThat(clock.hasPassed(HOUR)).isFalse();
    }
    assertThat(readings).hasValue(10);
  }

  @Test
  void hasPassed_nobodyAdvancesTheCoarseTime_isNoticedWithin64Looks() {
    Clock clock = new Clock(this::tick, false);
    ticker.addAndGet(2 * HOUR);
    int looks = 1;
    while (!clock.hasPassed(HOUR)) {
      looks++;
      assertThat(looks).isLessThanOrEqualTo(64);
    }
    assertThat(looks).isGreaterThan(1); // the first ones trusted the coarse time
    assertThat(clock.coarseNanos()).isEqualTo(2 * HOUR);
    assertThat(clock.hasPassed(HOUR + 1)).isTrue(); // which is now right for every deadline
  }

  @Test
  void hasPassed_anotherReadingOfTheClock_isNoticedAtOnce() {
    Clock clock = new Clock(this::tick, false);
    assertThat(clock.hasPassed(HOUR)).isFalse();
    ticker.addAndGet(HOUR);
    clock.nanos();
    assertThat(clock.hasPassed(HOUR)).isTrue();
  }

  @Test
  void hasPassed_aSecondAway_isWhereTrustEnds() {
    Clock clock = new Clock(this::tick, false);
    readings.set(0);
    clock.hasPassed(SECOND + 1);
    assertThat(readings).hasValue(0);
    clock.hasPassed(SECOND);
    assertThat(readings).hasValue(1);
  }

  @Test
  void hasPassed_tenSecondsAway_asksTheTickerOnceInFourLooks() {
    Clock clock = new Clock(this::tick, false);
    readings.set(0);
    for (int i = 0; i < 40; i++) {
      assertThat(clock.hasPassed(10 * SECOND)).isFalse();
    }
    assertThat(readings).hasValue(10);
    for (int i = 0; i < 64; i++) {
      assertThat(clock.hasPassed(10 * SECOND + 1)).isFalse();
    }
    assertThat(readings).as("further away").hasValue(11);
  }

  @Test
  void hasPassed_atTheEndOfTime_doesNotOverflow() {
    Clock clock = new Clock(this::tick, false);
    ticker.addAndGet(Long.MAX_VALUE - SECOND);
    clock.nanos();
    assertThat(clock.hasPassed(Long.MAX_VALUE - 1)).isFalse();
    assertThat(clock.hasPassed(Long.MAX_VALUE - SECOND)).isTrue();
  }

  @Test
  void deadline_ordinary_isTheSum() {
    assertThat(Clock.deadline(5, 7)).isEqualTo(12);
    assertThat(Clock.deadline(5, 0)).isEqualTo(5);
  }

  @Test
  void deadline_tooFar_isNever() {
    assertThat(Clock.deadline(1, Long.MAX_VALUE)).isEqualTo(Clock.NEVER);
    assertThat(Clock.deadline(0, Long.MAX_VALUE)).isEqualTo(Clock.NEVER);
    assertThat(Clock.deadline(Long.MAX_VALUE, Long.MAX_VALUE)).isEqualTo(Clock.NEVER);
    assertThat(Clock.deadline(Long.MAX_VALUE - 1, 2)).isEqualTo(Clock.NEVER);
  }

  @Test
  void deadline_negativeDuration_countsAsZero() {
    assertThat(Clock.deadline(5, -1)).isEqualTo(5);
    assertThat(Clock.deadline(0, Long.MIN_VALUE)).isZero();
    assertThat(Clock.deadline(Long.MIN_VALUE, Long.MIN_VALUE)).isNotEqualTo(Clock.DEAD);
  }
}
