package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import javax.cache.CacheException;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ModifiedExpiryPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The sweep of expired entries and those who use them at that moment do each other no harm. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class SweepTest {
  @RegisterExtension final Caches caches = new Caches();

  private final BackingStore<Integer, String> behind = new BackingStore<>();

  private static final java.time.Duration MINUTE = java.time.Duration.ofMinutes(1);
  private static final java.time.Duration TEN_MINUTES = java.time.Duration.ofMinutes(10);

  private TheineConfiguration<Integer, String> expiring() {
    return caches
        .<Integer, String>configuration()
        .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(Duration.ONE_MINUTE));
  }

  @Test
  void put_whileTheExpiredEntryIsSwept_survives() throws Exception {
    RecordingListener<Integer, String> listener = new RecordingListener<>();
    TheineCache<Integer, String> cache =
        caches.create(
            expiring()
                .setExecutorFactory(() -> Runnable::run)
                .addCacheEntryListenerConfiguration(Caches.synchronous(listener)));
    int keys = 40;
    for (int key = 0; key < keys; key++) {
      cache.put(key, "0");
    }
    listener.take();
    for (int round = 1; round <= 200; round++) {
      caches.advance(MINUTE.plusSeconds(1)); // the wheel is up to a tick late
      CyclicBarrier start = new CyclicBarrier(2);
      Task<Void> sweep =
          Task.run(
              () -> {
                Task.meet(start);
                cache.expireNow();
              });
      Task.meet(start);
      for (int key = 0; key < keys; key++) {
        cache.put(key, Integer.toString(round));
      }
      sweep.result();

      for (int key = 0; key < keys; key++) {
        assertThat(cache.get(key)).as("key %d", key).isEqualTo(Integer.toString(round));
      }
      assertToldOncePerKey(listener, keys, round);
    }
  }

  private static void assertToldOncePerKey(
      RecordingListener<Integer, String> listener, int keys, int round)
      throws InterruptedException {
    Caches.await("all events", () -> listener.count() >= 2 * keys);
    Map<String, List<String>> byKey = new HashMap<>();
    for (String event : listener.take()) {
      String key = event.substring(event.indexOf(' ') + 1, event.indexOf('='));
      byKey.computeIfAbsent(key, absent -> new ArrayList<>()).add(event);
    }
    assertThat(byKey).hasSize(keys);
    String old = Integer.toString(round - 1);
    byKey.forEach(
        (key, events) ->
            assertThat(events)
                .containsExactly(
                    "EXPIRED " + key + "=" + old + " was " + old, "CREATED " + key + "=" + round));
  }

  @Test
  void sweep_ofAnEntryThatWasTouched_leavesItTillItsNewDeadline() {
    TheineCache<Integer, String> cache =
        caches.create(
            caches
                .<Integer, String>configuration()
                .setExpiryPolicyFactory(AccessedExpiryPolicy.factoryOf(Duration.ONE_MINUTE)));
    cache.put(1, "a");
    caches.advance(MINUTE.minusNanos(1));
    assertThat(cache.get(1)).isEqualTo("a");

    caches.advance(MINUTE.minusNanos(1)); // the timer of the first deadline fires
    cache.expireNow();
    assertThat(cache.containsKey(1)).isTrue();

    caches.advance(MINUTE);
    cache.expireNow();
    assertThat(cache.size()).isZero();
  }

  @Test
  void sweep_ofAnEntryThatIsBeingWritten_leavesItAndItExpiresLaterOnce() throws Exception {
    RecordingListener<Integer, String> listener = new RecordingListener<>();
    TheineCache<Integer, String> cache =
        caches.create(
            behind
                .behind(caches.configuration())
                .setExecutorFactory(() -> Runnable::run)
                .setExpiryPolicyFactory(
                    ModifiedExpiryPolicy.factoryOf(new Duration(TimeUnit.MINUTES, 10)))
                .addCacheEntryListenerConfiguration(Caches.synchronous(listener)));
    cache.put(1, "old");
    Gate gate = new Gate();
    behind.onWrite = key -> gate.pass();
    Task<Void> put = Task.run(() -> cache.put(1, "new"));
    gate.awaitReached();

    caches.advance(TEN_MINUTES);
    cache.expireNow(); // due, but its owner found it alive
    assertThat(cache.size()).isEqualTo(1);
    gate.open();
    put.result();

    assertThat(cache.get(1)).isEqualTo("new");
    caches.advance(TEN_MINUTES.minusNanos(1));
    cache.expireNow();
    assertThat(cache.get(1)).isEqualTo("new");
    caches.advance(MINUTE);
    cache.expireNow();
    assertThat(cache.size()).as("its timer was set anew").isZero();
    assertThat(listener.take())
        .containsExactly("CREATED 1=old", "UPDATED 1=new was old", "EXPIRED 1=new was new");
  }

  @Test
  void sweep_ofAnEntryWhoseWriterFails_expiresItAfterAll() throws Exception {
    TheineCache<Integer, String> cache =
        caches.create(
            behind
                .behind(caches.configuration())
                .setExpiryPolicyFactory(
                    ModifiedExpiryPolicy.factoryOf(new Duration(TimeUnit.MINUTES, 10))));
    cache.put(1, "old");
    Gate gate = new Gate();
    behind.onWrite =
        key -> {
          gate.pass();
          throw new ArithmeticException("down");
        };
    Task<Void> put = Task.run(() -> cache.put(1, "new"));
    gate.awaitReached();
    caches.advance(TEN_MINUTES);
    cache.expireNow();
    gate.open();
    assertThat(put.failure()).isInstanceOf(CacheException.class);

    assertThat(cache.containsKey(1)).isFalse();
    caches.advance(MINUTE);
    cache.expireNow();
    assertThat(cache.size()).isZero();
  }
}
