package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.theine.jcache.Caches.synchronous;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import javax.cache.CacheException;
import javax.cache.event.CacheEntryEvent;
import javax.cache.integration.CacheLoader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What several threads do at once is counted to the last one. */
@Tag("race")
final class CountsOfManyThreadsTest {
  private static final int THREADS = 4;
  private static final int ROUNDS = 5_000;
  private static final int KEYS = 400;
  private static final int MAXIMUM = 100;

  @RegisterExtension final Caches caches = new Caches();

  private final LongAdder answered = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final Map<RemovalCause, AtomicLong> left = new HashMap<>();

  CountsOfManyThreadsTest() {
    for (RemovalCause cause : RemovalCause.values()) {
      left.put(cause, new AtomicLong());
    }
  }

  /** Writes down what it was asked; fails for one key in ten, alone or among others. */
  private final class Tallying implements CacheLoader<Integer, String> {
    @Override
    public @Nullable String load(Integer key) {
      return loadAll(List.of(key)).get(key);
    }

    @Override
    public Map<Integer, String> loadAll(Iterable<? extends Integer> keys) {
      Map<Integer, String> values = new HashMap<>();
      keys.forEach(key -> values.put(key, "v"));
      boolean fails = values.keySet().stream().anyMatch(key -> key % 10 == 0);
      (fails ? failed : answered).add(values.size());
      if (fails) {
        throw new IllegalStateException("made up");
      }
      return values;
    }
  }

  private final class Departed implements CacheEntryEvictedListener<Integer, String> {
    @Override
    public void onEvicted(Iterable<CacheEntryEvent<? extends Integer, ? extends String>> events) {
      events.forEach(
          event -> left.get(event.unwrap(TheineCacheEntryEvent.class).cause()).incrementAndGet());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void counts_ofManyThreads_areWhatTheyDid(boolean weighted) throws Exception {
    TheineConfiguration<Integer, String> configuration = caches.configuration();
    configuration.setReadThrough(true).setCacheLoaderFactory(Tallying::new);
    configuration.addCacheEntryListenerConfiguration(synchronous(new Departed()));
    if (weighted) {
      configuration.setMaximumWeight(MAXIMUM * 3, () -> (key, value) -> 1 + key % 5);
    } else {
      configuration.setMaximumSize(MAXIMUM);
    }
    TheineCache<Integer, String> cache = caches.create(configuration);

    long[] asked = inThreads(cache);

    TheineStatistics counts = cache.statistics();
    assertThat(counts.loads()).isEqualTo(answered.sum()).isPositive();
    assertThat(counts.loadFailures()).isEqualTo(failed.sum()).isPositive();
    assertThat(counts.gets()).isEqualTo(asked[0]);
    assertThat(counts.puts()).isEqualTo(asked[1]);
    assertThat(counts.evictionsBySize()).isEqualTo(left.get(RemovalCause.SIZE).get());
    assertThat(counts.evictionsByWeight()).isEqualTo(left.get(RemovalCause.WEIGHT).get());
    assertThat(weighted ? counts.evictionsByWeight() : counts.evictionsBySize())
        .isEqualTo(counts.evictions())
        .isPositive();
    assertThat(cache.eventsQueued()).isZero();
  }

  /** Requests and puts of all threads. */
  private static long[] inThreads(TheineCache<Integer, String> cache) throws InterruptedException {
    CyclicBarrier barrier = new CyclicBarrier(THREADS);
    List<Task<long[]>> tasks = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Random random = new Random(i);
      tasks.add(
          Task.start(
              () -> {
                Task.meet(barrier);
                return use(cache, random);
              }));
    }
    long[] all = new long[2];
    for (Task<long[]> task : tasks) {
      long[] own = task.result();
      all[0] += own[0];
      all[1] += own[1];
    }
    return all;
  }

  private static long[] use(TheineCache<Integer, String> cache, Random random) {
    long[] done = new long[2];
    for (int round = 0; round < ROUNDS; round++) {
      int key = random.nextInt(KEYS);
      switch (random.nextInt(4)) {
        case 0 -> {
          cache.put(key, "put");
          done[1]++;
        }
        case 1 -> {
          Set<Integer> keys = new HashSet<>(List.of(key, key + 1, key + 2));
          done[0] += keys.size();
          quietly(() -> cache.getAll(keys));
        }
        default -> {
          done[0]++;
          quietly(() -> cache.get(key));
        }
      }
    }
    return done;
  }

  private static void quietly(Runnable operation) {
    try {
      operation.run();
    } catch (CacheException e) {
      // of the loader, which has written it down
    }
  }
}
