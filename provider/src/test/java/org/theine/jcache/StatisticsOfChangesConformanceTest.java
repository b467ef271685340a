package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.theine.jcache.Caches.assertCounted;
import static org.theine.jcache.Caches.statistics;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.integration.CacheWriterException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * What is counted of processors, iterators and changes that fail or meet what has expired, where
 * the specification says more than its TCK asks.
 */
final class StatisticsOfChangesConformanceTest extends StatisticsConformance {
  @Nested
  @DisplayName("place 4: invoke")
  class Invoke {
    @Test
    void invoke_touchesNothing_isHitOrMissByPresence() {
      TheineCache<Integer, String> cache = plain();
      cache.put(1, "a");
      statistics(cache).clear();

      cache.invoke(1, (entry, arguments) -> null);
      assertCounted(cache, 1, 0, 0, 0);
      cache.invoke(2, (entry, arguments) -> null);
      assertCounted(cache, 0, 1, 0, 0);
      cache.invokeAll(Set.of(1, 2, 3), (entry, arguments) -> null);
      assertCounted(cache, 1, 2, 0, 0);
    }

    @Test
    void invoke_looksSeveralTimes_isOneHitOrMiss() {
      TheineCache<Integer, String> cache = plain();
      cache.put(1, "a");
      statistics(cache).clear();

      cache.invoke(1, (entry, arguments) -> entry.getValue() + entry.getValue() + entry.exists());
      assertCounted(cache, 1, 0, 0, 0);
      cache.invoke(2, (entry, arguments) -> entry.getValue() + entry.getValue() + entry.exists());
      assertCounted(cache, 0, 1, 0, 0);
    }

    @Test
    void invoke_getValueLoads_isMissAndNoPut() {
      TheineCache<Integer, String> cache = readThrough();

      assertThat(cache.<String>invoke(1, (entry, arguments) -> entry.getValue()))
          .isEqualTo("loaded 1");

      assertCounted(cache, 0, 1, 0, 0);
      assertThat(cache.containsKey(1)).isTrue();
    }

    @Test
    void invoke_setValue_isPut() {
      TheineCache<Integer, String> cache = plain();

      cache.invoke(1, StatisticsConformance::setTwice);
      assertCounted(cache, 0, 1, 1, 0);
      cache.invoke(1, StatisticsConformance::setTwice);
      assertCounted(cache, 1, 0, 1, 0);
    }

    @Test
    void invoke_removes_isRemovalOnlyIfPresent() {
      TheineCache<Integer, String> cache = plain();
      cache.put(1, "a");
      statistics(cache).clear();

      cache.invoke(2, StatisticsConformance::remove);
      assertCounted(cache, 0, 1, 0, 0);
      cache.invoke(1, StatisticsConformance::remove);
      assertCounted(cache, 1, 0, 0, 1);
    }

    @Test
    void invoke_processorThrows_isNoPut() {
      TheineCache<Integer, String> cache = plain();

      catchThrowable(
          () ->
              cache.invoke(
                  1,
                  (entry, arguments) -> {
                    entry.setValue("a");
                    throw new ArithmeticException();
                  }));

      assertCounted(cache, 0, 1, 0, 0);
    }
  }

  @Test
  @DisplayName("place 5")
  void iterator_nextAndRemove_isHitForEachAndRemoval() {
    TheineCache<Integer, String> cache = plain();
    cache.putAll(Map.of(1, "a", 2, "b", 3, "c"));
    statistics(cache).clear();

    Iterator<Cache.Entry<Integer, String>> entries = cache.iterator();
    entries.hasNext();
    entries.hasNext();
    assertCounted(cache, 0, 0, 0, 0);
    entries.next();
    assertCounted(cache, 1, 0, 0, 0);
    entries.remove();
    assertCounted(cache, 0, 0, 0, 1);
    entries.next();
    entries.next();
    assertThat(entries.hasNext()).isFalse();
    assertCounted(cache, 2, 0, 0, 0);
  }

  @Test
  @DisplayName("place 6")
  void change_writerFails_changesCountsAndTellsNothing() {
    TheineCache<Integer, String> cache = writeThrough();
    cache.put(1, "a");
    listener.take();
    writer.failFor(key -> true);

    Map<String, ThrowingCallable> changes = new LinkedHashMap<>();
    changes.put("put", () -> cache.put(2, "b"));
    changes.put("put over", () -> cache.put(1, "b"));
    changes.put("getAndPut", () -> cache.getAndPut(2, "b"));
    changes.put("getAndPut over", () -> cache.getAndPut(1, "b"));
    changes.put("putIfAbsent", () -> cache.putIfAbsent(2, "b"));
    changes.put("putAll", () -> cache.putAll(Map.of(1, "b", 2, "b")));
    changes.put("replace", () -> cache.replace(1, "b"));
    changes.put("replace if equal", () -> cache.replace(1, "a", "b"));
    changes.put("getAndReplace", () -> cache.getAndReplace(1, "b"));
    changes.put("remove", () -> cache.remove(1));
    changes.put("remove absent", () -> cache.remove(2));
    changes.put("remove if equal", () -> cache.remove(1, "a"));
    changes.put("getAndRemove", () -> cache.getAndRemove(1));
    changes.put("removeAll of keys", () -> cache.removeAll(Set.of(1, 2)));
    changes.put("removeAll", cache::removeAll);
    changes.put("invoke, set", () -> cache.invoke(1, StatisticsConformance::setTwice));
    changes.put("invoke, create", () -> cache.invoke(2, StatisticsConformance::setTwice));
    changes.put("invoke, remove", () -> cache.invoke(1, StatisticsConformance::remove));
    changes.put(
        "iterator",
        () -> {
          Iterator<Cache.Entry<Integer, String>> entries = cache.iterator();
          entries.next();
          entries.remove();
        });
    changes.forEach(
        (name, change) -> {
          statistics(cache).clear();
          assertThatThrownBy(change)
              .as(name)
              .isInstanceOf(CacheWriterException.class)
              .hasCauseInstanceOf(ArithmeticException.class);
          assertThat(statistics(cache).getCachePuts()).as(name).isZero();
          assertThat(statistics(cache).getCacheRemovals()).as(name).isZero();
          assertThat(contents(cache)).as(name).isEqualTo(Map.of(1, "a"));
          assertThat(listener.take()).as(name).isEmpty();
        });
  }

  @Test
  @DisplayName("place 6")
  void lookingChange_writerFails_countsTheLook() {
    TheineCache<Integer, String> cache = writeThrough();
    cache.put(1, "a");
    statistics(cache).clear();
    writer.failFor(key -> true);

    catchThrowable(() -> cache.getAndPut(1, "b"));
    assertCounted(cache, 1, 0, 0, 0);
    catchThrowable(() -> cache.getAndPut(2, "b"));
    assertCounted(cache, 0, 1, 0, 0);
    catchThrowable(() -> cache.putIfAbsent(2, "b"));
    assertCounted(cache, 0, 1, 0, 0);
    catchThrowable(() -> cache.getAndRemove(1));
    assertCounted(cache, 1, 0, 0, 0);
    catchThrowable(() -> cache.invoke(1, StatisticsConformance::setTwice));
    assertCounted(cache, 1, 0, 0, 0);
  }

  @Test
  @DisplayName("place 9")
  void remove_expired_isFalseAndNoRemoval() {
    TheineCache<Integer, String> cache =
        caches.create(
            configuration()
                .setExpiryPolicyFactory(
                    CreatedExpiryPolicy.factoryOf(javax.cache.expiry.Duration.ONE_MINUTE)));
    Map<String, Runnable> removals = new LinkedHashMap<>();
    removals.put("remove", () -> assertThat(cache.remove(1)).isFalse());
    removals.put("remove if equal", () -> assertThat(cache.remove(1, "a")).isFalse());
    removals.put("getAndRemove", () -> assertThat(cache.getAndRemove(1)).isNull());
    removals.put("removeAll of keys", () -> cache.removeAll(Set.of(1)));
    removals.put("removeAll", cache::removeAll);
    removals.put("invoke", () -> cache.invoke(1, StatisticsConformance::remove));
    removals.forEach(
        (name, removal) -> {
          cache.put(1, "a");
          caches.advance(Duration.ofMinutes(1));
          statistics(cache).clear();

          removal.run();

          assertThat(statistics(cache).getCacheRemovals()).as(name).isZero();
          cache.put(1, "b"); // its event comes after what it finds
          assertThat(listener.take())
              .as(name)
              .containsExactly("CREATED 1=a", "EXPIRED 1=a was a", "CREATED 1=b");
          cache.clear();
        });
  }

  @Test
  @DisplayName("place 9")
  void iteratorRemove_expiredMeanwhile_isNoRemoval() {
    TheineCache<Integer, String> cache =
        caches.create(
            configuration()
                .setExpiryPolicyFactory(
                    CreatedExpiryPolicy.factoryOf(javax.cache.expiry.Duration.ONE_MINUTE)));
    cache.put(1, "a");
    Iterator<Cache.Entry<Integer, String>> entries = cache.iterator();
    entries.next();
    caches.advance(Duration.ofMinutes(1));
    statistics(cache).clear();

    entries.remove();

    assertCounted(cache, 0, 0, 0, 0);
    assertThat(listener.take()).noneMatch(event -> event.startsWith("REMOVED"));
  }
}
