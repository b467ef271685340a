package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.theine.jcache.Caches.assertCounted;
import static org.theine.jcache.Caches.statistics;
import static org.theine.jcache.Caches.synchronous;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CacheWriterException;
import javax.cache.integration.CompletionListenerFuture;
import javax.cache.processor.EntryProcessorException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is counted, where the specification says more than its TCK asks. */
final class StatisticsConformanceTest {
  @RegisterExtension final Caches caches = new Caches();

  private final RecordingListener<Integer, String> listener = new RecordingListener<>();
  private final RecordingWriter<Integer, String> writer = new RecordingWriter<>();
  private RecordingLoader<Integer, String> loader = new RecordingLoader<>(key -> "loaded " + key);

  private TheineConfiguration<Integer, String> configuration() {
    TheineConfiguration<Integer, String> configuration = caches.configuration();
    return configuration.addCacheEntryListenerConfiguration(synchronous(listener));
  }

  private TheineCache<Integer, String> plain() {
    return caches.create(configuration());
  }

  private TheineCache<Integer, String> readThrough() {
    return caches.create(configuration().setReadThrough(true).setCacheLoaderFactory(() -> loader));
  }

  private TheineCache<Integer, String> writeThrough() {
    return caches.create(configuration().setWriteThrough(true).setCacheWriterFactory(() -> writer));
  }

  private static void loadAll(Cache<Integer, String> cache, Set<Integer> keys, boolean replace)
      throws Exception {
    CompletionListenerFuture done = new CompletionListenerFuture();
    cache.loadAll(keys, replace, done);
    done.get(Caches.PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private static Map<Integer, String> contents(Cache<Integer, String> cache) {
    Map<Integer, String> contents = new HashMap<>();
    cache.forEach(entry -> contents.put(entry.getKey(), entry.getValue()));
    return contents;
  }

  /** Passes time on the clock that averages are made with. */
  private static void passMilliseconds(long milliseconds) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(milliseconds)) {
      Thread.onSpinWait();
    }
  }

  @Nested
  @DisplayName("place 1: a read-through is a miss")
  class ReadThroughIsMiss {
    @Test
    void get_loads_isMissAndNoPut() {
      TheineCache<Integer, String> cache = readThrough();

      assertThat(cache.get(1)).isEqualTo("loaded 1");

      assertCounted(cache, 0, 1, 0, 0);
      cache.get(1);
      assertCounted(cache, 1, 0, 0, 0);
    }

    @Test
    void getAll_loadsSome_isMissForThose() {
      TheineCache<Integer, String> cache = readThrough();
      cache.get(1);
      statistics(cache).clear();

      assertThat(cache.getAll(Set.of(1, 2, 3))).hasSize(3);

      assertCounted(cache, 1, 2, 0, 0);
    }

    @Test
    void get_loaderHasNothing_isMiss() {
      loader = new RecordingLoader<>(key -> null);
      TheineCache<Integer, String> cache = readThrough();

      assertThat(cache.get(1)).isNull();
      assertThat(cache.getAll(Set.of(1, 2))).isEmpty();

      assertCounted(cache, 0, 3, 0, 0);
    }
  }

  @Nested
  @DisplayName("place 2: the miss counts even if the loader throws")
  class LoaderThrows {
    private TheineCache<Integer, String> failing() {
      loader =
          new RecordingLoader<>(
              key -> {
                throw new ArithmeticException("no " + key);
              });
      return readThrough();
    }

    @Test
    void get_loaderThrows_isMiss() {
      TheineCache<Integer, String> cache = failing();

      assertThatThrownBy(() -> cache.get(1)).isInstanceOf(CacheLoaderException.class);

      assertCounted(cache, 0, 1, 0, 0);
    }

    @Test
    void getAll_loaderThrows_isMissForEach() {
      TheineCache<Integer, String> cache = failing();
      cache.put(1, "a");
      statistics(cache).clear();

      assertThatThrownBy(() -> cache.getAll(Set.of(1, 2, 3)))
          .isInstanceOf(CacheLoaderException.class);

      assertCounted(cache, 1, 2, 0, 0);
    }

    @Test
    void invoke_loaderThrows_isMiss() {
      TheineCache<Integer, String> cache = failing();

      assertThatThrownBy(() -> cache.invoke(1, (entry, arguments) -> entry.getValue()))
          .isInstanceOf(EntryProcessorException.class);

      assertCounted(cache, 0, 1, 0, 0);
    }
  }

  @Nested
  @DisplayName("place 3: times")
  class Times {
    @Test
    void averageGetTime_loaderIsSlow_isWithoutTheLoad() {
      List<Float> duringLoad = new ArrayList<>();
      List<TheineCache<Integer, String>> made = new ArrayList<>();
      loader =
          new RecordingLoader<>(
              key -> {
                duringLoad.add(statistics(made.get(0)).getAverageGetTime());
                passMilliseconds(2);
                return "loaded";
              });
      TheineCache<Integer, String> cache = readThrough();
      made.add(cache);

      cache.get(1);
      assertThat(statistics(cache).getAverageGetTime()).isEqualTo(duringLoad.get(0));
      cache.getAll(Set.of(2));
      assertThat(statistics(cache).getAverageGetTime()).isEqualTo(duringLoad.get(1));

      assertThat(statistics(cache).getAveragePutTime()).isZero();
    }

    /**
     * However slow the machine is, a put takes as long as its writer at least, and less than both.
     */
    @Test
    void averagePutTime_writerIsSlow_isInMicrosecondsForEachPut() {
      TheineCache<Integer, String> cache = writeThrough();
      writer.failFor(
          key -> {
            passMilliseconds(3);
            return false;
          });

      long start = System.nanoTime();
      cache.put(1, "a");
      cache.put(2, "a");
      float elapsedMicros = (System.nanoTime() - start) / 1000f;
      cache.remove(1);

      assertThat(statistics(cache).getAveragePutTime()).isBetween(3000f, elapsedMicros);
      assertThat(statistics(cache).getAverageRemoveTime()).isGreaterThanOrEqualTo(3000);
      assertThat(statistics(cache).getAverageGetTime()).isZero();
    }

    @Test
    void averages_otherOperationsFollow_stay() {
      TheineCache<Integer, String> cache = writeThrough();
      writer.failFor(
          key -> {
            passMilliseconds(1);
            return false;
          });
      cache.put(1, "a");
      float put = statistics(cache).getAveragePutTime();
      cache.get(1);
      float get = statistics(cache).getAverageGetTime();
      cache.remove(1);
      float remove = statistics(cache).getAverageRemoveTime();

      assertThat(statistics(cache).getAveragePutTime()).isEqualTo(put);
      for (int i = 0; i < 9; i++) {
        cache.get(i);
      }
      assertThat(statistics(cache).getAveragePutTime()).isEqualTo(put);
      assertThat(statistics(cache).getAverageRemoveTime()).isEqualTo(remove);
      statistics(cache).clear();
      cache.get(1);
      get = statistics(cache).getAverageGetTime();
      cache.put(1, "b");
      cache.remove(1);
      assertThat(statistics(cache).getAverageGetTime()).isEqualTo(get);
    }

    @Test
    void averages_nothingIsChanged_stayZero() {
      TheineCache<Integer, String> cache = plain();
      cache.put(1, "a");
      statistics(cache).clear();

      cache.remove(2);
      cache.remove(1, "b");
      cache.getAndRemove(2);
      cache.removeAll(Set.of(2, 3));
      cache.putIfAbsent(1, "b");
      cache.replace(2, "b");
      cache.replace(1, "b", "c");
      cache.getAndReplace(2, "b");

      assertThat(statistics(cache).getAveragePutTime()).isZero();
      assertThat(statistics(cache).getAverageRemoveTime()).isZero();
      assertCounted(cache, 3, 3, 0, 0);
    }

    @Test
    void averagesOfWriteThrough_nothingIsChanged_stayZero() {
      TheineCache<Integer, String> cache = writeThrough();
      writer.failFor(
          key -> {
            passMilliseconds(1);
            return key.equals(9);
          });

      cache.remove(2);
      cache.getAndRemove(2);
      cache.removeAll(Set.of(2, 3));
      catchThrowable(() -> cache.put(9, "a"));
      catchThrowable(() -> cache.putAll(Map.of(9, "a")));

      assertThat(statistics(cache).getAveragePutTime()).isZero();
      assertThat(statistics(cache).getAverageRemoveTime()).isZero();
    }
  }

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

      cache.invoke(1, StatisticsConformanceTest::setTwice);
      assertCounted(cache, 0, 1, 1, 0);
      cache.invoke(1, StatisticsConformanceTest::setTwice);
      assertCounted(cache, 1, 0, 1, 0);
    }

    @Test
    void invoke_removes_isRemovalOnlyIfPresent() {
      TheineCache<Integer, String> cache = plain();
      cache.put(1, "a");
      statistics(cache).clear();

      cache.invoke(2, StatisticsConformanceTest::remove);
      assertCounted(cache, 0, 1, 0, 0);
      cache.invoke(1, StatisticsConformanceTest::remove);
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

  private static <E extends javax.cache.processor.MutableEntry<Integer, String>> Void setTwice(
      E entry, Object... arguments) {
    entry.setValue("x");
    entry.setValue("y");
    return null;
  }

  private static <E extends javax.cache.processor.MutableEntry<Integer, String>> Void remove(
      E entry, Object... arguments) {
    entry.remove();
    return null;
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
    changes.put("invoke, set", () -> cache.invoke(1, StatisticsConformanceTest::setTwice));
    changes.put("invoke, create", () -> cache.invoke(2, StatisticsConformanceTest::setTwice));
    changes.put("invoke, remove", () -> cache.invoke(1, StatisticsConformanceTest::remove));
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
    catchThrowable(() -> cache.invoke(1, StatisticsConformanceTest::setTwice));
    assertCounted(cache, 1, 0, 0, 0);
  }

  @Nested
  @DisplayName("place 7: many keys")
  class ManyKeys {
    @Test
    void loadAll_keepsOrReplaces_countsNothing() throws Exception {
      TheineCache<Integer, String> cache = readThrough();
      cache.put(1, "a");
      statistics(cache).clear();

      loadAll(cache, Set.of(1, 2), false);
      assertCounted(cache, 0, 0, 0, 0);
      loadAll(cache, Set.of(1, 2, 3), true);
      assertCounted(cache, 0, 0, 0, 0);

      assertThat(contents(cache)).isEqualTo(Map.of(1, "loaded 1", 2, "loaded 2", 3, "loaded 3"));
    }

    @Test
    void clear_entries_countsNoRemovals() {
      TheineCache<Integer, String> cache = plain();
      cache.putAll(Map.of(1, "a", 2, "b"));
      statistics(cache).clear();

      cache.clear();

      assertCounted(cache, 0, 0, 0, 0);
      assertThat(contents(cache)).isEmpty();
    }

    @Test
    void removeAll_entries_countsOneForEachMapping() {
      for (TheineCache<Integer, String> cache : List.of(plain(), writeThrough())) {
        cache.putAll(Map.of(1, "a", 2, "b", 3, "c", 4, "d"));
        assertCounted(cache, 0, 0, 4, 0);

        cache.removeAll(Set.of(1, 2, 7, 8));
        assertCounted(cache, 0, 0, 0, 2);
        cache.removeAll();
        assertCounted(cache, 0, 0, 0, 2);
        cache.removeAll();
        assertCounted(cache, 0, 0, 0, 0);
      }
    }
  }

  @Test
  @DisplayName("place 8")
  void enableStatistics_falseThenTrue_countsNothingMeanwhile() {
    TheineCache<Integer, String> cache = plain();
    cache.put(1, "a");
    cache.get(1);

    caches.manager().enableStatistics(cache.getName(), false);
    cache.put(2, "b");
    cache.get(1);
    cache.get(3);
    cache.remove(2);
    cache.invoke(1, StatisticsConformanceTest::setTwice);
    cache.removeAll(Set.of(1, 2));
    cache.putAll(Map.of(1, "a"));
    caches.manager().enableStatistics(cache.getName(), true);

    assertCounted(cache, 1, 0, 1, 0);
  }

  @Test
  @DisplayName("place 8")
  void enableStatistics_falseThenTrue_unregistersAndRegistersTheBean() {
    var server = ManagementFactory.getPlatformMBeanServer();
    TheineCache<Integer, String> cache = plain();
    assertThat(server.isRegistered(Caches.statisticsName(cache))).isTrue();

    caches.manager().enableStatistics(cache.getName(), false);
    assertThat(server.isRegistered(Caches.statisticsName(cache))).isFalse();
    caches.manager().enableStatistics(cache.getName(), true);
    assertThat(server.isRegistered(Caches.statisticsName(cache))).isTrue();

    cache.close();
    assertThat(server.isRegistered(Caches.statisticsName(cache))).isFalse();
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
    removals.put("invoke", () -> cache.invoke(1, StatisticsConformanceTest::remove));
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
