package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.theine.jcache.Caches.asynchronous;
import static org.theine.jcache.Caches.listening;
import static org.theine.jcache.Caches.synchronous;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.integration.CompletionListener;
import javax.cache.integration.CompletionListenerFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * When and in which order listeners are told, where the specification says more than its TCK asks.
 */
final class EventDeliveryConformanceTest extends EventDeliveryConformance {
  @Nested
  @DisplayName("place 21: order of the events of a key")
  class Order {
    private static final int THREADS = 4;
    private static final int INVOCATIONS = 2000;
    private static final int KEYS = 3;

    /** Values that a key has had, as its updates tell. */
    private final class Sequence
        implements CacheEntryCreatedListener<Integer, Integer>,
            CacheEntryUpdatedListener<Integer, Integer> {
      private final Map<Integer, List<Integer>> values = new HashMap<>();

      @Override
      public void onCreated(
          Iterable<CacheEntryEvent<? extends Integer, ? extends Integer>> events) {
        add(events);
      }

      @Override
      public void onUpdated(
          Iterable<CacheEntryEvent<? extends Integer, ? extends Integer>> events) {
        add(events);
      }

      private synchronized void add(
          Iterable<CacheEntryEvent<? extends Integer, ? extends Integer>> events) {
        events.forEach(
            event ->
                values
                    .computeIfAbsent(event.getKey(), key -> new ArrayList<>())
                    .add(event.getValue()));
      }

      synchronized int count() {
        return values.values().stream().mapToInt(List::size).sum();
      }

      synchronized void assertInOrder() {
        values.forEach(
            (key, told) -> {
              List<Integer> sorted = new ArrayList<>(told);
              Collections.sort(sorted);
              assertThat(told).as("key %d", key).isEqualTo(sorted);
              assertThat(sorted).as("key %d", key).doesNotHaveDuplicates();
            });
      }
    }

    private void increment(TheineCache<Integer, Integer> cache) throws Exception {
      CyclicBarrier start = new CyclicBarrier(THREADS);
      List<Future<?>> tasks = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        tasks.add(
            caches.start(
                () -> {
                  start.await();
                  for (int n = 0; n < INVOCATIONS; n++) {
                    cache.invoke(
                        n % KEYS,
                        (entry, arguments) -> {
                          entry.setValue(entry.exists() ? entry.getValue() + 1 : 1);
                          return null;
                        });
                  }
                  return null;
                }));
      }
      for (Future<?> task : tasks) {
        Caches.join(task);
      }
    }

    @Test
    void invoke_fourThreadsAndAnAsynchronousListener_isToldInOrder() throws Exception {
      Sequence sequence = new Sequence();
      TheineConfiguration<Integer, Integer> configuration = caches.configuration();
      TheineCache<Integer, Integer> cache =
          caches.create(configuration.addCacheEntryListenerConfiguration(asynchronous(sequence)));

      increment(cache);

      Caches.await("all events", () -> sequence.count() == THREADS * INVOCATIONS);
      sequence.assertInOrder();
    }

    @Test
    void invoke_fourThreadsAndASynchronousListener_isToldInOrder() throws Exception {
      Sequence sequence = new Sequence();
      TheineConfiguration<Integer, Integer> configuration = caches.configuration();
      TheineCache<Integer, Integer> cache =
          caches.create(configuration.addCacheEntryListenerConfiguration(synchronous(sequence)));

      increment(cache);

      assertThat(sequence.count()).isEqualTo(THREADS * INVOCATIONS);
      sequence.assertInOrder();
    }

    @Test
    void put_whileAnotherThreadIsTelling_waitsForItsTurn() throws Exception {
      CountDownLatch telling = new CountDownLatch(1);
      CountDownLatch goOn = new CountDownLatch(1);
      TheineCache<Integer, String> cache = caches.create(configuration());
      cache.registerCacheEntryListener(
          synchronous(
              new RecordingListener<Integer, String>() {
                @Override
                public void onCreated(
                    Iterable<CacheEntryEvent<? extends Integer, ? extends String>> events) {
                  if (events.iterator().next().getKey() == 1) {
                    telling.countDown();
                    awaitCalmly(goOn);
                  }
                }
              }));
      cache.registerCacheEntryListener(synchronous(listener));
      Future<?> first = caches.run(() -> cache.put(1, "a"));
      awaitCalmly(telling);
      AtomicReference<Thread> second = new AtomicReference<>();
      Future<List<String>> told =
          caches.start(
              () -> {
                second.set(Thread.currentThread());
                cache.put(1, "b");
                return listener.take();
              });
      Caches.await(
          "the second put waits",
          () -> second.get() != null && second.get().getState() == Thread.State.WAITING);
      assertThat(cache.get(1)).isEqualTo("b"); // the change itself waits for nobody
      cache.put(2, "c"); // nor does another key

      goOn.countDown();

      assertThat(Caches.join(told)).contains("CREATED 1=a", "UPDATED 1=b was a");
      Caches.join(first);
    }
  }

  @Nested
  @DisplayName("place 24: told before the call returns")
  class ToldInTime {
    private ExecutorService single = Executors.newSingleThreadExecutor();

    @AfterEach
    void shutDown() {
      single.shutdownNow();
    }

    private TheineCache<Integer, String> readThrough(
        CacheEntryListenerConfiguration<Integer, String> listening) {
      return caches.create(
          configuration(listening)
              .setReadThrough(true)
              .setCacheLoaderFactory(() -> loader)
              .setExecutorFactory(() -> single));
    }

    @Test
    void operation_returns_synchronousListenerHasRunInItsThread() {
      List<Thread> threads = new ArrayList<>();
      TheineCache<Integer, String> cache =
          readThrough(
              listening(
                  listener,
                  event -> {
                    threads.add(Thread.currentThread());
                    return true;
                  },
                  true,
                  true));

      cache.get(1);
      assertThat(listener.take()).containsExactly("CREATED 1=loaded 1");
      cache.getAll(Set.of(1, 2, 3));
      assertThat(listener.take())
          .containsExactlyInAnyOrder("CREATED 2=loaded 2", "CREATED 3=loaded 3");
      cache.invoke(4, (entry, arguments) -> entry.getValue());
      assertThat(listener.take()).containsExactly("CREATED 4=loaded 4");
      cache.put(1, "a");
      assertThat(listener.take()).containsExactly("UPDATED 1=a was loaded 1");
      cache.removeAll();
      assertThat(listener.take()).hasSize(4);
      assertThat(threads).hasSize(9).containsOnly(Thread.currentThread());
    }

    @Test
    void loadAll_completes_synchronousListenerHasRun() throws Exception {
      TheineCache<Integer, String> cache = readThrough(synchronous(listener));
      for (boolean replace : List.of(false, true)) {
        AtomicReference<List<String>> toldThen = new AtomicReference<>();
        cache.loadAll(
            Set.of(1, 2),
            replace,
            new CompletionListener() {
              @Override
              public void onCompletion() {
                toldThen.set(listener.take());
              }

              @Override
              public void onException(Exception e) {
                toldThen.set(List.of(e.toString()));
              }
            });
        Caches.await("completion", () -> toldThen.get() != null);
        assertThat(toldThen.get()).hasSize(2);
      }
    }

    @Test
    void loadAll_oneThreadForAll_completes() throws Exception {
      TheineCache<Integer, String> cache = readThrough(asynchronous(listener));
      cache.registerCacheEntryListener(synchronous(other));
      CompletionListenerFuture first = new CompletionListenerFuture();
      CompletionListenerFuture second = new CompletionListenerFuture();

      cache.loadAll(Set.of(1, 2), false, first);
      cache.loadAll(Set.of(2, 3), true, second);

      first.get(Caches.PATIENCE_SECONDS, TimeUnit.SECONDS);
      second.get(Caches.PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(other.take()).hasSize(4);
      Caches.await("asynchronous events", () -> listener.count() == 4);
    }

    @Test
    void loadAll_fromAListenerOnTheOneThread_completes() throws Exception {
      CompletionListenerFuture inner = new CompletionListenerFuture();
      TheineCache<Integer, String> cache = readThrough(synchronous(listener));
      createdBy(
          events -> {
            if (events.iterator().next().getKey() == 1) {
              cache.loadAll(Set.of(2), false, inner);
            }
          },
          cache);
      CompletionListenerFuture outer = new CompletionListenerFuture();

      cache.loadAll(Set.of(1), false, outer);

      outer.get(Caches.PATIENCE_SECONDS, TimeUnit.SECONDS);
      inner.get(Caches.PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(listener.take()).containsExactly("CREATED 1=loaded 1", "CREATED 2=loaded 2");
    }
  }
}
