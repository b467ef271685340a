package org.theine.jcache.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class AdviserTest {

  @Test
  void advice_atFirst_isTheSmallWindow() {
    assertThat(new Adviser(1_000, false, 1, 1).advice()).isEqualTo(new Advice(0.01, false));
  }

  /** Each key comes twice within a short time and never again. */
  @Test
  void advice_pairs_isALargeWindow() {
    Adviser adviser = new Adviser(1_000, false, 1, 1);
    for (int i = 0; i < 40_000; i++) {
      offer(adviser, i);
      offer(adviser, i - 300);
    }
    assertThat(adviser.advice().windowShare()).isGreaterThanOrEqualTo(0.4);
    adviser.audit();
  }

  @Test
  void advice_loopAfterPairs_isASmallWindowAgain() {
    Adviser adviser = new Adviser(1_000, false, 1, 1);
    for (int i = 0; i < 40_000; i++) {
      offer(adviser, i);
      offer(adviser, i - 300);
    }
    for (int i = 0; i < 600_000; i++) {
      offer(adviser, 1_000_000 + i % 1_500);
    }
    assertThat(adviser.advice().windowShare()).isLessThanOrEqualTo(0.1);
    adviser.audit();
  }

  @Test
  void samples_anyMaximum_aShareThatFallsWithItsRoot() {
    for (long maximum : new long[] {1, 10, 100, 1_000, 10_000, 1_000_000, 2_000_000}) {
      Adviser adviser = new Adviser(maximum, false, 1, 1);
      SplittableRandom random = new SplittableRandom(maximum);
      double sampled = random.longs(1_000_000).filter(adviser::samples).count() / 1e6;
      double wanted = Math.min(1, 10 / Math.sqrt(maximum));
      assertThat(sampled)
          .as("maximum %d", maximum)
          .isBetween(0.95 * wanted - 1e-4, 1.05 * wanted + 1e-4);
    }
  }

  @Test
  void maximum_huge_samplesHardlyAny() {
    for (long maximum : new long[] {1L << 40, 46_116_860_184_273_880L, 1L << 56, Long.MAX_VALUE}) {
      Adviser adviser = new Adviser(maximum - 1, false, 8, 1);
      SplittableRandom random = new SplittableRandom(maximum);
      assertThat(random.longs(1_000_000).filter(adviser::samples).count()).isLessThan(100);
      adviser.audit();
    }
  }

  @Test
  void maximum_changed_changesTheSample() {
    Adviser adviser = new Adviser(100, false, 1, 1);
    assertThat(sampledOf(adviser, 10_000)).isGreaterThan(4_000);
    adviser.maximum(1_000_000);
    for (int i = 0; i < 100; i++) {
      offer(adviser, i);
    }
    assertThat(sampledOf(adviser, 10_000)).isLessThan(200);
  }

  /** The maximum tells nothing about the number of entries. */
  @Test
  void holds_weighted_changesTheSample() {
    Adviser adviser = new Adviser(Long.MAX_VALUE, true, 2, 1);
    adviser.holds(500_000, false);
    for (int i = 0; i < 100; i++) {
      offer(adviser, i);
    }
    assertThat(sampledOf(adviser, 10_000)).isBetween(1, 200);
    adviser.maximum(5);
    adviser.holds(400, false);
    offer(adviser, 1);
    assertThat(sampledOf(adviser, 10_000)).as("few, but not full").isBetween(1, 200);

    adviser.holds(400, true);
    for (int i = 0; i < 10_000; i++) {
      offer(adviser, i);
    }
    assertThat(sampledOf(adviser, 10_000)).isGreaterThan(3_000);

    adviser.holds(500_000, true);
    adviser.clear();
    for (int i = 0; i < 10_000; i++) {
      offer(adviser, i);
    }
    assertThat(sampledOf(adviser, 10_000)).as("nothing is known").isEqualTo(10_000);
  }

  @Test
  void offer_sameHashes_givesTheSameAdvice() {
    List<Advice> first = advices();
    assertThat(first).hasSizeGreaterThan(2);
    assertThat(advices()).isEqualTo(first);
  }

  private static List<Advice> advices() {
    Adviser adviser = new Adviser(500, false, 1, 9);
    SplittableRandom random = new SplittableRandom(4);
    List<Advice> advices = new ArrayList<>();
    for (int i = 0; i < 300_000; i++) {
      offer(adviser, i / 50_000 % 2 == 0 ? i % 800 : i - random.nextInt(400));
      if (advices.isEmpty() || advices.get(advices.size() - 1) != adviser.advice()) {
        advices.add(adviser.advice());
      }
    }
    return advices;
  }

  /** A steady load is looked at ever less. */
  @Test
  void offer_steadyLoad_restsAndHearsOfAChangeAllTheSame() {
    Adviser adviser = new Adviser(100, false, 1, 1);
    for (int i = 0; i < 3_000_000; i++) {
      offer(adviser, i % 150);
    }
    assertThat(adviser.replayed()).isBetween(10_000L, 120_000L);
    for (int i = 0; i < 5_000; i++) { // the cache misses more than before: that wakes it
      offer(adviser, 1_000 + i, false);
      offer(adviser, 1_000 + i - 30, false);
    }
    assertThat(adviser.advice().windowShare()).isGreaterThanOrEqualTo(0.4);
  }

  /** A long rest of a small cache would be one of years in a large one. */
  @Test
  void maximum_raisedDuringARest_endsIt() {
    Adviser adviser = new Adviser(100, false, 1, 1);
    for (int i = 0; i < 3_000_000; i++) {
      offer(adviser, i % 150);
    }
    long before = adviser.replayed();
    adviser.maximum(1_000_000);
    for (int i = 0; i < 200_000; i++) {
      offer(adviser, i);
    }
    assertThat(adviser.replayed()).isGreaterThan(before + 1_000);
  }

  @Test
  void clear_used_keepsTheAdvice() {
    Adviser adviser = new Adviser(1_000, false, 1, 1);
    for (int i = 0; i < 40_000; i++) {
      offer(adviser, i);
      offer(adviser, i - 300);
    }
    Advice advice = adviser.advice();
    adviser.clear();
    adviser.audit();
    assertThat(adviser.advice()).isSameAs(advice);
  }

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void offer_byManyThreads_staysSound() throws Exception {
    Adviser adviser = new Adviser(1_000, false, 4, 1);
    AtomicBoolean done = new AtomicBoolean();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      SplittableRandom random = new SplittableRandom(t);
      threads.add(
          new Thread(
              () -> {
                while (!done.get()) {
                  offer(adviser, random.nextInt(3_000), random.nextBoolean());
                }
              }));
    }
    threads.forEach(Thread::start);
    for (int i = 0; i < 20 || adviser.replayed() <= 1_000; i++) {
      adviser.audit();
      adviser.maximum(i % 2 == 0 ? 5_000 : 1_000);
      if (i % 5 == 0) {
        adviser.clear();
      }
      Thread.sleep(1);
    }
    done.set(true);
    for (Thread thread : threads) {
      thread.join();
    }
    adviser.audit();
    assertThat(adviser.replayed()).isGreaterThan(1_000);
  }

  @Test
  void offer_nothingIsMissed_restsUntilSomethingIs() {
    Adviser adviser = new Adviser(1_000, false, 1, 1);
    for (int i = 0; i < 1_000_000; i++) {
      offer(adviser, i % 900, true);
    }
    long replayed = adviser.replayed();
    assertThat(replayed).as("a period").isBetween(400L, 1_000L);
    assertThat(adviser.rests()).isTrue();
    for (int i = 0; i < 10_000; i++) {
      offer(adviser, i % 900, i % 10 != 0);
    }
    assertThat(adviser.replayed()).isGreaterThan(replayed + 1_000);
  }

  /** A miss now and then wakes it, and does not keep it from its long rests. */
  @Test
  void offer_missesAreRare_restsInTheLongRun() {
    Adviser adviser = new Adviser(100, false, 1, 1);
    for (int i = 0; i < 2_000_000; i++) {
      offer(adviser, i % 90, i % 500 != 0);
    }
    assertThat(adviser.replayed()).isBetween(2_000L, 400_000L);
  }

  /** A cache that misses something is never at rest before it has learned. */
  private static void offer(Adviser adviser, long key) {
    offer(adviser, key, (key & 63) != 0);
  }

  private static void offer(Adviser adviser, long key, boolean found) {
    long hash = PolicyCache.hash(key);
    if (adviser.samples(hash)) {
      adviser.offer(hash, found);
    }
  }

  private static int sampledOf(Adviser adviser, int keys) {
    int sampled = 0;
    for (int key = 0; key < keys; key++) {
      sampled += adviser.samples(PolicyCache.hash(key)) ? 1 : 0;
    }
    return sampled;
  }
}
