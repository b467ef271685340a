package org.theine.jcache.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Short histories of calls on every kind of cache: for each there is an order of its calls that
 * explains what they answered.
 */
class HistoryTest {
  /** How many histories of each setting the long test runs. */
  private static final long LONG = Long.getLong("theine.histories", 200_000);

  private static final HistoryRun.Goal SHORT =
      new HistoryRun.Goal(40_000, TimeUnit.MILLISECONDS.toNanos(2_500));

  static Stream<Setting> settings() {
    return Settings.all();
  }

  @ParameterizedTest
  @MethodSource("settings")
  void calls_byManyThreads_explained(Setting setting) throws Exception {
    run(setting, SHORT);
  }

  @Tag("full")
  @ParameterizedTest
  @MethodSource("settings")
  void calls_byManyThreadsForLong_explained(Setting setting) throws Exception {
    run(setting, HistoryRun.Goal.of(LONG));
  }

  private static void run(Setting setting, HistoryRun.Goal goal) throws InterruptedException {
    HistoryRun.Figures figures = HistoryRun.run(setting, System.nanoTime(), goal);
    System.out.printf(
        "histories of %s: %,d, with calls that overlap %,d%n",
        setting, figures.histories(), figures.overlapping());

    assertThat(figures.overlapping())
        .as("histories with calls that overlap: " + figures)
        .isGreaterThanOrEqualTo(HistoryRun.ENOUGH);
  }
}
