package org.theine.jcache.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.timer.Clock;

/** Makes stores for tests and does to them what operations do. Stateless. */
final class Stores {
  /** Bound of every wait: far beyond what a loaded machine needs. */
  private static final long PATIENCE_SECONDS = 60;

  private Stores() {}

  /** One shard; entries that can expire if there is a ticker. */
  static <K> Store<K, String> create(long maximum, @Nullable LongSupplier ticker) {
    return create(maximum, ticker, new Unheard<>());
  }

  static <K> Store<K, String> create(
      long maximum, @Nullable LongSupplier ticker, Departures<K, String> departures) {
    return new Store<>(
        new StoreSettings<>("test", maximum, false, 1, ticker != null, ticker, 42, key -> key),
        departures);
  }

  static <K> Entry<K, String> lock(Store<K, String> store, K key) {
    return store.exclusive().lock(key, store.hash(key), false);
  }

  static <K> boolean contains(Store<K, String> store, K key) {
    return store.contains(key, store.hash(key));
  }

  static <K> void put(Store<K, String> store, K key, String value) {
    put(store, key, value, Clock.NEVER);
  }

  /** Stores a value as an operation does. */
  static <K> void put(Store<K, String> store, K key, String value, long durationNanos) {
    ExclusiveAccess<K, String> exclusive = store.exclusive();
    Entry<K, String> entry = lock(store, key);
    try {
      if (exclusive.current(entry) == null) {
        exclusive.insert(entry, value, 1, durationNanos);
      } else {
        exclusive.replace(entry, value, 1, durationNanos);
      }
      exclusive.settle(entry);
    } finally {
      exclusive.unlock(entry);
    }
  }

  /** Removes a key as an operation does. */
  static <K> void remove(Store<K, String> store, K key) {
    ExclusiveAccess<K, String> exclusive = store.exclusive();
    Entry<K, String> entry = lock(store, key);
    try {
      if (exclusive.current(entry) != null) {
        exclusive.remove(entry);
      }
    } finally {
      exclusive.unlock(entry);
    }
  }

  /** All structures agree, and no shard is left locked; for the end of a test. */
  static void assertAtRest(Store<?, ?> store) {
    for (int shard = 0; shard < store.shards(); shard++) {
      assertThat(((ReentrantLock) store.lockOf(shard)).isLocked())
          .as("shard %d is left locked", shard)
          .isFalse();
    }
    store.audit();
  }

  /** A task of {@link #race}. */
  interface Racer {
    void run() throws Exception;
  }

  /** Runs tasks at the same time, each in a thread of its own, until all have ended. */
  static void race(Racer... racers) throws Exception {
    ExecutorService threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "racer");
              thread.setDaemon(true);
              return thread;
            });
    CyclicBarrier start = new CyclicBarrier(racers.length);
    List<Future<?>> ends = new ArrayList<>();
    for (Racer racer : racers) {
      ends.add(threads.submit(started(start, racer)));
    }
    try {
      for (Future<?> end : ends) {
        end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
    } catch (ExecutionException e) {
      throw new AssertionError("a racer failed", e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("a racer does not end", e);
    } finally {
      threads.shutdownNow();
    }
  }

  private static Callable<@Nullable Void> started(CyclicBarrier start, Racer racer) {
    return () -> {
      await(start);
      racer.run();
      return null;
    };
  }

  private static void await(CyclicBarrier barrier) throws InterruptedException {
    try {
      barrier.await();
    } catch (BrokenBarrierException e) {
      throw new IllegalStateException("a racer was stopped", e);
    }
  }

  /** Whether a test that races for so long should go on. */
  static LongSupplier deadlineIn(long milliseconds) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
    return () -> end - System.nanoTime();
  }

  /** Nobody hears of departures. */
  static class Unheard<K> implements Departures<K, String> {
    @Override
    public void arrived(Entry<K, String> entry, String value) {}

    @Override
    public void evicted(Entry<K, String> entry, String value) {}

    @Override
    public void expired(Entry<K, String> entry, String value) {}

    @Override
    public void settled() {}
  }
}
