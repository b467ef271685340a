package org.theine.jcache.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** LRU and the optimum, against known figures and against their definitions. */
final class ReferenceReplayTest {
  /** Published figures have five decimals. */
  private static final double ROUNDING = 0.000_005_1;

  @ParameterizedTest
  @CsvSource({
    "75, 0.33229, 0.51987",
    "300, 0.49013, 0.66846",
    "1200, 0.66854, 0.79121",
    "3000, 0.76485, 0.84242"
  })
  void hitRatio_web12_isTheKnownOne(int size, double lru, double optimum) throws IOException {
    Trace trace = Trace.resource("web12");

    assertThat(LruReplay.of(trace).hitRatio(size)).isEqualTo(lru, within(ROUNDING));
    assertThat(Optimum.of(trace).hitRatio(size)).isEqualTo(optimum, within(ROUNDING));
  }

  @Test
  void hitRatio_roomForAllKeys_missesEachOnce() throws IOException {
    Trace trace = Trace.resource("web12");
    double all = 1 - (double) trace.distinct() / trace.length();

    assertThat(LruReplay.of(trace).hitRatio(trace.distinct())).isEqualTo(all, within(1e-12));
    assertThat(LruReplay.of(trace).hitRatio(Integer.MAX_VALUE)).isEqualTo(all, within(1e-12));
    assertThat(Optimum.of(trace).hitRatio(trace.distinct())).isEqualTo(all, within(1e-12));
  }

  @Test
  void hitRatio_loopOneTooLong_isZeroForLruAndAlmostAllForTheOptimum() {
    Trace loop = Trace.of("loop", 1, 2, 3, 1, 2, 3, 1, 2, 3);

    assertThat(LruReplay.of(loop).hitRatio(2)).isZero();
    assertThat(Optimum.of(loop).hitRatio(2)).isEqualTo(4.0 / 9);
  }

  @Test
  void hitRatio_emptyTrace_isZero() {
    assertThat(LruReplay.of(Trace.of("empty")).hitRatio(1)).isZero();
    assertThat(Optimum.of(Trace.of("empty")).hitRatio(1)).isZero();
  }

  @Test
  void hitRatio_sizeZero_isRefused() {
    Trace trace = Trace.of("one", 1);

    assertThatThrownBy(() -> LruReplay.of(trace).hitRatio(0))
        .hasMessage("size must be positive: 0");
    assertThatThrownBy(() -> Optimum.of(trace).hitRatio(0)).hasMessage("size must be positive: 0");
  }

  @Test
  void hitRatio_randomTraces_agreesWithThePlainDefinition() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      long[] keys = random.longs(1 + random.nextInt(60), 0, 1 + random.nextInt(12)).toArray();
      int size = 1 + random.nextInt(8);
      Trace trace = Trace.of("random", keys);

      assertThat(LruReplay.of(trace).hitRatio(size))
          .as("LRU, seed %d, round %d, size %d: %s", seed, round, size, Arrays.toString(keys))
          .isEqualTo((double) plainLruHits(keys, size) / keys.length);
      assertThat(Optimum.of(trace).hitRatio(size))
          .as("optimum, seed %d, round %d, size %d: %s", seed, round, size, Arrays.toString(keys))
          .isEqualTo((double) plainOptimumHits(keys, size) / keys.length);
    }
  }

  private static int plainLruHits(long[] keys, int size) {
    Set<Long> present = new LinkedHashSet<>();
    int hits = 0;
    for (long key : keys) {
      hits += present.remove(key) ? 1 : 0;
      present.add(key);
      if (present.size() > size) {
        present.remove(present.iterator().next());
      }
    }
    return hits;
  }

  private static int plainOptimumHits(long[] keys, int size) {
    Set<Long> present = new LinkedHashSet<>();
    int hits = 0;
    for (int i = 0; i < keys.length; i++) {
      hits += present.add(keys[i]) ? 0 : 1;
      if (present.size() > size) {
        present.remove(furthest(present, keys, i));
      }
    }
    return hits;
  }

  private static long furthest(Set<Long> present, long[] keys, int index) {
    long furthest = 0;
    int distance = -1;
    for (long key : present) {
      int next = index + 1;
      while (next < keys.length && keys[next] != key) {
        next++;
      }
      if (next > distance) {
        distance = next;
        furthest = key;
      }
    }
    return furthest;
  }
}
