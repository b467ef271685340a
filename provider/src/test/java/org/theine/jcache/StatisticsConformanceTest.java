package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.theine.jcache.Caches.assertCounted;
import static org.theine.jcache.Caches.statistics;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.cache.integration.CacheLoaderException;
import javax.cache.processor.EntryProcessorException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * What is counted of looks and loads, and the times, where the specification says more than its TCK
 * asks.
 */
final class StatisticsConformanceTest extends StatisticsConformance {
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
    cache.invoke(1, StatisticsConformance::setTwice);
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
}
