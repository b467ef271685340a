package org.theine.jcache.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("hit-ratio")
class HitRatioTest {

  private static final long SEED = 42;

  @ParameterizedTest
  @CsvSource({"0.9,500", "0.9,5000", "0.99,500", "0.99,5000"})
  void zipf_anySize_isThatOfExactRecordingOrBetter(double exponent, int capacity) {
    long[] trace = References.zipf(exponent, 50_000, 400_000, SEED);
    PolicyCache cache = new PolicyCache(capacity, SEED);
    double ratio = cache.hitRatio(trace);
    double exact = References.windowTinyLfu(capacity, 0.01, trace);
    assertThat(ratio).isBetween(exact - 0.5, exact + 1); // bursts count once, which helps a little
    assertThat(ratio).isGreaterThan(References.lru(capacity, trace) + 4);
    assertThat(ratio).isLessThan(References.optimum(capacity, trace));
    cache.audit();
  }

  /**
   * What a mark for each slot, in place of a queue of all hits, costs where recency counts: some
   * points for keys that come twice at about the distance that a fixed window bridges, since what
   * is marked takes another turn in it, and hardly any once the adviser has chosen the window. At
   * distances that are more than the cache holds, 3,000 here, it is four.
   */
  @ParameterizedTest
  @CsvSource({"100", "300", "1000", "2000"})
  void bursts_withAnAdviser_isNearExactRecordingWithTheBestWindow(int distance) {
    int capacity = 2_000;
    long[] trace = References.bursts(20_000, distance, 400_000, SEED);
    double best = 0;
    for (double windowShare : new double[] {0.01, 0.1, 0.4, 0.95}) {
      best = Math.max(best, References.windowTinyLfu(capacity, windowShare, trace));
    }
    assertThat(PolicyCache.advised(capacity, SEED).hitRatio(trace)).isBetween(best - 2, best + 3);
  }

  @ParameterizedTest
  @CsvSource({"500", "5000"})
  void loop_largerThanTheCache_keepsAPartOfIt(int capacity) {
    long[] trace = References.loop(2 * capacity, 40 * capacity);
    double ratio = new PolicyCache(capacity, SEED).hitRatio(trace);
    assertThat(References.lru(capacity, trace)).isZero();
    assertThat(ratio).isBetween(40.0, References.optimum(capacity, trace));
  }

  @Test
  void scan_throughAHotSet_leavesItAlone() {
    long[] hot = References.zipf(0.99, 50_000, 200_000, SEED);
    PolicyCache cache = new PolicyCache(500, SEED);
    cache.hitRatio(hot);
    double before = cache.hitRatio(hot);
    for (int i = 0; i < 5_000; i++) {
      cache.access(1_000_000 + i);
    }
    int hits = 0;
    for (int i = 0; i < 5_000; i++) {
      hits += cache.access(hot[i]) ? 1 : 0;
    }
    assertThat(100.0 * hits / 5_000).isGreaterThan(before - 2);
  }

  @Test
  void sameSeed_sameTrace_givesTheSameHits() {
    long[] trace = References.zipf(0.8, 20_000, 100_000, SEED);
    assertThat(new PolicyCache(300, 7).hitRatio(trace))
        .isEqualTo(new PolicyCache(300, 7).hitRatio(trace));
  }

  @Test
  void attack_oneTimeKeysWithTheHashOfAHotKey_doNotEmptyTheHotSet() {
    PolicyCache cache = new PolicyCache(1_000, SEED);
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 50_000; i++) {
      cache.access(random.nextInt(800));
    }
    int hits = 0;
    for (int i = 0; i < 100_000; i++) {
      hits += cache.access(random.nextInt(800)) ? 1 : 0;
      cache.access(17 + PolicyCache.HASHES * (i + 1)); // the hash of hot key 17
    }
    assertThat(hits).isGreaterThan(90_000);
  }

  @Test
  void attack_preheatedVictims_leaveInTheEnd() {
    PolicyCache cache = new PolicyCache(200, SEED);
    for (int i = 0; i < 15; i++) { // one-time keys heat the hashes of 200 that stay
      for (int key = 0; key < 200; key++) {
        cache.access(key);
        cache.access(key + PolicyCache.HASHES * (i + 1));
      }
    }
    for (int i = 0; i < 20_000; i++) {
      cache.access(1_000 + i % 150);
    }
    int left = 0;
    for (int key = 0; key < 200; key++) {
      left += cache.contains(key) ? 1 : 0;
    }
    assertThat(left).isLessThan(60);
  }

  /** Frequency is all that counts, which the small window is best for: the adviser leaves it so. */
  @ParameterizedTest
  @CsvSource({"0.9,500", "0.9,5000", "0.99,500", "0.99,5000", "1.1,500"})
  void zipf_withAnAdviser_isThatOfTheSmallWindow(double exponent, int capacity) {
    long[] trace = References.zipf(exponent, 50_000, 400_000, SEED);
    assertThat(PolicyCache.advised(capacity, SEED).hitRatio(trace))
        .isGreaterThan(new PolicyCache(capacity, SEED).hitRatio(trace) - 0.3);
  }

  /** Each key comes twice, within the time that LRU keeps it. */
  @ParameterizedTest
  @CsvSource({"100", "1000", "10000"})
  void pairs_withAnAdviser_comeNearToLru(int capacity) {
    long[] trace = new long[100 * capacity];
    for (int i = 0; i < trace.length; i++) {
      trace[i] = i % 2 == 0 ? i : i - 1 - capacity / 4 * 2; // even ones only
    }
    double lru = References.lru(capacity, trace);
    assertThat(lru).isGreaterThan(45);
    assertThat(new PolicyCache(capacity, SEED).hitRatio(trace)).isLessThan(20);
    PolicyCache cache = PolicyCache.advised(capacity, SEED);
    assertThat(cache.hitRatio(trace)).isGreaterThan(lru - 3);
    cache.audit();
  }

  @ParameterizedTest
  @CsvSource({"500", "5000"})
  void loop_withAnAdviser_isHardlyWorse(int capacity) {
    long[] trace = References.loop(2 * capacity, 40 * capacity);
    assertThat(PolicyCache.advised(capacity, SEED).hitRatio(trace))
        .isGreaterThan(new PolicyCache(capacity, SEED).hitRatio(trace) - 2);
  }

  /** From one load to the other and back: each time the better setting is found again. */
  @Test
  void phases_withAnAdviser_areEachAsWithTheBestSetting() {
    int capacity = 1_000;
    long[] trace = new long[600_000];
    for (int i = 0; i < trace.length; i++) {
      boolean pairs = i / 150_000 % 2 == 1;
      trace[i] = !pairs ? i % 1_500 : 10_000L + (i % 2 == 0 ? i : i - 301);
    }
    double small = new PolicyCache(capacity, SEED, new Advice(0.01, false)).hitRatio(trace);
    double large = new PolicyCache(capacity, SEED, new Advice(0.95, false)).hitRatio(trace);
    assertThat(PolicyCache.advised(capacity, SEED).hitRatio(trace))
        .isGreaterThan(Math.max(small, large) + 10);
  }

  /** The adviser rests while nothing changes, and notices by the misses when something has. */
  @ParameterizedTest
  @CsvSource({"50", "100", "1000"})
  void pairs_afterALongQuietTime_areLearnedSoon(int capacity) {
    PolicyCache cache = PolicyCache.advised(capacity, SEED);
    cache.hitRatio(References.zipf(0.9, 20 * capacity, 1_000_000, SEED));
    long[] pairs = new long[40_000];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = (1L << 30) + (i % 2 == 0 ? i : i - 1 - capacity / 4 * 2);
    }
    cache.hitRatio(Arrays.copyOf(pairs, 20_000));
    assertThat(cache.hitRatio(Arrays.copyOfRange(pairs, 20_000, 40_000))).isGreaterThan(42);
  }

  /**
   * A working set that a flood of new keys has pushed out comes back, and is refused by TinyLFU.
   */
  @Test
  void hotSetThatMoves_readmitting_isLearnedSooner() {
    long[] trace = new long[400_000];
    for (int i = 0; i < 4; i++) {
      long[] phase = References.zipf(0.9, 20_000, 100_000, SEED + i);
      for (int j = 0; j < phase.length; j++) {
        trace[i * phase.length + j] = phase[j] + 1_000_000L * i;
      }
    }
    double refusing = new PolicyCache(2_000, SEED, new Advice(0.01, false)).hitRatio(trace);
    double readmitting = new PolicyCache(2_000, SEED, new Advice(0.01, true)).hitRatio(trace);
    assertThat(readmitting).isGreaterThan(refusing + 1);
    assertThat(PolicyCache.advised(2_000, SEED).hitRatio(trace)).isGreaterThan(refusing + 0.5);
  }
}
