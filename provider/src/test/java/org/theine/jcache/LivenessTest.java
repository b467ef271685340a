package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.event.CacheEntryEvent;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.integration.CacheLoaderException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Nobody waits for ever, and nobody waits for what is none of his business. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class LivenessTest {
  @RegisterExtension final Caches caches = new Caches();

  private final BackingStore<Integer, String> behind = new BackingStore<>();

  private TheineCache<Integer, String> through() {
    return caches.create(behind.behind(caches.configuration()));
  }

  // ---- what hangs stops its own key alone

  @ParameterizedTest
  @EnumSource(Hanging.class)
  void callback_hanging_stopsNoOtherKey(Hanging hanging) throws Exception {
    Gate gate = new Gate();
    Consumer<Object> hang =
        key -> {
          if (key.equals(-1)) {
            gate.pass();
          }
        };
    TheineCache<Integer, String> cache =
        caches.create(
            behind
                .behind(caches.configuration())
                .setMaximumSize(3000)
                .setShards(1)
                .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(Duration.ONE_MINUTE))
                .addCacheEntryListenerConfiguration(
                    Caches.synchronous(new OnCreated(key -> hang.accept(key + 1)))));
    behind.onLoad = hang;
    behind.onWrite = hang;
    behind.onDelete = hang;
    Task<Void> hung = Task.run(() -> hanging.hang(cache, behind));
    gate.awaitReached();

    Task<Void> others =
        Task.run(
            () -> {
              for (int key = 0; key < 10_000; key++) { // the table grows, then the cache evicts
                cache.put(key, "a");
              }
              cache.get(20_000);
              cache.getAll(Set.of(1, 20_001));
              cache.removeAll(Set.of(2, 3));
              cache.setMaximum(100);
              caches.advance(java.time.Duration.ofMinutes(1));
              cache.expireNow();
              cache.put(1, "b");
              cache.forEach(Cache.Entry::getValue);
              cache.clear();
            });
    others.result();

    assertThat(hung.isDone()).as("still hanging").isFalse();
    gate.open();
    hung.result();
  }

  // ---- loads that fail

  private static Stream<Throwable> failures() {
    return Stream.of(
        new ArithmeticException("down"),
        new IOException("a checked one, unseen by the compiler"),
        new CacheLoaderException("the loader's own"),
        new CacheLoaderException("the loader's own", new IOException("down")),
        new AssertionError("an error"),
        new OutOfMemoryError("made up"),
        new StackOverflowError("made up"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void load_failingFor64Callers_isCalledOnceAndFailsForAll(Throwable thrown) throws Exception {
    TheineCache<Integer, String> cache = through();
    Gate gate = new Gate();
    behind.onLoad =
        key -> {
          gate.pass();
          Throwing.unseen(thrown);
        };
    Task<String> loading = Task.start(() -> cache.get(1));
    gate.awaitReached();
    List<Task<String>> waiting = new ArrayList<>();
    for (int i = 0; i < 63; i++) {
      waiting.add(Task.start(() -> cache.get(1)));
    }
    for (Task<String> task : waiting) {
      task.awaitParked();
    }
    gate.open();

    Throwable first = loading.failure();
    Throwable cause = first.getCause() == null ? first : first.getCause();
    Set<Throwable> own = Collections.newSetFromMap(new IdentityHashMap<>());
    own.add(first);
    for (Task<String> task : waiting) {
      Throwable failure = task.failure();
      assertThat(failure).isInstanceOf(CacheLoaderException.class);
      assertThat(failure.getCause()).isSameAs(cause);
      own.add(failure);
    }
    assertThat(own).as("each has an exception of his own").hasSize(64);
    assertThat(behind.calls).containsExactly("load 1");

    behind.map.put(1, "up again");
    behind.onLoad = key -> {};
    assertThat(Task.start(() -> cache.get(1)).result()).isEqualTo("up again");
  }

  @Test
  void load_givingNothingTo64Callers_isCalledOnce() throws Exception {
    TheineCache<Integer, String> cache = through();
    Gate gate = new Gate();
    behind.onLoad = key -> gate.pass();
    List<Task<String>> gets = new ArrayList<>();
    gets.add(Task.start(() -> cache.get(1)));
    gate.awaitReached();
    for (int i = 0; i < 63; i++) {
      gets.add(Task.start(() -> cache.get(1)));
    }
    for (Task<String> get : gets) {
      get.awaitParked();
    }
    gate.open();

    for (Task<String> get : gets) {
      assertThat(get.result()).isNull();
    }
    assertThat(behind.calls).containsExactly("load 1");
  }

  // ---- interruption

  @Test
  void waiterForALoad_interrupted_stopsAndTheLoadGoesOn() throws Exception {
    TheineCache<Integer, String> cache = through();
    behind.map.put(1, "loaded");
    Gate gate = new Gate();
    behind.onLoad = key -> gate.pass();
    Task<String> loading = Task.start(() -> cache.get(1));
    gate.awaitReached();
    Task<String> patient = Task.start(() -> cache.get(1)).awaitParked();
    AtomicBoolean flag = new AtomicBoolean();
    Task<Throwable> interrupted =
        Task.start(
                () -> {
                  Throwable failure = catchThrowable(() -> cache.get(1));
                  flag.set(Thread.currentThread().isInterrupted());
                  return failure;
                })
            .awaitParked();

    interrupted.interrupt();

    assertThat(interrupted.result())
        .isInstanceOf(CacheException.class)
        .hasMessageContaining(cache.getName())
        .hasMessageContaining("interrupted");
    assertThat(flag).isTrue();
    gate.open();
    assertThat(loading.result()).isEqualTo("loaded");
    assertThat(patient.result()).isEqualTo("loaded");
    assertThat(behind.calls).containsExactly("load 1");
  }

  @Test
  void waiterForAWriter_interrupted_stopsAndTheOthersTakeTheirTurn() throws Exception {
    TheineCache<Integer, String> cache = through();
    Gate gate = new Gate();
    behind.onWrite = key -> gate.pass();
    Task<Void> writing = Task.run(() -> cache.put(1, "first"));
    gate.awaitReached();
    AtomicBoolean flag = new AtomicBoolean();
    Task<Throwable> interrupted =
        Task.start(
                () -> {
                  Throwable failure = catchThrowable(() -> cache.put(1, "interrupted"));
                  flag.set(Thread.currentThread().isInterrupted());
                  return failure;
                })
            .awaitParked();
    Task<Void> patient = Task.run(() -> cache.put(1, "second")).awaitParked();

    interrupted.interrupt();

    assertThat(interrupted.result())
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("interrupted");
    assertThat(flag).isTrue();
    gate.open();
    writing.result();
    patient.result();
    assertThat(behind.calls).containsExactly("write 1=first", "write 1=second");
    assertThat(cache.get(1)).isEqualTo("second");
  }

  // ---- no common pool, no traffic to live from

  @Test
  void maintenance_withTheCommonPoolBlockedAndNoTraffic_goesOn() throws Exception {
    Gate gate = new Gate();
    CountDownLatch blocked = new CountDownLatch(ForkJoinPool.getCommonPoolParallelism());
    for (int i = 0; i < ForkJoinPool.getCommonPoolParallelism(); i++) {
      ForkJoinPool.commonPool()
          .execute(
              () -> {
                blocked.countDown();
                gate.pass();
              });
    }
    try {
      assertThat(blocked.await(Caches.PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      CountDownLatch told = new CountDownLatch(4);
      AtomicInteger inCommonPool = new AtomicInteger();
      RecordingListener<Integer, String> synchronous = counting(told, inCommonPool);
      RecordingListener<Integer, String> asynchronous = counting(told, inCommonPool);
      behind.map.put(2, "loaded");
      behind.onLoad = key -> countIfInCommonPool(inCommonPool);
      TheineCache<Integer, String> cache =
          caches.create(
              new TheineConfiguration<Integer, String>() // the time of the system, own threads
                  .setReadThrough(true)
                  .setCacheLoaderFactory(() -> behind)
                  .setExpiryPolicyFactory(
                      CreatedExpiryPolicy.factoryOf(new Duration(TimeUnit.MILLISECONDS, 1)))
                  .addCacheEntryListenerConfiguration(Caches.synchronous(synchronous))
                  .addCacheEntryListenerConfiguration(Caches.asynchronous(asynchronous)));
      cache.put(1, "a");
      cache.loadAll(Set.of(2), true, null);

      assertThat(told.await(Caches.PATIENCE_SECONDS, TimeUnit.SECONDS))
          .as("both listeners are told of both expirations though nobody calls")
          .isTrue();
      assertThat(inCommonPool).hasValue(0);
    } finally {
      gate.open();
    }
  }

  private static void countIfInCommonPool(AtomicInteger inCommonPool) {
    if (Thread.currentThread() instanceof ForkJoinWorkerThread) {
      inCommonPool.incrementAndGet();
    }
  }

  private static RecordingListener<Integer, String> counting(
      CountDownLatch told, AtomicInteger inCommonPool) {
    return new RecordingListener<>() {
      @Override
      public void onExpired(Iterable<CacheEntryEvent<? extends Integer, ? extends String>> events) {
        countIfInCommonPool(inCommonPool);
        events.forEach(event -> told.countDown());
      }
    };
  }
}
