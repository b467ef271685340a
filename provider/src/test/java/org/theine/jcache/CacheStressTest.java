package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import javax.cache.expiry.AccessedExpiryPolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * All operations by four threads on a thousand keys, of which a hundred fit in, in rounds. After
 * each round the structures are walked and the books are balanced.
 */
class CacheStressTest {
  private static final int THREADS = 4;
  private static final int KEYS = 1_000;
  private static final int MAXIMUM = 100;
  private static final int HEAVIEST = 7;

  @RegisterExtension final Caches caches = new Caches();

  private final long seed = System.nanoTime();

  /** A value that tells whose it is. */
  record Value(int key, int number) {}

  // ---------------------------------------------------------------------------------------- rounds

  @Test
  void allOperations_boundAndAccessExpiryAndListeners_booksBalance() throws Exception {
    new Rounds(withAccessExpiry(MAXIMUM)).run(2, 1_000);
  }

  @Test
  void allOperations_eightShardsWeighted_booksBalance() throws Exception {
    new Rounds(weighted(withAccessExpiry(null), 8)).run(1, 1_000);
  }

  @Test
  void allOperations_eightShardsEternal_booksBalance() throws Exception {
    new Rounds(this.<Integer, Value>unlistened(MAXIMUM).setShards(8)).run(1, 1_000);
  }

  @Test
  void allOperations_clearedMeanwhile_structuresAgree() throws Exception {
    TheineConfiguration<Integer, Value> configuration = withAccessExpiry(MAXIMUM);
    Rounds rounds = new Rounds(configuration);
    rounds.clears = true;
    rounds.run(1, 1_000);
  }

  @Tag("full")
  @Test
  void allOperations_long_booksBalance() throws Exception {
    new Rounds(withAccessExpiry(MAXIMUM)).run(20, 1_000);
    new Rounds(weighted(withAccessExpiry(null), 8)).run(15, 1_000);
    new Rounds(this.<Integer, Value>unlistened(MAXIMUM).setShards(8)).run(10, 1_000);
    Rounds clearing = new Rounds(withAccessExpiry(MAXIMUM));
    clearing.clears = true;
    clearing.run(10, 1_000);
  }

  private <K, V> TheineConfiguration<K, V> unlistened(int maximum) {
    TheineConfiguration<K, V> configuration = caches.configuration();
    configuration.setStoreByValue(false);
    return configuration.setMaximumSize(maximum);
  }

  private TheineConfiguration<Integer, Value> withAccessExpiry(@Nullable Integer maximum) {
    TheineConfiguration<Integer, Value> configuration = caches.configuration();
    configuration.setStoreByValue(false);
    configuration.setExpiryPolicyFactory(
        () -> new AccessedExpiryPolicy(new javax.cache.expiry.Duration(TimeUnit.SECONDS, 10)));
    return maximum == null ? configuration : configuration.setMaximumSize(maximum);
  }

  private static TheineConfiguration<Integer, Value> weighted(
      TheineConfiguration<Integer, Value> configuration, int shards) {
    return configuration
        .setMaximumWeight(
            MAXIMUM * 4, () -> (key, value) -> Math.floorMod(value.number, HEAVIEST + 1))
        .setShards(shards);
  }

  /** A cache with both kinds of listeners, and rounds of operations on it. */
  private final class Rounds {
    final TheineCache<Integer, Value> cache;
    final Ledger synchronous = new Ledger();
    final Ledger asynchronous = new Ledger();

    /** Clears tell nobody, so the books do not balance then. */
    boolean clears;

    /** How far the total may be beyond the maximum while so many write. */
    final long underWay;

    Rounds(TheineConfiguration<Integer, Value> configuration) {
      cache = caches.create(configuration);
      cache.registerCacheEntryListener(Caches.synchronous(synchronous));
      cache.registerCacheEntryListener(Caches.asynchronous(asynchronous));
      underWay = THREADS * (configuration.getMaximumWeight() == null ? 1L : HEAVIEST);
    }

    void run(int rounds, long milliseconds) throws Exception {
      for (int round = 0; round < rounds; round++) {
        run(milliseconds, "seed " + seed + ", round " + round);
      }
    }

    private void run(long milliseconds, String when) throws Exception {
      AtomicBoolean over = new AtomicBoolean();
      List<Future<?>> threads = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        SplittableRandom random = new SplittableRandom(seed + thread);
        threads.add(caches.run(() -> operate(random, over)));
      }
      Future<Long> largest = caches.start(() -> watch(cache, over));
      Thread.sleep(milliseconds);
      over.set(true);
      for (Future<?> thread : threads) {
        Caches.join(thread);
      }
      assertThat(Caches.join(largest))
          .as("%s: largest total seen", when)
          .isLessThanOrEqualTo(cache.maximum() + underWay);
      caches.advance(Duration.ofSeconds(1));
      cache.expireNow();
      check(when);
    }

    private void check(String when) throws InterruptedException {
      cache.audit();
      assertThat(cache.weight()).as(when).isLessThanOrEqualTo(cache.maximum());
      Map<Integer, Value> present = new HashMap<>();
      cache.forEach(
          entry -> present.put(entry.getKey(), requireOwn(entry.getKey(), entry.getValue())));
      if (!clears) {
        synchronous.requireBalanced(present, when);
        Caches.await("asynchronous events", () -> asynchronous.isBalanced(present));
        asynchronous.requireBalanced(present, when);
        assertThat(synchronous.evicted.get()).as("%s: evicted", when).isPositive();
      }
    }

    private void operate(SplittableRandom random, AtomicBoolean over) {
      while (!over.get()) {
        operate(random.nextInt(1, KEYS + 1), random);
      }
    }

    private void operate(int key, SplittableRandom random) {
      Value value = new Value(key, random.nextInt(1_000));
      switch (random.nextInt(24)) {
        case 0, 1, 2, 3, 4, 5 -> requireOwn(key, cache.get(key));
        case 6, 7, 8 -> cache.put(key, value);
        case 9 -> requireOwn(key, cache.getAndPut(key, value));
        case 10 -> cache.putIfAbsent(key, value);
        case 11 -> cache.replace(key, value);
        case 12 -> cache.replace(key, new Value(key, random.nextInt(1_000)), value);
        case 13 -> requireOwn(key, cache.getAndReplace(key, value));
        case 14 -> cache.remove(key);
        case 15 -> cache.remove(key, value);
        case 16 -> requireOwn(key, cache.getAndRemove(key));
        case 17 -> cache.containsKey(key);
        case 18 -> invoke(key, random.nextInt(3));
        case 19 -> cache.getAll(some(random)).forEach(CacheStressTest::requireOwn);
        case 20 -> cache.putAll(mapped(some(random), random));
        case 21 -> cache.removeAll(some(random));
        case 22 -> seldom(random);
        default -> {
          caches.advance(Duration.ofMillis(5));
          cache.expireNow();
        }
      }
    }

    private void invoke(int key, int action) {
      cache.invoke(
          key,
          (entry, arguments) -> {
            Value before = entry.getValue();
            requireOwn(key, before);
            if (action == 0) {
              entry.setValue(new Value(key, before == null ? 1 : before.number + 1));
            } else if (action == 1) {
              entry.remove();
            }
            return before;
          });
    }

    private void seldom(SplittableRandom random) {
      switch (random.nextInt(40)) {
        case 0 -> cache.removeAll();
        case 1 -> cache.forEach(entry -> requireOwn(entry.getKey(), entry.getValue()));
        case 2 -> {
          if (clears) {
            cache.clear();
          }
        }
        default -> {}
      }
    }

    private Set<Integer> some(SplittableRandom random) {
      Set<Integer> keys = new HashSet<>();
      for (int i = 0; i < 5; i++) {
        keys.add(random.nextInt(1, KEYS + 1));
      }
      return keys;
    }

    private Map<Integer, Value> mapped(Set<Integer> keys, SplittableRandom random) {
      Map<Integer, Value> map = new HashMap<>();
      keys.forEach(key -> map.put(key, new Value(key, random.nextInt(1_000))));
      return map;
    }
  }

  private static <V> V requireOwn(int key, V value) {
    if (value instanceof Value own && own.key != key) {
      throw new AssertionError("the value of key " + own.key + " at key " + key);
    }
    return value;
  }

  /** The largest total that was seen. */
  private static long watch(TheineCache<?, ?> cache, AtomicBoolean over) {
    long largest = 0;
    while (!over.get()) {
      largest = Math.max(largest, cache.weight());
    }
    return largest;
  }

  // ----------------------------------------------------------------------------------------- bound

  @Test
  void put_asManyKeysAsTheMaximum_allStay() throws Exception {
    for (int shards : new int[] {1, 8}) {
      TheineConfiguration<Integer, Integer> configuration = unlistened(KEYS);
      TheineCache<Integer, Integer> cache = caches.create(configuration.setShards(shards));

      putAllByManyThreads(cache);

      assertThat(cache.size()).as("%d shards", shards).isEqualTo(KEYS);
      assertThat(cache.getAll(allKeys())).hasSize(KEYS);
    }
  }

  @Test
  void put_asMuchWeightAsTheMaximum_allStays() throws Exception {
    for (int shards : new int[] {1, 8}) {
      TheineConfiguration<Integer, Integer> configuration = caches.configuration();
      long total = KEYS / HEAVIEST * (HEAVIEST * (HEAVIEST - 1L) / 2);
      for (int key = KEYS / HEAVIEST * HEAVIEST + 1; key <= KEYS; key++) {
        total += key % HEAVIEST;
      }
      TheineCache<Integer, Integer> cache =
          caches.create(
              configuration
                  .setMaximumWeight(total, () -> (key, value) -> key % HEAVIEST)
                  .setShards(shards));

      putAllByManyThreads(cache);

      assertThat(cache.size()).as("%d shards", shards).isEqualTo(KEYS);
      assertThat(cache.weight()).as("%d shards", shards).isEqualTo(total);
    }
  }

  private static Set<Integer> allKeys() {
    Set<Integer> keys = new HashSet<>();
    for (int key = 1; key <= KEYS; key++) {
      keys.add(key);
    }
    return keys;
  }

  /** Twice, so that values are replaced too. */
  private void putAllByManyThreads(TheineCache<Integer, Integer> cache) throws Exception {
    List<Future<?>> threads = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      int first = thread;
      threads.add(
          caches.run(
              () -> {
                for (int i = 0; i < 2 * KEYS; i++) {
                  int key = (first * KEYS / THREADS + i) % KEYS + 1;
                  cache.put(key, key);
                }
              }));
    }
    for (Future<?> thread : threads) {
      Caches.join(thread);
    }
  }

  /** Only insertions of new keys: the bound is under pressure all the time. */
  @Test
  void put_newKeysByManyThreads_totalWithinWritersUnderWay() throws Exception {
    for (int shards : new int[] {1, 8}) {
      TheineConfiguration<Integer, Integer> configuration = unlistened(MAXIMUM);
      TheineCache<Integer, Integer> cache = caches.create(configuration.setShards(shards));
      AtomicBoolean over = new AtomicBoolean();
      AtomicLong keys = new AtomicLong();
      Future<Long> largest = caches.start(() -> watch(cache, over));
      List<Future<?>> threads = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        threads.add(caches.run(() -> putNew(cache, keys)));
      }
      for (Future<?> thread : threads) {
        Caches.join(thread);
      }
      over.set(true);

      assertThat(Caches.join(largest))
          .as("largest total seen, %d shards", shards)
          .isBetween((long) MAXIMUM, (long) MAXIMUM + THREADS);
      assertThat(cache.size()).as("%d shards", shards).isEqualTo(MAXIMUM);
    }
  }

  private static void putNew(TheineCache<Integer, Integer> cache, AtomicLong keys) {
    for (int i = 0; i < 20_000; i++) {
      int key = (int) keys.incrementAndGet();
      cache.put(key, key);
    }
  }
}
