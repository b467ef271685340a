package org.theine.jcache.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CacheStatisticsTest {

  private static final CacheStatistics.Snapshot NOTHING =
      new CacheStatistics.Snapshot(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  private final CacheStatistics statistics = new CacheStatistics();

  @BeforeEach
  void enable() {
    statistics.setEnabled(true);
  }

  @Test
  void record_eachCounter_countsOnlyThat() {
    statistics.recordHits(1);
    statistics.recordMisses(2);
    statistics.recordPuts(3);
    statistics.recordRemovals(4);
    statistics.recordEvictions(5);
    statistics.recordExpirations(6);
    statistics.recordLoads(7, 70);
    statistics.recordLoadFailures(8, 30);
    statistics.recordGetTime(9_000);
    statistics.recordPutTime(10_000);
    statistics.recordRemoveTime(11_000);

    assertThat(statistics.snapshot())
        .isEqualTo(new CacheStatistics.Snapshot(1, 2, 3, 4, 5, 6, 7, 8, 100, 9, 10, 11));
  }

  @Test
  void record_nothing_countsNothing() {
    statistics.recordHits(0);

    assertThat(statistics.snapshot()).isEqualTo(NOTHING);
  }

  @Test
  void record_manyThreads_losesNothing() throws InterruptedException {
    int threads = 8;
    int rounds = 20_000;
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Thread worker = new Thread(() -> recordAll(go, rounds));
      worker.start();
      workers.add(worker);
    }
    go.countDown();
    for (Thread worker : workers) {
      worker.join();
    }

    long total = (long) threads * rounds;
    assertThat(statistics.snapshot())
        .isEqualTo(
            new CacheStatistics.Snapshot(
                total,
                2 * total,
                total,
                total,
                total,
                total,
                3 * total,
                total,
                12 * total,
                0.5f,
                1.5f,
                2.5f));
  }

  private void recordAll(CountDownLatch go, int rounds) {
    try {
      go.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    for (int i = 0; i < rounds; i++) {
      statistics.recordHits(1);
      statistics.recordMisses(2);
      statistics.recordPuts(1);
      statistics.recordRemovals(1);
      statistics.recordEvictions(1);
      statistics.recordExpirations(1);
      statistics.recordLoads(3, 5);
      statistics.recordLoadFailures(1, 7);
      statistics.recordGetTime(500);
      statistics.recordPutTime(1_500);
      statistics.recordRemoveTime(2_500);
    }
  }

  @Test
  void newStatistics_neverEnabled_countNothing() {
    CacheStatistics disabled = new CacheStatistics();

    recordHitAndTime(disabled);

    assertThat(disabled.isEnabled()).isFalse();
    assertThat(disabled.start()).isZero();
    assertThat(disabled.snapshot()).isEqualTo(NOTHING);
  }

  @Test
  void setEnabled_offAndOnAgain_keepsTheCountsAndAddsNothingOfMeanwhile() {
    recordHitAndTime(statistics);

    statistics.setEnabled(false);
    recordHitAndTime(statistics);
    assertThat(statistics.isEnabled()).isFalse();
    assertThat(statistics.start()).isZero();
    assertThat(statistics.snapshot().hits()).isEqualTo(1);

    statistics.setEnabled(true);
    statistics.setEnabled(true);
    recordHitAndTime(statistics);
    assertThat(statistics.isEnabled()).isTrue();
    assertThat(statistics.snapshot().hits()).isEqualTo(2);
  }

  @Test
  void clear_afterCounting_isZeroAndTimesTheNextOperation() {
    for (int i = 0; i < 1000; i++) {
      statistics.start();
      recordHitAndTime(statistics);
    }

    statistics.clear();

    assertThat(statistics.snapshot()).isEqualTo(NOTHING);
    assertThat(statistics.start()).isNotZero();
  }

  @Test
  void clear_neverEnabled_doesNothing() {
    CacheStatistics disabled = new CacheStatistics();

    disabled.clear();

    assertThat(disabled.snapshot()).isEqualTo(NOTHING);
  }

  @Test
  void start_firstOperations_areAllTimed() {
    for (int i = 0; i < 64; i++) {
      assertThat(statistics.start()).as("operation %d", i).isNotZero();
    }
  }

  @Test
  void start_rhythmOfAnyLength_timesOneInSixteenOfEachBeat() {
    for (int period = 1; period <= 32; period++) {
      int beats = 3_200;
      int[] timed = new int[period];
      for (int i = 0; i < period * beats; i++) {
        if (statistics.start() != 0) {
          timed[i % period]++;
        }
      }
      for (int beat = 0; beat < period; beat++) {
        assertThat(timed[beat]).as("beat %d of %d", beat, period).isBetween(150, 300);
      }
    }
  }

  @Test
  void averages_differentOperations_areDividedByTheirOwnCounter() {
    statistics.recordHits(100);
    statistics.recordGetTime(1_000);
    statistics.recordGetTime(2_000);
    statistics.recordPutTime(4_000);

    CacheStatistics.Snapshot snapshot = statistics.snapshot();

    assertThat(snapshot.averageGetMicros()).isEqualTo(1.5f);
    assertThat(snapshot.averagePutMicros()).isEqualTo(4f);
    assertThat(snapshot.averageRemoveMicros()).isZero();
  }

  @Test
  void recordTime_clockThatWentBack_countsAsZero() {
    statistics.recordGetTime(-5);
    statistics.recordLoads(1, -5);
    statistics.recordLoadFailures(1, -5);

    assertThat(statistics.snapshot().averageGetMicros()).isZero();
    assertThat(statistics.snapshot().loadNanos()).isZero();
  }

  @Test
  void percentages_noRequests_areZero() {
    assertThat(statistics.snapshot().hitPercentage()).isZero();
    assertThat(statistics.snapshot().missPercentage()).isZero();
  }

  @Test
  void percentages_requests_addUpToHundred() {
    statistics.recordHits(1);
    statistics.recordMisses(3);

    assertThat(statistics.snapshot().gets()).isEqualTo(4);
    assertThat(statistics.snapshot().hitPercentage()).isEqualTo(25f);
    assertThat(statistics.snapshot().missPercentage()).isEqualTo(75f);
  }

  private static void recordHitAndTime(CacheStatistics statistics) {
    statistics.recordHits(1);
    statistics.recordGetTime(1_000);
  }
}
