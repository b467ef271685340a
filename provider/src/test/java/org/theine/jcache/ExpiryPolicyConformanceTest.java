package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import javax.cache.Cache;
import javax.cache.configuration.Factory;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * What the policy is asked, and durations at the edge, where the specification says more than its
 * TCK asks.
 */
final class ExpiryPolicyConformanceTest extends ExpiryConformance {
  @Nested
  @DisplayName("place 15: what the policy is asked")
  class Questions {
    private final Map<String, Consumer<TheineCache<Integer, String>>> operations =
        new LinkedHashMap<>();
    private final Map<String, List<String>> expected = new LinkedHashMap<>();

    private void row(
        String name, Consumer<TheineCache<Integer, String>> operation, String... questions) {
      operations.put(name, operation);
      expected.put(name, List.of(questions));
    }

    Questions() { // 1=a and 2=b are there, 3 is not
      row("containsKey", cache -> assertThat(cache.containsKey(1)).isTrue());
      row("get", cache -> cache.get(1), "access");
      row("get, absent", cache -> cache.get(3));
      row("getAll", cache -> cache.getAll(Set.of(1, 2, 3)), "access", "access");
      row("iteration", ExpiryConformance::iterate, "access", "access");
      row("hasNext", cache -> assertThat(cache.iterator().hasNext()).isTrue());
      row("iterator, remove", ExpiryPolicyConformanceTest::removeFirst, "access");
      row("put", cache -> cache.put(1, "x"), "update");
      row("put, absent", cache -> cache.put(3, "x"), "creation");
      row("putAll", cache -> cache.putAll(Map.of(1, "x", 2, "x")), "update", "update");
      row("putAll, absent", cache -> cache.putAll(Map.of(3, "x")), "creation");
      row("putIfAbsent", cache -> cache.putIfAbsent(1, "x"));
      row("putIfAbsent, absent", cache -> cache.putIfAbsent(3, "x"), "creation");
      row("getAndPut", cache -> cache.getAndPut(1, "x"), "update");
      row("getAndPut, absent", cache -> cache.getAndPut(3, "x"), "creation");
      row("replace", cache -> cache.replace(1, "x"), "update");
      row("replace, absent", cache -> cache.replace(3, "x"));
      row("replace if equal", cache -> cache.replace(1, "a", "x"), "update");
      row("replace if equal, unequal", cache -> cache.replace(1, "b", "x"), "access");
      row("replace if equal, absent", cache -> cache.replace(3, "b", "x"));
      row("getAndReplace", cache -> cache.getAndReplace(1, "x"), "update");
      row("getAndReplace, absent", cache -> cache.getAndReplace(3, "x"));
      row("remove", cache -> cache.remove(1));
      row("remove if equal", cache -> cache.remove(1, "a"));
      row("remove if equal, unequal", cache -> cache.remove(1, "b"), "access");
      row("remove if equal, absent", cache -> cache.remove(3, "b"));
      row("getAndRemove", cache -> cache.getAndRemove(1));
      row("removeAll of keys", cache -> cache.removeAll(Set.of(1, 3)));
      row("removeAll", Cache::removeAll);
      row("clear", Cache::clear);
      row("invoke, getValue", cache -> processedValue(cache, 1), "access");
      row("invoke, getValue, absent", cache -> processedValue(cache, 3));
      row("invoke, exists", cache -> cache.invoke(1, (entry, arguments) -> entry.exists()));
      row("invoke, setValue", cache -> set(cache, 1, "x"), "update");
      row("invoke, setValue, absent", cache -> set(cache, 3, "x"), "creation");
      row("invoke, remove", cache -> remove(cache, 1));
    }

    @Test
    void operation_each_asksAsTheTableSays() {
      TheineCache<Integer, String> cache = plain();
      operations.forEach(
          (name, operation) -> {
            cache.clear();
            cache.put(1, "a");
            cache.put(2, "b");
            expiry.take();

            operation.accept(cache);

            assertThat(expiry.take()).as(name).isEqualTo(expected.get(name));
          });
    }

    @Test
    void access_aDuration_movesTheDeadline() {
      expiry.creation(answering(TEN_SECONDS)).access(answering(TEN_SECONDS));
      for (String name :
          List.of("get", "getAll", "iteration", "remove if equal, unequal", "invoke, getValue")) {
        TheineCache<Integer, String> cache = plain();
        cache.put(1, "a");
        cache.put(2, "b");
        advanceSeconds(9);

        operations.get(name).accept(cache);

        advanceSeconds(9);
        assertThat(cache.containsKey(1)).as(name).isTrue();
        advanceSeconds(1);
        assertThat(cache.containsKey(1)).as(name).isFalse();
      }
    }

    @Test
    void access_zero_isTheLastLook() {
      expiry.access(answering(Duration.ZERO));
      TheineCache<Integer, String> cache = plain();
      cache.put(1, "a");

      assertThat(cache.get(1)).isEqualTo("a");
      assertThat(cache.get(1)).isNull();

      cache.expireNow();
      assertThat(cache.size()).isZero();
    }
  }

  private static void removeFirst(Cache<Integer, String> cache) {
    Iterator<Cache.Entry<Integer, String>> entries = cache.iterator();
    entries.next();
    entries.remove();
  }

  @Nested
  @DisplayName("place 18: durations and times at the edge")
  class Edges {
    /** The longest duration that has a deadline. */
    private static final long LONGEST_MILLIS = Long.MAX_VALUE / 2 / 1_000_000;

    @Test
    void duration_huge_doesNotWrap() {
      for (Duration huge :
          List.of(
              new Duration(TimeUnit.DAYS, Long.MAX_VALUE),
              new Duration(TimeUnit.DAYS, Long.MAX_VALUE / 1_000_000),
              new Duration(TimeUnit.MILLISECONDS, Long.MAX_VALUE),
              new Duration(TimeUnit.MILLISECONDS, Long.MAX_VALUE / 1_000_000),
              new Duration(TimeUnit.MILLISECONDS, Long.MAX_VALUE / 1_000_000 + 1),
              new Duration(TimeUnit.MILLISECONDS, LONGEST_MILLIS),
              new Duration(TimeUnit.MILLISECONDS, LONGEST_MILLIS + 1),
              new Duration(TimeUnit.DAYS, 36_500))) {
        for (Factory<? extends ExpiryPolicy> policy :
            List.of(
                CreatedExpiryPolicy.factoryOf(huge),
                ModifiedExpiryPolicy.factoryOf(huge),
                AccessedExpiryPolicy.factoryOf(huge),
                () -> expiry.creation(() -> huge).update(() -> huge).access(() -> huge))) {
          TheineCache<Integer, String> cache = plain(policy);
          advanceSeconds(1);
          cache.put(1, "a");
          cache.put(1, "b");
          cache.get(1);
          advanceSeconds(TimeUnit.DAYS.toSeconds(1000));
          cache.expireNow();

          assertThat(cache.get(1)).as("%s", huge).isEqualTo("b");
          cache.close();
        }
      }
    }

    @Test
    void deadline_tickerAnywhere_isExact() {
      long ten =
          TimeUnit.MILLISECONDS.toNanos(10); // deadlines at 0, MAX_VALUE and their neighbours
      for (long start :
          List.of(
              0L,
              -1L,
              -ten - 1,
              -ten,
              -ten + 1,
              Long.MAX_VALUE,
              Long.MAX_VALUE - ten - 1,
              Long.MAX_VALUE - ten,
              Long.MAX_VALUE - ten + 1,
              Long.MIN_VALUE)) {
        AtomicLong ticker = new AtomicLong(start);
        TheineCache<Integer, String> cache =
            caches.create(
                configuration(
                        CreatedExpiryPolicy.factoryOf(new Duration(TimeUnit.MILLISECONDS, 10)))
                    .setTickerFactory(() -> ticker::get));
        cache.put(1, "a");
        ticker.addAndGet(ten - 1);
        cache.expireNow();
        assertThat(cache.get(1)).as("start %d", start).isEqualTo("a");
        ticker.addAndGet(1);
        assertThat(cache.get(1)).as("start %d", start).isNull();
        ticker.addAndGet(TimeUnit.SECONDS.toNanos(1)); // the wheel may be late by a tick
        cache.expireNow();
        assertThat(cache.size()).as("start %d", start).isZero();
        cache.close();
      }
    }

    @Test
    void duration_toTheEndOfTime_isEternalAndNotDead() {
      AtomicLong ticker = new AtomicLong();
      TheineCache<Integer, String> cache =
          caches.create(
              configuration(
                      CreatedExpiryPolicy.factoryOf(
                          new Duration(TimeUnit.MILLISECONDS, LONGEST_MILLIS)))
                  .setTickerFactory(() -> ticker::get));
      ticker.set(Long.MAX_VALUE - TimeUnit.MILLISECONDS.toNanos(LONGEST_MILLIS) - 1);
      for (int key = 1; key <= 3; key++) { // deadlines at MAX_VALUE - 1, MAX_VALUE and beyond
        cache.put(key, "a");
        ticker.incrementAndGet();
      }
      ticker.addAndGet(TimeUnit.SECONDS.toNanos(1));
      cache.expireNow();

      assertThat(cache.getAll(Set.of(1, 2, 3))).hasSize(3);
      assertThat(cache.size()).isEqualTo(3);
    }
  }

  @Nested
  @DisplayName("place 19: a policy that can be closed is closed")
  class ClosingPolicy {
    private final AtomicInteger closings = new AtomicInteger();

    private final class CloseablePolicy implements ExpiryPolicy, Closeable {
      @Override
      public Duration getExpiryForCreation() {
        return Duration.ETERNAL;
      }

      @Override
      public @Nullable Duration getExpiryForAccess() {
        return null;
      }

      @Override
      public @Nullable Duration getExpiryForUpdate() {
        return null;
      }

      @Override
      public void close() {
        closings.incrementAndGet();
      }
    }

    @Test
    void close_ofTheCache_closesOnce() {
      TheineCache<Integer, String> cache = plain(CloseablePolicy::new);
      assertThat(closings).hasValue(0);

      cache.close();
      cache.close();

      assertThat(closings).hasValue(1);
    }

    @Test
    void destroyCacheAndCloseOfTheManager_each_closesOnce() {
      TheineCache<Integer, String> destroyed = plain(CloseablePolicy::new);
      plain(CloseablePolicy::new);

      caches.manager().destroyCache(destroyed.getName());
      assertThat(closings).hasValue(1);
      caches.manager().close();
      assertThat(closings).hasValue(2);
    }
  }
}
