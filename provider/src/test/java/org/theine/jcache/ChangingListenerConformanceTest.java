package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.theine.jcache.Caches.asynchronous;
import static org.theine.jcache.Caches.synchronous;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.event.CacheEntryUpdatedListener;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * What a synchronous listener may do to its cache, where the specification says more than its TCK
 * asks.
 */
final class ChangingListenerConformanceTest extends EventDeliveryConformance {
  @Nested
  @DisplayName("place 27: changes inside a synchronous listener")
  class ChangingListener {
    @Test
    void put_listenerPutsAnotherKey_bothAreTold() throws Exception {
      TheineCache<Integer, String> cache = caches.create(configuration(synchronous(listener)));
      createdBy(
          events -> {
            int key = events.iterator().next().getKey();
            if (key < 100) {
              cache.put(key + 100, "inner");
            }
          },
          cache);

      Caches.join(caches.run(() -> cache.put(1, "a")));

      assertThat(listener.take()).containsExactly("CREATED 1=a", "CREATED 101=inner");
      assertThat(cache.get(101)).isEqualTo("inner");
    }

    @Test
    void put_listenerPutsTheSameKey_isToldInOrder() throws Exception {
      TheineCache<Integer, String> cache = caches.create(configuration());
      CacheEntryUpdatedListener<Integer, String> shortening =
          events -> {
            CacheEntryEvent<? extends Integer, ? extends String> event = events.iterator().next();
            if (event.getValue().length() > 1) {
              cache.put(event.getKey(), event.getValue().substring(1));
            }
          };
      cache.registerCacheEntryListener(synchronous(shortening));
      cache.registerCacheEntryListener(synchronous(listener));
      cache.put(1, "start");
      listener.take();

      Caches.join(caches.run(() -> cache.put(1, "abcd")));

      assertThat(listener.take())
          .containsExactly(
              "UPDATED 1=abcd was start",
              "UPDATED 1=bcd was abcd",
              "UPDATED 1=cd was bcd",
              "UPDATED 1=d was cd");
    }

    @Test
    void put_listenersOfTwoThreadsPutEachOthersKey_end() throws Exception {
      TheineCache<Integer, String> cache = caches.create(configuration(synchronous(listener)));
      CacheEntryUpdatedListener<Integer, String> crossing =
          events -> {
            CacheEntryEvent<? extends Integer, ? extends String> event = events.iterator().next();
            if (event.getValue().equals("outer")) {
              cache.put(1 - event.getKey(), "inner");
            }
          };
      cache.putAll(Map.of(0, "a", 1, "a"));
      cache.registerCacheEntryListener(synchronous(crossing));
      listener.take();
      int rounds = 500;
      CyclicBarrier start = new CyclicBarrier(2);
      List<Future<?>> tasks = new ArrayList<>();
      for (int key = 0; key < 2; key++) {
        int own = key;
        tasks.add(
            caches.start(
                () -> {
                  start.await();
                  for (int i = 0; i < rounds; i++) {
                    cache.put(own, "outer");
                  }
                  return null;
                }));
      }
      for (Future<?> task : tasks) {
        Caches.join(task);
      }

      assertThat(listener.take()).hasSize(4 * rounds);
    }

    @Test
    void put_listenersNested_allAreToldAtReturnAndTheDeepestFailureIsThrown() {
      TheineCache<Integer, String> cache = caches.create(configuration(synchronous(listener)));
      CacheEntryListenerException failure = new CacheEntryListenerException("deep down");
      createdBy(
          events -> {
            int key = events.iterator().next().getKey();
            if (key == 0) {
              throw failure;
            }
            cache.put(key - 1, "a");
            cache.getAndPut(key - 1, "b");
          },
          cache);

      assertThatThrownBy(() -> cache.put(3, "a")).isSameAs(failure);

      List<String> told = listener.take();
      for (int key = 0; key < 3; key++) {
        assertThat(told)
            .containsSubsequence("CREATED " + key + "=a", "UPDATED " + key + "=b was a");
      }
      assertThat(told).hasSize(7).contains("CREATED 3=a");
    }

    @Test
    void put_asynchronousListenerPuts_synchronousOneIsTold() throws Exception {
      TheineCache<Integer, String> cache = caches.create(configuration(synchronous(listener)));
      CacheEntryCreatedListener<Integer, String> following =
          events -> {
            int key = events.iterator().next().getKey();
            if (key < 10) {
              cache.put(key + 1, "b");
            }
          };
      cache.registerCacheEntryListener(asynchronous(following));

      cache.put(0, "a");

      Caches.await("all events", () -> listener.count() == 11);
      assertThat(cache.size()).isEqualTo(11);
    }

    @Test
    void put_twoCachesListenToEachOther_end() throws Exception {
      TheineCache<Integer, String> first = caches.create(configuration(synchronous(listener)));
      TheineCache<Integer, String> second = caches.create(configuration(synchronous(other)));
      for (boolean forth : List.of(true, false)) {
        TheineCache<Integer, String> from = forth ? first : second;
        TheineCache<Integer, String> to = forth ? second : first;
        CacheEntryUpdatedListener<Integer, String> following =
            events -> {
              CacheEntryEvent<? extends Integer, ? extends String> event = events.iterator().next();
              if (event.getValue().length() > 1) {
                to.put(event.getKey(), event.getValue().substring(1));
              }
            };
        from.registerCacheEntryListener(synchronous(following));
        from.putAll(Map.of(0, "", 1, ""));
      }
      listener.take();
      other.take();
      int rounds = 500;
      CyclicBarrier start = new CyclicBarrier(2);
      List<Future<?>> tasks = new ArrayList<>();
      for (TheineCache<Integer, String> own : List.of(first, second)) {
        tasks.add(
            caches.start(
                () -> {
                  start.await();
                  for (int i = 0; i < rounds; i++) {
                    own.put(i % 2, "abcd"); // and there, back, and there again
                  }
                  return null;
                }));
      }
      for (Future<?> task : tasks) {
        Caches.join(task);
      }

      assertThat(listener.take()).hasSize(4 * rounds);
      assertThat(other.take()).hasSize(4 * rounds);
    }
  }
}
