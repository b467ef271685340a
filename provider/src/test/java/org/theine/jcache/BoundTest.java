package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The maximum holds, and what has left is gone. */
final class BoundTest {
  private static final int WRITERS = 4;

  @RegisterExtension final Caches caches = new Caches();

  // ------------------------------------------------------------------------------ 16: the maximum

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

  // ------------------------------------------------------------------------------- 16: the memory

  private static Stream<Arguments> waysOut() {
    return Stream.of(
        wayOut("remove", (caches, cache) -> cache.forEach(entry -> cache.remove(entry.getKey()))),
        wayOut("removeAll", (caches, cache) -> cache.removeAll()),
        wayOut("clear", (caches, cache) -> cache.clear()),
        wayOut(
            "replace",
            (caches, cache) -> {
              for (int key = 0; key < 1000; key++) {
                cache.put(key, new byte[0]);
              }
            }),
        wayOut(
            "evict",
            (caches, cache) -> {
              for (int key = 1000; key < 3000; key++) {
                cache.put(key, new byte[0]);
              }
              cache.setMaximum(1);
              cache.removeAll();
            }),
        wayOut(
            "expire",
            (caches, cache) -> {
              caches.advance(java.time.Duration.ofSeconds(61));
              cache.expireNow();
            }),
        wayOut("close", (caches, cache) -> cache.close()),
        wayOut(
            "destroy", (caches, cache) -> cache.getCacheManager().destroyCache(cache.getName())));
  }

  private static Arguments wayOut(
      String name, BiConsumer<Caches, TheineCache<Integer, byte[]>> wayOut) {
    return Arguments.of(name, wayOut);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("waysOut")
  void values_thatHaveLeft_areNotHeld(
      String name, BiConsumer<Caches, TheineCache<Integer, byte[]>> wayOut) throws Exception {
    TheineCache<Integer, byte[]> cache =
        caches.create(
            caches
                .<Integer, byte[]>configuration()
                .setStoreByValue(false)
                .setMaximumSize(1000)
                .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(Duration.ONE_MINUTE)));
    List<WeakReference<byte[]>> values = new ArrayList<>();
    for (int key = 0; key < 1000; key++) {
      byte[] value = new byte[10];
      values.add(new WeakReference<>(value));
      cache.put(key, value);
    }

    wayOut.accept(caches, cache);

    Caches.await(
        "all values are collected, though the cache is held",
        () -> {
          System.gc();
          return values.stream().allMatch(value -> value.get() == null);
        });
    assertThat(cache.getName()).isNotNull();
  }

  @Test
  void clearAndDestroy_ofALargeCache_giveTheStructuresBack() {
    TheineCache<Integer, Integer> cache = expiring(100_000);
    long empty = Footprint.of(cache);
    fill(cache, 0, 100_000);
    long full = Footprint.of(cache);
    assertThat(full).isGreaterThan(empty + 100_000 * Footprint.BYTES_AN_OBJECT);

    cache.clear(); // what the policy knows of keys stays
    assertThat(Footprint.of(cache)).isLessThan(full / 2);
    fill(cache, 0, 100_000);
    cache.close();
    assertThat(Footprint.of(cache)).isLessThan(full / 2);
  }

  @Test
  void removal_ofAllEntries_leavesNoNodes() {
    TheineCache<Integer, Integer> cache =
        caches.create(
            caches.<Integer, Integer>configuration().setMaximumSize(100_000).setShards(1));
    fill(cache, 0, 50_000);
    long full = Footprint.of(cache);
    for (int key = 0; key < 50_000; key++) {
      cache.remove(key);
    }
    long removed = Footprint.of(cache);
    assertThat(removed).isLessThan(full - 40_000 * Footprint.BYTES_AN_OBJECT);

    for (int round = 0; round < 4; round++) {
      fill(cache, 50_000 * round, 50_000 * (round + 1));
      cache.removeAll();
    }
    assertThat(Footprint.of(cache)).as("nothing adds up").isLessThanOrEqualTo(removed);
  }

  private TheineCache<Integer, Integer> expiring(long maximum) {
    return caches.create(
        caches
            .<Integer, Integer>configuration()
            .setMaximumSize(maximum)
            .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(Duration.ONE_MINUTE)));
  }

  private static void fill(Cache<Integer, Integer> cache, int from, int to) {
    for (int key = from; key < to; key++) {
      cache.put(key, key);
    }
  }

  /** Keys come and expire; a thousand or so are alive at any time. */
  private void assertNoGrowth(int keys) {
    TheineCache<Integer, Integer> cache =
        caches.create(
            caches
                .<Integer, Integer>configuration()
                .setExpiryPolicyFactory(
                    CreatedExpiryPolicy.factoryOf(new Duration(TimeUnit.SECONDS, 1))));
    long early = 0;
    for (int key = 0; key < keys; key++) {
      cache.put(key, key);
      caches.advance(java.time.Duration.ofMillis(1));
      if (key % 250 == 0) {
        cache.expireNow(); // as the thread does, four times a second
        assertThat(cache.size()).isLessThan(2000);
      }
      if (key == keys / 5) {
        early = Footprint.of(cache);
      }
    }
    assertThat(Footprint.of(cache)).isLessThan(early + early / 4);
    assertThat(Caches.statistics(cache).getCachePuts()).isEqualTo(keys);
  }

  @Test
  void distinctKeys_thatExpire_doNotAddUp() {
    assertNoGrowth(200_000);
  }

  @Test
  @Tag("full")
  void tenMillionDistinctKeys_thatExpire_doNotAddUp() {
    assertNoGrowth(10_000_000);
  }

  @Test
  void distinctKeys_thatAreEvicted_doNotAddUp() {
    TheineCache<Integer, Integer> cache = expiring(1000);
    fill(cache, 0, 20_000);
    long early = Footprint.of(cache);

    fill(cache, 20_000, 200_000);

    assertThat(cache.size()).isEqualTo(1000);
    assertThat(Footprint.of(cache)).isLessThan(early + early / 4);
  }

  private void assertNothingHeld(int count) throws InterruptedException {
    List<WeakReference<Cache<?, ?>>> made = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Cache<Integer, Integer> cache =
          caches
              .manager()
              .createCache(
                  "short-lived",
                  caches
                      .<Integer, Integer>configuration()
                      .setMaximumSize(100)
                      .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(Duration.ONE_MINUTE))
                      .addCacheEntryListenerConfiguration(
                          Caches.asynchronous(new RecordingListener<>())));
      cache.put(i, i);
      cache.invoke(i, (entry, arguments) -> entry.getValue());
      made.add(new WeakReference<>(cache));
      caches.manager().destroyCache("short-lived");
    }
    Caches.await(
        "all caches are collected",
        () -> {
          System.gc();
          return made.stream().allMatch(cache -> cache.get() == null);
        });
  }

  @Test
  void createAndDestroy_aThousandTimes_leavesNoCache() throws Exception {
    assertNothingHeld(1000);
  }

  @Test
  @Tag("full")
  void createAndDestroy_tenThousandTimes_leavesNoCache() throws Exception {
    assertNothingHeld(10_000);
  }

  // ------------------------------------------------------------------------ 17: idle and expired

  /** Counts how often it is told of each key. */
  private static final class Expirations implements CacheEntryExpiredListener<Integer, Integer> {
    final AtomicInteger told = new AtomicInteger();
    final AtomicInteger repeated = new AtomicInteger();
    private final BitSet keys = new BitSet();

    @Override
    public void onExpired(Iterable<CacheEntryEvent<? extends Integer, ? extends Integer>> events) {
      for (CacheEntryEvent<? extends Integer, ? extends Integer> event : events) {
        synchronized (keys) {
          if (keys.get(event.getKey())) {
            repeated.incrementAndGet();
          }
          keys.set(event.getKey());
        }
        told.incrementAndGet();
      }
    }
  }

  private void assertFreedAndTold(int entries) throws InterruptedException {
    Expirations expirations = new Expirations();
    TheineCache<Integer, Integer> cache =
        caches.create(
            caches
                .<Integer, Integer>configuration()
                .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(Duration.ONE_MINUTE))
                .addCacheEntryListenerConfiguration(Caches.synchronous(expirations)));
    for (int key = 0; key < entries; key++) {
      cache.put(key, key);
      if (key % (entries / 100) == 0) {
        caches.advance(java.time.Duration.ofMillis(50)); // so deadlines spread over five seconds
      }
    }
    caches.advance(java.time.Duration.ofSeconds(54));
    cache.expireNow();
    assertThat(cache.size()).as("none too early").isEqualTo(entries);

    caches.advance(java.time.Duration.ofSeconds(7)); // a second after the last deadline
    cache.expireNow(); // what the thread does when it next comes by

    assertThat(cache.size()).isZero();
    Caches.await("all expirations are told", () -> expirations.told.get() >= entries);
    cache.expireNow();
    for (int key = 0; key < 1000; key++) {
      assertThat(cache.get(key)).isNull();
    }
    assertThat(expirations.told).hasValue(entries);
    assertThat(expirations.repeated).hasValue(0);
  }

  @Test
  void expiredEntries_fiftyThousand_areFreedAndToldOnce() throws Exception {
    assertFreedAndTold(50_000);
  }

  @Test
  @Tag("full")
  void expiredEntries_aMillion_areFreedAndToldOnce() throws Exception {
    assertFreedAndTold(1_000_000);
  }

  @Test
  void expiredEntries_ofACacheThatNobodyCalls_areFreedAndToldOnce() throws Exception {
    int entries = 20_000;
    Expirations expirations = new Expirations();
    TheineCache<Integer, Integer> cache =
        caches.create(
            new TheineConfiguration<Integer, Integer>() // the time of the system
                .setExpiryPolicyFactory(
                    CreatedExpiryPolicy.factoryOf(new Duration(TimeUnit.MILLISECONDS, 50)))
                .addCacheEntryListenerConfiguration(Caches.synchronous(expirations)));
    fill(cache, 0, entries);

    Caches.await("all expirations are told", () -> expirations.told.get() >= entries);

    assertThat(cache.size()).isZero();
    assertThat(expirations.told).hasValue(entries);
    assertThat(expirations.repeated).hasValue(0);
  }

  // ------------------------------------------------------------------------- 18: one hash code

  private static final int COLLIDING = 20_000;

  /** A rough count while several threads compare, else an exact one. */
  private static long comparisons;

  /** Has the same hash code as all others of its class, and no order. */
  private static class Plain {
    final int number;

    Plain(int number) {
      this.number = number;
    }

    @Override
    public final boolean equals(Object object) {
      comparisons++;
      return object instanceof Plain other && number == other.number;
    }

    @Override
    public final int hashCode() {
      return 42;
    }
  }

  private static final class Ordered extends Plain implements Comparable<Ordered> {
    Ordered(int number) {
      super(number);
    }

    @Override
    public int compareTo(Ordered other) {
      comparisons++;
      return Integer.compare(number, other.number);
    }
  }

  private static Stream<Arguments> collidingKeys() {
    // What an operation may cost: a search or two in a tree, or some walks of the chain.
    IntFunction<Object> plain = Plain::new;
    IntFunction<Object> ordered = Ordered::new;
    return Stream.of(
        Arguments.of("plain", plain, 4L * COLLIDING), Arguments.of("ordered", ordered, 200L));
  }

  private TheineCache<Object, Integer> byReference(long maximum) {
    return caches.create(
        caches.<Object, Integer>configuration().setStoreByValue(false).setMaximumSize(maximum));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("collidingKeys")
  void keysOfOneHashCode_removed_leaveTheOthersAtABoundedCost(
      String name, IntFunction<Object> keys, long cost) {
    TheineCache<Object, Integer> cache = byReference(10L * COLLIDING);
    for (int i = 0; i < 1000; i++) {
      cache.put("neighbour " + i, i);
    }
    comparisons = 0;
    for (int i = 0; i < COLLIDING; i++) {
      cache.put(keys.apply(i), i);
    }
    assertThat(comparisons).as("comparisons to put").isLessThan(cost * COLLIDING);
    assertThat(cache.size()).isEqualTo(COLLIDING + 1000);

    comparisons = 0;
    for (int i = 0; i < COLLIDING; i += 200) {
      assertThat(cache.remove(keys.apply(i))).isTrue();
      assertThat(cache.containsKey(keys.apply(i))).isFalse();
      assertThat(cache.get(keys.apply(i + 1))).isEqualTo(i + 1);
      assertThat(cache.get(keys.apply(i + 199))).isEqualTo(i + 199);
    }
    assertThat(comparisons)
        .as("comparisons of four operations each")
        .isLessThan(4 * cost * (COLLIDING / 200));
    assertThat(cache.size()).isEqualTo(COLLIDING - COLLIDING / 200 + 1000);

    comparisons = 0;
    for (int i = 0; i < 1000; i++) {
      assertThat(cache.get("neighbour " + i)).isEqualTo(i);
      cache.put("neighbour " + i, i);
    }
    assertThat(comparisons).as("neighbours are not slowed").isZero();
    cache.close(); // the other tests audit; here that would search each chain once more
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("collidingKeys")
  void keysOfOneHashCode_moreThanTheMaximum_areEvicted(
      String name, IntFunction<Object> keys, long cost) {
    TheineCache<Object, Integer> cache = byReference(1000);
    for (int i = 0; i < COLLIDING; i++) {
      cache.put(keys.apply(i), i);
      if (cache.size() > 1000) {
        throw new AssertionError("beyond the maximum after " + i + ": " + cache.size());
      }
    }
    assertThat(cache.size()).isEqualTo(1000);
    int[] found = {0};
    for (int i = 0; i < COLLIDING; i += 10) {
      Integer value = cache.get(keys.apply(i));
      if (value != null) {
        assertThat(value).isEqualTo(i);
        found[0]++;
      }
    }
    assertThat(found[0]).isPositive().isLessThanOrEqualTo(1000);
    cache.removeAll();
    assertThat(cache.size()).isZero();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("collidingKeys")
  void keysOfOneHashCode_changedByManyThreads_stayApart(
      String name, IntFunction<Object> keys, long cost) throws Exception {
    TheineCache<Object, Integer> cache = byReference(10_000);
    int each = 100;
    List<Task<Void>> tasks = new ArrayList<>();
    for (int thread = 0; thread < WRITERS; thread++) {
      int first = thread * each;
      tasks.add(
          Task.run(
              () -> {
                for (int round = 0; round < 20; round++) {
                  for (int i = first; i < first + each; i++) {
                    cache.put(keys.apply(i), i);
                  }
                  for (int i = first; i < first + each; i++) {
                    assertThat(cache.get(keys.apply(i))).isEqualTo(i);
                    if (i % 2 == 0) {
                      assertThat(cache.getAndRemove(keys.apply(i))).isEqualTo(i);
                    }
                  }
                }
              }));
    }
    for (Task<Void> task : tasks) {
      task.result();
    }
    assertThat(cache.size()).isEqualTo(WRITERS * each / 2);
    for (int i = 0; i < WRITERS * each; i++) {
      assertThat(cache.containsKey(keys.apply(i))).isEqualTo(i % 2 == 1);
    }
  }
}
