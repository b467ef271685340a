package org.theine.jcache.bench.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class GeneratorsTest {

  @Test
  void zipf_sameSeed_isTheSame() {
    long[] keys = Generators.zipf(0.9, 1000, 5000, 1);

    assertThat(keys).isEqualTo(Generators.zipf(0.9, 1000, 5000, 1)).hasSize(5000);
    assertThat(keys).isNotEqualTo(Generators.zipf(0.9, 1000, 5000, 2));
    assertThat(Arrays.stream(keys)).allMatch(key -> key >= 0 && key < 1000);
  }

  @Test
  void zipf_secondKey_isHalfAsFrequentForExponentOne() {
    Map<Long, Integer> counts = new HashMap<>();
    for (long key : Generators.zipf(1, 100, 100_000, 3)) {
      counts.merge(key, 1, Integer::sum);
    }

    double share = counts.get(1L) / (double) counts.get(0L);
    assertThat(share).isBetween(0.45, 0.55);
  }

  @Test
  void zipfShift_phases_haveDifferentPopularKeys() {
    long[] keys = Generators.zipfShift(1.2, 1000, 4001, 5, 4);

    assertThat(keys).hasSize(4000);
    assertThat(mostFrequent(keys, 0, 1000)).isNotEqualTo(mostFrequent(keys, 1000, 2000));
    assertThat(keys).isEqualTo(Generators.zipfShift(1.2, 1000, 4001, 5, 4));
  }

  private static long mostFrequent(long[] keys, int from, int to) {
    Map<Long, Integer> counts = new HashMap<>();
    Arrays.stream(keys, from, to).forEach(key -> counts.merge(key, 1, Integer::sum));
    return counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
  }

  @Test
  void hotBand_pairs_comeAtMostTwiceWithinTheBand() {
    long[] keys = Generators.hotBand(100, 20_000, 30, 60, 7);
    Map<Long, Integer> first = new HashMap<>();
    Map<Long, Integer> counts = new HashMap<>();
    for (int i = 0; i < keys.length; i++) {
      assertThat(keys[i]).isPositive();
      if (keys[i] > 100) {
        counts.merge(keys[i], 1, Integer::sum);
        Integer before = first.putIfAbsent(keys[i], i);
        if (before != null) {
          assertThat(i - before).isBetween(30, 59);
        }
      }
    }

    assertThat(counts.values()).allMatch(count -> count <= 2).contains(2);
    assertThat(keys).isEqualTo(Generators.hotBand(100, 20_000, 30, 60, 7));
  }

  @Test
  void loop_comesAgainInOrder() {
    assertThat(Generators.loop(3, 7)).containsExactly(0, 1, 2, 0, 1, 2, 0);
  }

  @Test
  void scanMix_afterEvery_scansNewKeysThenTheSameOnes() {
    long[] keys = Generators.scanMix(1, 10, 24, 2, 4, 8);
    long fresh = 1L << 40;

    assertThat(Arrays.copyOfRange(keys, 4, 6)).containsExactly(fresh, fresh + 1);
    assertThat(Arrays.copyOfRange(keys, 10, 12)).containsExactly(10, 11);
    assertThat(Arrays.copyOfRange(keys, 16, 18)).containsExactly(fresh + 2, fresh + 3);
    assertThat(Arrays.copyOfRange(keys, 22, 24)).containsExactly(10, 11);
    assertThat(Arrays.stream(keys, 0, 4)).allMatch(key -> key < 10);
  }

  @Test
  void all_knownArguments_giveKnownKeys() {
    assertThat(Arrays.hashCode(Generators.zipf(0.9, 1000, 5000, 1))).isEqualTo(ZIPF);
    assertThat(Arrays.hashCode(Generators.zipfShift(0.9, 1000, 5000, 1, 5))).isEqualTo(SHIFT);
    assertThat(Arrays.hashCode(Generators.hotBand(1000, 5000, 30, 60, 1))).isEqualTo(BAND);
  }

  /** What others have measured with these generators depends on each key. */
  private static final int ZIPF = 1317567063;

  private static final int SHIFT = -1579334177;
  private static final int BAND = 1048861452;

  @Test
  void weights_ofKeys_areFixedAndLogNormal() {
    Weights weights = new Weights(4096, 1.3);
    double sum = 0;
    double squares = 0;
    int keys = 20_000;
    for (int key = 0; key < keys; key++) {
      assertThat(weights.of(key)).isEqualTo(weights.of(key)).isPositive();
      double log = Math.log(weights.of(key) / 4096.0);
      sum += log;
      squares += log * log;
    }

    assertThat(sum / keys).isBetween(-0.05, 0.05);
    assertThat(Math.sqrt(squares / keys)).isBetween(1.25, 1.35);
  }
}
