package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The maximum holds whenever an operation returns. */
final class BoundTest {
  private static final int WRITERS = 4;

  @RegisterExtension final Caches caches = new Caches();

  private interface Write {
    void run(int key, int value);
  }

  /** Writes at random in several threads; after each write, looks. */
  private static void writeTogether(int keys, Write write, Runnable look) throws Exception {
    long seed = new Random().nextLong();
    List<Task<Void>> tasks = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      Random random = new Random(seed + i);
      tasks.add(
          Task.run(
              () -> {
                for (int n = 0; n < 20_000; n++) {
                  write.run(random.nextInt(keys), random.nextInt(10));
                  look.run();
                }
              }));
    }
    for (Task<Void> task : tasks) {
      try {
        task.result();
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  @ParameterizedTest(name = "maximum {0}, {1} shards")
  @CsvSource({"1, 1", "100, 1", "4096, 4", "100, 8"})
  void maximumSize_manyWriters_holdsAtEveryReturn(long maximum, int shards) throws Exception {
    TheineCache<Integer, Integer> cache =
        caches.create(
            caches
                .<Integer, Integer>configuration()
                .setStatisticsEnabled(false)
                .setMaximumSize(maximum)
                .setShards(shards));

    writeTogether(
        (int) maximum * 10,
        cache::put,
        () ->
            assertThat(cache.weight())
                .as("entries, but for those of writers under way")
                .isLessThanOrEqualTo(maximum + WRITERS - 1));

    assertThat(cache.size()).isEqualTo(maximum);
    assertThat(cache.weight()).isEqualTo(maximum);
    cache.audit();
  }

  @Test
  void maximumWeight_manyWriters_holdsAtEveryReturn() throws Exception {
    TheineCache<Integer, Integer> cache =
        caches.create(
            caches
                .<Integer, Integer>configuration()
                .setMaximumWeight(500, () -> (key, value) -> value));

    writeTogether(
        1000,
        cache::put,
        () ->
            assertThat(cache.weight())
                .as("weight, but for that of writers under way")
                .isLessThanOrEqualTo(500 + 9L * (WRITERS - 1)));

    AtomicLong weight = new AtomicLong();
    cache.forEach(entry -> weight.addAndGet(entry.getValue()));
    assertThat(cache.weight()).isEqualTo(weight.get()).isLessThanOrEqualTo(500);
    cache.audit();
  }

  @Test
  void maximumSize_writersOfOneEntryEach_evictNoMoreThanNeeded() throws Exception {
    int maximum = 50;
    TheineCache<Integer, Integer> cache =
        caches.create(caches.<Integer, Integer>configuration().setMaximumSize(maximum));
    for (int key = 0; key < maximum; key++) {
      cache.put(-key - 1, key);
    }
    CyclicBarrier barrier = new CyclicBarrier(WRITERS);
    List<Task<Void>> tasks = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      int writer = i;
      tasks.add(
          Task.run(
              () -> {
                for (int round = 0; round < 1000; round++) {
                  Task.meet(barrier);
                  cache.put(round * WRITERS + writer, round);
                  Task.meet(barrier);
                  assertThat(cache.size()).isEqualTo(maximum);
                }
              }));
    }
    for (Task<Void> task : tasks) {
      task.result();
    }
  }

  @Test
  void maximumSize_asManyKeys_allStay() {
    for (int shards : new int[] {1, 2, 8}) {
      TheineCache<Integer, Integer> cache =
          caches.create(
              caches.<Integer, Integer>configuration().setMaximumSize(5000).setShards(shards));
      for (int key = 0; key < 5000; key++) {
        cache.put(key, key);
      }
      for (int key = 0; key < 5000; key++) {
        assertThat(cache.containsKey(key)).isTrue();
      }
      cache.put(5000, 5000);
      assertThat(cache.size()).isEqualTo(5000);
    }
  }

  @Test
  void setMaximum_lower_evictsAtOnce() {
    TheineCache<Integer, Integer> cache =
        caches.create(caches.<Integer, Integer>configuration().setMaximumSize(5000).setShards(4));
    for (int key = 0; key < 5000; key++) {
      cache.put(key, key);
    }

    cache.setMaximum(10);

    assertThat(cache.size()).isEqualTo(10);
    assertThat(Caches.statistics(cache).getCacheEvictions()).isEqualTo(4990);
    cache.setMaximum(20);
    for (int key = 0; key < 20; key++) {
      cache.put(key, key);
    }
    assertThat(cache.size()).isEqualTo(20);
  }
}
