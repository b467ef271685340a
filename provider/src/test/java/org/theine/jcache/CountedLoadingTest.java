package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.AbstractMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CompletionListenerFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each key that the loader was asked for is counted once, as what its call has come to. */
final class CountedLoadingTest {
  @RegisterExtension final Caches caches = new Caches();

  /** A loader of what two functions give. */
  private record Given(
      Function<Integer, @Nullable String> one,
      Function<Set<Integer>, @Nullable Map<Integer, String>> all)
      implements CacheLoader<Integer, String> {
    @Override
    public @Nullable String load(Integer key) {
      return one.apply(key);
    }

    @Override
    public @Nullable Map<Integer, String> loadAll(Iterable<? extends Integer> keys) {
      Set<Integer> asked = new LinkedHashSet<>();
      keys.forEach(asked::add);
      return all.apply(asked);
    }
  }

  private static final class Unreadable extends AbstractMap<Integer, String> {
    @Override
    public Set<Entry<Integer, String>> entrySet() {
      throw new IllegalStateException("made up");
    }
  }

  private TheineCache<Integer, String> loading(Function<Integer, @Nullable String> one) {
    return cache(
        new Given(
            one,
            keys -> {
              Map<Integer, String> values = new HashMap<>();
              keys.forEach(key -> values.put(key, one.apply(key)));
              return values;
            }));
  }

  private TheineCache<Integer, String> loadingAll(
      Function<Set<Integer>, @Nullable Map<Integer, String>> all) {
    return cache(new Given(key -> null, all));
  }

  private TheineCache<Integer, String> cache(CacheLoader<Integer, String> loader) {
    TheineConfiguration<Integer, String> configuration = caches.configuration();
    configuration.setTypes(Integer.class, String.class);
    configuration.setReadThrough(true).setCacheLoaderFactory(() -> loader);
    return caches.create(configuration);
  }

  private static void assertLoads(TheineCache<?, ?> cache, long loads, long failures) {
    TheineStatistics statistics = cache.statistics();
    assertThat("loads %d, failures %d".formatted(statistics.loads(), statistics.loadFailures()))
        .isEqualTo("loads %d, failures %d", loads, failures);
  }

  private static void loadAll(TheineCache<Integer, String> cache, boolean replace, Integer... keys)
      throws Exception {
    CompletionListenerFuture done = new CompletionListenerFuture();
    cache.loadAll(Set.of(keys), replace, done);
    done.get(Caches.PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Test
  void operations_thatLoad_countEachKeyAskedFor() throws Exception {
    TheineCache<Integer, String> cache = loading(key -> "v" + key);

    cache.get(1);
    assertLoads(cache, 1, 0);
    cache.get(1); // is there
    assertLoads(cache, 1, 0);
    cache.getAll(Set.of(1, 2, 3));
    assertLoads(cache, 3, 0);
    cache.invoke(4, (entry, arguments) -> entry.getValue());
    assertLoads(cache, 4, 0);
    loadAll(cache, false, 4, 5);
    assertLoads(cache, 5, 0);
    loadAll(cache, true, 4, 5, 6);
    assertLoads(cache, 8, 0);
    cache.containsKey(7);
    cache.getAndPut(8, "x");
    cache.invoke(9, (entry, arguments) -> entry.exists());
    assertLoads(cache, 8, 0);
  }

  @Test
  void loaderHasNoValue_byAnyOperation_isALoad() throws Exception {
    TheineCache<Integer, String> cache = loading(key -> null);

    cache.get(1);
    cache.getAll(Set.of(1, 2));
    cache.invoke(1, (entry, arguments) -> entry.getValue());
    loadAll(cache, true, 1, 2, 3);

    assertLoads(cache, 7, 0);
  }

  @Test
  void loaderThrows_byAnyOperation_isAFailureOfEachKey() {
    TheineCache<Integer, String> cache =
        loading(
            key -> {
              throw new IllegalStateException("made up");
            });

    assertThatThrownBy(() -> cache.get(1)).isInstanceOf(CacheLoaderException.class);
    assertLoads(cache, 0, 1);
    assertThatThrownBy(() -> cache.getAll(Set.of(1, 2))).isInstanceOf(CacheLoaderException.class);
    assertLoads(cache, 0, 3);
    assertThatThrownBy(() -> cache.invoke(1, (entry, arguments) -> entry.getValue()))
        .hasRootCauseInstanceOf(IllegalStateException.class);
    assertLoads(cache, 0, 4);
    assertThatThrownBy(() -> loadAll(cache, false, 1, 2)).isNotNull();
    assertThatThrownBy(() -> loadAll(cache, true, 1, 2)).isNotNull();
    assertLoads(cache, 0, 8);
  }

  @Test
  void loaderThrowsAnError_whicheverOperation_isAFailure() {
    TheineCache<Integer, String> cache =
        loading(
            key -> {
              throw new AssertionError("made up");
            });

    assertThatThrownBy(() -> cache.get(1)).isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> cache.getAll(Set.of(1, 2))).isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> loadAll(cache, true, 1, 2)).isNotNull();

    assertLoads(cache, 0, 5);
  }

  @Test
  void loaderGivesNoMap_whichIsNoAnswer_isAFailureThoughTheOperationGoesOn() throws Exception {
    TheineCache<Integer, String> cache = loadingAll(keys -> null);

    assertThat(cache.getAll(Set.of(1, 2))).isEmpty();
    loadAll(cache, true, 1, 2, 3);

    assertLoads(cache, 0, 5);
  }

  @Test
  void loaderGivesAMapThatCannotBeRead_isAFailure() {
    TheineCache<Integer, String> cache = loadingAll(keys -> new Unreadable());

    assertThatThrownBy(() -> cache.getAll(Set.of(1, 2))).isInstanceOf(CacheLoaderException.class);

    assertLoads(cache, 0, 2);
  }

  @Test
  void loaderGivesOneOfSeveral_andOthers_isALoadOfThoseAskedFor() {
    TheineCache<Integer, String> cache = loadingAll(keys -> Map.of(1, "v", 99, "invented"));

    assertThat(cache.getAll(Set.of(1, 2))).containsOnlyKeys(1);

    assertLoads(cache, 2, 0);
  }

  @Test
  void loadedValue_thatTheCacheCannotTake_wasLoaded() {
    TheineConfiguration<Integer, String> configuration = caches.configuration();
    configuration
        .setMaximumWeight(
            10,
            () ->
                (key, value) -> {
                  throw new IllegalStateException("made up");
                })
        .setReadThrough(true)
        .setCacheLoaderFactory(() -> new Given(key -> "v", keys -> Map.of()));
    TheineCache<Integer, String> cache = caches.create(configuration);

    assertThatThrownBy(() -> cache.get(1)).hasRootCauseInstanceOf(IllegalStateException.class);

    assertLoads(cache, 1, 0);
  }

  @Test
  void load_thatOthersWaitFor_isOne() throws InterruptedException {
    Gate gate = new Gate();
    TheineCache<Integer, String> cache =
        loading(
            key -> {
              gate.pass();
              return "v";
            });
    Task<String> first = Task.start(() -> cache.get(1));
    gate.awaitReached();
    List<Task<String>> others =
        List.of(
            Task.start(() -> cache.get(1)).awaitParked(),
            Task.start(() -> cache.getAll(Set.of(1)).get(1)).awaitParked());
    assertLoads(cache, 0, 0);

    gate.open();
    assertThat(first.result()).isEqualTo("v");
    for (Task<String> other : others) {
      assertThat(other.result()).isEqualTo("v");
    }

    assertLoads(cache, 1, 0);
    assertThat(cache.statistics().misses()).isEqualTo(3);
  }

  @Test
  void loads_whileTheStatisticsAreDisabled_areNotCountedAndNotZero() {
    TheineCache<Integer, String> cache = loading(key -> "v");
    cache.get(1);
    cache.getCacheManager().enableStatistics(cache.getName(), false);

    cache.get(2);

    assertThat(cache.statistics()).isSameAs(TheineStatistics.DISABLED);
    assertLoads(cache, -1, -1);
    cache.getCacheManager().enableStatistics(cache.getName(), true);
    assertLoads(cache, 1, 0);
  }

  @Test
  void loadNanos_loadsAndFailures_areTheTimeInTheLoader() {
    AtomicInteger calls = new AtomicInteger();
    TheineCache<Integer, String> cache =
        loading(
            key -> {
              StatisticsConformance.passMilliseconds(5);
              if (calls.incrementAndGet() == 2) {
                throw new IllegalStateException("made up");
              }
              return "v";
            });

    cache.get(1);
    long afterOne = cache.statistics().loadNanos();
    assertThat(afterOne).isGreaterThanOrEqualTo(5_000_000);
    assertThatThrownBy(() -> cache.get(2)).isInstanceOf(CacheLoaderException.class);

    assertThat(cache.statistics().loadNanos()).isGreaterThanOrEqualTo(afterOne + 5_000_000);
    assertThat(cache.statistics().averageLoadMicros())
        .isEqualTo(cache.statistics().loadNanos() / 2_000.0);
  }
}
