package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
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
import org.junit.jupiter.params.provider.MethodSource;

/** What has left is gone: told once, and the memory given back. */
final class MemoryTest {
  @RegisterExtension final Caches caches = new Caches();

  // ---- what has left

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

    cache.clear();
    assertThat(Footprint.of(cache)).isLessThan(full / 50);
    fill(cache, 0, 100_000);
    cache.close();
    assertThat(Footprint.of(cache)).isLessThan(full / 50);
  }

  /** Nobody knows how many there will be: what is made at once must not depend on the maximum. */
  @Test
  void maximum_huge_costsNothing() {
    for (long maximum :
        new long[] {1L << 31, 1L << 40, 46_116_860_184_273_880L, Long.MAX_VALUE - 1}) {
      TheineCache<Integer, Integer> cache =
          caches.create(
              caches.<Integer, Integer>configuration().setMaximumSize(maximum).setShards(1));
      fill(cache, 0, 1_000);
      assertThat(Footprint.of(cache)).as("maximum %d", maximum).isLessThan(250_000);
    }
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

    fillAndRemove(cache, 8);
    long before = Footprint.of(cache);
    fillAndRemove(cache, 8);
    assertThat(Footprint.of(cache))
        .as("less than one round adds up: the structures of the policy still grow a little")
        .isLessThan(before + 50_000 * Footprint.BYTES_AN_OBJECT);
  }

  private static void fillAndRemove(Cache<Integer, Integer> cache, int rounds) {
    for (int round = 0; round < rounds; round++) {
      fill(cache, 50_000 * round, 50_000 * (round + 1));
      cache.removeAll();
    }
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
    List<WeakReference<?>> made = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Cache<Object, Integer> cache =
          caches
              .manager()
              .createCache(
                  "short-lived",
                  caches
                      .<Object, Integer>configuration()
                      .setStoreByValue(false)
                      .setMaximumSize(100)
                      .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(Duration.ONE_MINUTE))
                      .addCacheEntryListenerConfiguration(
                          Caches.asynchronous(new RecordingListener<>())));
      Object key = new Object();
      cache.put(key, i);
      cache.invoke(key, (entry, arguments) -> entry.getValue());
      made.add(new WeakReference<>(cache));
      made.add(new WeakReference<>(key));
      caches.manager().destroyCache("short-lived");
    }
    Caches.await(
        "all caches and keys are collected",
        () -> {
          System.gc();
          return made.stream().allMatch(each -> each.get() == null);
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

  // ---- idle and expired

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
}
