package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Listeners hear all, once and in order, whatever the executor makes of its tasks. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ListenerExecutorTest {
  @RegisterExtension final Caches caches = new Caches();

  private TheineCache<Integer, String> asynchronous(
      Executor executor, RecordingListener<Integer, String> listener) {
    return caches.create(
        caches
            .<Integer, String>configuration()
            .setExecutorFactory(() -> executor)
            .addCacheEntryListenerConfiguration(Caches.asynchronous(listener)));
  }

  @Test
  void events_executorFailsButKeepsTheTask_areToldByTheNextTaskAlone() {
    List<Runnable> tasks = new ArrayList<>();
    Executor keeping =
        task -> {
          tasks.add(task);
          if (tasks.size() == 1) {
            throw new RejectedExecutionException("after all");
          }
        };
    RecordingListener<Integer, String> listener = new RecordingListener<>();
    TheineCache<Integer, String> cache = asynchronous(keeping, listener);
    cache.put(1, "a");
    cache.put(1, "b");
    assertThat(tasks).hasSize(2);

    tasks.get(0).run();
    assertThat(listener.take()).as("told by the task that was refused").isEmpty();

    tasks.get(1).run();
    assertThat(listener.take()).containsExactly("CREATED 1=a", "UPDATED 1=b was a");
  }

  private static final int EXPIRED = 100;

  /** Hears of what expires, and hangs for the first keys that it hears of. */
  private static final class HangingListener implements CacheEntryExpiredListener<Integer, String> {
    final Set<Integer> told = ConcurrentHashMap.newKeySet();
    final CountDownLatch hung;
    final Gate gate = new Gate();
    private final AtomicInteger calls = new AtomicInteger();
    private final int hanging;

    HangingListener(int hanging) {
      this.hanging = hanging;
      this.hung = new CountDownLatch(hanging);
    }

    @Override
    public void onExpired(Iterable<CacheEntryEvent<? extends Integer, ? extends String>> events) {
      for (CacheEntryEvent<? extends Integer, ? extends String> event : events) {
        if (calls.incrementAndGet() <= hanging) {
          hung.countDown();
          gate.pass();
        }
        assertThat(told.add(event.getKey())).as("told once").isTrue();
      }
    }
  }

  private TheineConfiguration<Integer, String> expiring(HangingListener listener) {
    return caches
        .<Integer, String>configuration()
        .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(Duration.ONE_MINUTE))
        .addCacheEntryListenerConfiguration(Caches.synchronous(listener));
  }

  /** No thread but that of the cache finds them expired, since others would tell of them. */
  private void sweep(TheineCache<Integer, String> cache) {
    for (int key = 0; key < EXPIRED; key++) {
      cache.put(key, "value");
    }
    caches.advance(java.time.Duration.ofMinutes(2));
  }

  private static Stream<Arguments> executors() {
    return Stream.of(
        Arguments.of("default", null),
        Arguments.of("caller", (Executor) Runnable::run),
        Arguments.of("threads", (Executor) task -> Task.run(task)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("executors")
  void sweep_listenerHangsForSomeKeys_tellsOfAllOthers(String name, @Nullable Executor executor)
      throws Exception {
    int hanging = 8;
    HangingListener listener = new HangingListener(hanging);
    TheineConfiguration<Integer, String> configuration = expiring(listener);
    if (executor != null) {
      configuration.setExecutorFactory(() -> executor);
    }
    sweep(caches.create(configuration));

    Caches.await("all others", () -> listener.told.size() == EXPIRED - hanging);
    listener.gate.open();
    Caches.await("all", () -> listener.told.size() == EXPIRED);
  }

  @Test
  void sweep_listenerHangsForAllKeys_takesFewThreads() throws Exception {
    AtomicInteger tasks = new AtomicInteger();
    HangingListener listener = new HangingListener(EXPIRED);
    TheineCache<Integer, String> cache =
        caches.create(
            expiring(listener)
                .setExecutorFactory(
                    () ->
                        task -> {
                          tasks.incrementAndGet();
                          Task.run(task);
                        }));
    sweep(cache);
    Caches.await("tasks that hang", () -> listener.hung.getCount() <= EXPIRED - 16);
    cache.expireNow();

    assertThat(tasks).hasValueLessThanOrEqualTo(18);
    assertThat(listener.told).isEmpty();
    listener.gate.open();
    Caches.await("all", () -> listener.told.size() == EXPIRED);
  }

  /** One task at a time is enough as long as nothing hangs. */
  @Test
  void sweep_oneThread_tellsOfAll() throws Exception {
    HangingListener listener = new HangingListener(0);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      sweep(caches.create(expiring(listener).setExecutorFactory(() -> thread)));
      Caches.await("all", () -> listener.told.size() == EXPIRED);
    } finally {
      thread.shutdown();
    }
  }

  /** A second task beside the one that has begun would tell of the same key out of order. */
  @Test
  void events_executorFailsWhenATaskHasBegun_areToldByThatTaskAlone() throws Exception {
    Gate gate = new Gate();
    List<Task<Void>> tasks = new ArrayList<>();
    Executor late =
        task -> {
          tasks.add(Task.run(task));
          gate.awaitReached();
          throw new RejectedExecutionException("after all");
        };
    RecordingListener<Integer, String> listener =
        new RecordingListener<>() {
          @Override
          public void onCreated(
              Iterable<CacheEntryEvent<? extends Integer, ? extends String>> events) {
            gate.pass();
            super.onCreated(events);
          }
        };
    TheineCache<Integer, String> cache = asynchronous(late, listener);
    cache.put(1, "a");
    cache.put(1, "b");
    assertThat(tasks).hasSize(1);
    assertThat(listener.take()).isEmpty();

    gate.open();
    tasks.get(0).result();

    assertThat(listener.take()).containsExactly("CREATED 1=a", "UPDATED 1=b was a");
  }
}
