package org.theine.jcache.bench.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.theine.jcache.bench.Trace;

final class ReplayerTest {
  /** In a cache that is large enough each key misses once: 6 of 10. */
  private static final Trace SMALL = Trace.of("small", 1, 2, 3, 1, 2, 3, 4, 1, 2, 3);

  @ParameterizedTest
  @EnumSource(Provider.class)
  void measure_roomForAll_missesEachKeyOnce(Provider provider) throws InterruptedException {
    Measurement measurement =
        new Replayer(new Workload(SMALL, null), done -> {})
            .measure(Contender.plain(provider, null, 2), 1000);

    assertThat(measurement.hitRatio()).isEqualTo(0.6);
    assertThat(measurement.weightRatio()).isEqualTo(0.6);
    assertThat(measurement.liveMaximum()).isEqualTo(4);
    assertThat(measurement.runs()).isEqualTo(2);
    assertThat(measurement.spread()).isZero();
    assertThat(measurement.overfilled()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = Provider.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = "CAFFEINE_JCACHE_DEFAULT")
  void measure_moreKeysThanRoom_isFilledToTheBound(Provider provider)
      throws IOException, InterruptedException {
    Workload workload = workload("zipf 0.9 2000 20000 1");
    Measurement measurement =
        new Replayer(workload, done -> {}).measure(Contender.plain(provider, null, 1), 100);

    assertThat(measurement.liveMaximum()).isEqualTo(100);
    assertThat(measurement.overfilled()).isFalse();
    assertThat(measurement.hitRatio()).isBetween(0.1, 0.9);
  }

  @ParameterizedTest
  @EnumSource(
      value = Provider.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = "CAFFEINE_JCACHE_DEFAULT")
  void live_afterRequests_isWhatAWalkCounts(Provider provider) throws IOException {
    Workload workload = workload("zipf 0.9 2000 5000 1");
    try (ReplayedCache cache = provider.open(new Bound(500, false, null))) {
      for (int i = 0; i < workload.trace().length(); i++) {
        cache.request(workload.key(i), workload.weight(i));
      }

      assertThat(cache.live()).isEqualTo(cache.counted()).isEqualTo(500);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Provider.class,
      names = {"THEINE", "CAFFEINE"})
  void measure_weighted_keepsTheBoundOfWeight(Provider provider)
      throws IOException, InterruptedException {
    Workload workload = workload("sized 1000 1 zipf 0.9 2000 20000 1");
    Measurement measurement =
        new Replayer(workload, done -> {}).measure(Contender.plain(provider, null, 1), 100_000);

    assertThat(measurement.liveMaximum()).isBetween(80_000L, 100_000L);
    assertThat(measurement.weightRatio()).isBetween(0.1, 0.9);
    assertThat(measurement.hitRatio()).isGreaterThan(measurement.weightRatio());
  }

  @Test
  void measure_oursTwice_hasTheSameHits() throws IOException, InterruptedException {
    Workload workload = workload("hotband 500 20000 50 100 1");
    Contender ours = Contender.plain(Provider.THEINE, null, 2);

    assertThat(new Replayer(workload, done -> {}).measure(ours, 200).spread()).isZero();
  }

  @Test
  void measure_twoThreads_replaysEveryRequestOnce() throws InterruptedException {
    AtomicLong done = new AtomicLong();
    Measurement measurement =
        new Replayer(new Workload(SMALL, null), done::addAndGet)
            .measure(new Contender(Provider.THEINE, 2, 2, null, 1), 1000);

    assertThat(done).hasValue(SMALL.length());
    assertThat(measurement.hitRatio()).isBetween(0.2, 0.6); // both may miss the same key
    assertThat(measurement.liveMaximum()).isEqualTo(4);
  }

  @Test
  void turn_parts_takesOneOfEachAndThenTheRest() {
    assertThat(IntStream.range(0, 7).map(at -> Replayer.turn(7, 2, at)))
        .containsExactly(0, 3, 1, 4, 2, 5, 6);
    assertThat(IntStream.range(0, 3).map(at -> Replayer.turn(3, 1, at))).containsExactly(0, 1, 2);
  }

  @Test
  void measure_partsInTurn_isAnotherOrderThatRepeats() throws IOException, InterruptedException {
    Replayer replayer = new Replayer(workload("hotband 500 20000 50 100 1"), done -> {});
    Measurement inTurn = replayer.measure(new Contender(Provider.THEINE, 2, 1, null, 2), 200);

    assertThat(inTurn.spread()).isZero();
    assertThat(inTurn.hitRatio())
        .isNotEqualTo(replayer.measure(Contender.plain(Provider.THEINE, null, 1), 200).hitRatio());
  }

  @Test
  void measure_forcedShards_areUsed() throws IOException, InterruptedException {
    Workload workload = workload("zipf 0.9 2000 20000 1");
    Replayer replayer = new Replayer(workload, done -> {});

    assertThat(replayer.measure(Contender.plain(Provider.THEINE, 8, 1), 200).hitRatio())
        .isNotEqualTo(replayer.measure(Contender.plain(Provider.THEINE, 1, 1), 200).hitRatio());
  }

  @Test
  void weightedLru_knownRequests_hitsAsWorkedOutByHand() {
    // Weights of 1, whatever the key: at 2 the third request and the last are hits.
    Workload workload = new Workload(Trace.of("hand", 1, 2, 1, 3, 2, 2), new Weights(1, 0));

    assertThat(WeightedLru.measure(workload, 2).hitRatio()).isEqualTo(2.0 / 6);
    assertThat(WeightedLru.measure(workload, 3).hitRatio()).isEqualTo(3.0 / 6);
  }

  @Test
  void weightedLru_entryHeavierThanAll_isNotKept() {
    Workload workload = new Workload(Trace.of("heavy", 1, 1, 1), new Weights(100, 0));

    assertThat(WeightedLru.measure(workload, 99).hitRatio()).isZero();
    assertThat(WeightedLru.measure(workload, 100).hitRatio()).isEqualTo(2.0 / 3);
  }

  private static Workload workload(String spec) throws IOException {
    return Spec.parse(spec, new ShippedFiles()).make("test");
  }
}
