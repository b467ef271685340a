package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.cache.CacheException;
import javax.cache.integration.CacheLoader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** However a loadAll ends, its listener is told so once. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class LoadAllTest {
  @RegisterExtension final Caches caches = new Caches();

  private final BackingStore<Integer, String> behind = new BackingStore<>();

  private static final Executor CALLER = Runnable::run;

  private static Stream<Arguments> loads() {
    Executor full =
        task -> {
          throw new RejectedExecutionException("full");
        };
    Executor broken =
        task -> {
          throw new InternalError("made up: no more threads");
        };
    return Stream.of(
        Arguments.of("good", CALLER, null, null),
        Arguments.of("exception", CALLER, new ArithmeticException("down"), null),
        Arguments.of("checked", CALLER, new IOException("down"), null),
        Arguments.of("error", CALLER, new AssertionError("broken"), null),
        Arguments.of("rejected", full, null, RejectedExecutionException.class),
        Arguments.of("out of threads", broken, null, InternalError.class));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("loads")
  void loadAll_howeverItEnds_tellsOneEnd(
      String name,
      Executor executor,
      @Nullable Throwable loaderFailure,
      @Nullable Class<? extends Throwable> executorFailure) {
    TheineCache<Integer, String> cache =
        caches.create(behind.behind(caches.configuration()).setExecutorFactory(() -> executor));
    behind.map.put(1, "loaded");
    behind.onLoad =
        key -> {
          if (loaderFailure != null) {
            Throwing.unseen(loaderFailure);
          }
        };
    for (boolean replace : new boolean[] {false, true}) {
      for (boolean failing : new boolean[] {false, true}) {
        Completion completion = new Completion(failing);

        cache.loadAll(Set.of(1, 2), replace, completion);

        if (loaderFailure == null && executorFailure == null) {
          assertThat(completion.completions).hasValue(1);
          assertThat(completion.exceptions).isEmpty();
          assertThat(cache.get(1)).isEqualTo("loaded");
        } else {
          assertThat(completion.completions).hasValue(0);
          assertThat(completion.exceptions).hasSize(1);
          Exception told = completion.exceptions.get(0);
          assertThat(told).isInstanceOf(CacheException.class).hasMessageContaining(cache.getName());
          if (loaderFailure != null) {
            assertThat(told).hasRootCause(loaderFailure);
          } else {
            assertThat(told).hasRootCauseInstanceOf(executorFailure);
          }
          assertThat(cache.size()).isZero();
        }
      }
    }
    cache.loadAll(Set.of(1, 2), true, null); // nobody listens: nothing is thrown either
  }

  /** An executor fails in the end, although it has run the task. */
  @Test
  void loadAll_executorFailsWhenItHasRunTheTask_tellsHowTheLoadEnded() {
    Executor late =
        task -> {
          task.run();
          task.run(); // once more does nothing
          throw new RejectedExecutionException("after all");
        };
    TheineCache<Integer, String> cache =
        caches.create(behind.behind(caches.configuration()).setExecutorFactory(() -> late));
    behind.map.put(1, "loaded");
    Completion good = new Completion();
    cache.loadAll(Set.of(1), true, good);
    assertThat(good.completions).hasValue(1);
    assertThat(good.exceptions).isEmpty();
    assertThat(cache.get(1)).isEqualTo("loaded");

    behind.onLoad = key -> Throwing.unseen(new ArithmeticException("down"));
    Completion bad = new Completion();
    cache.loadAll(Set.of(1), true, bad);
    assertThat(bad.completions).hasValue(0);
    assertThat(bad.exceptions).hasSize(1);
    assertThat(bad.exceptions.get(0)).hasRootCauseInstanceOf(ArithmeticException.class);
  }

  /** Who was told that the executor failed need not reckon with a load at some later time. */
  @Test
  void loadAll_executorFailsButKeepsTheTask_tellsThatItFailedAndNeverLoads() {
    List<Runnable> tasks = new ArrayList<>();
    Executor keeping =
        task -> {
          tasks.add(task);
          throw new RejectedExecutionException("after all");
        };
    TheineCache<Integer, String> cache =
        caches.create(behind.behind(caches.configuration()).setExecutorFactory(() -> keeping));
    behind.map.put(1, "loaded");
    Completion completion = new Completion();
    cache.loadAll(Set.of(1), true, completion);
    assertThat(completion.exceptions).hasSize(1);

    tasks.forEach(Runnable::run);

    assertThat(completion.completions).hasValue(0);
    assertThat(completion.exceptions).hasSize(1);
    assertThat(behind.calls).isEmpty();
    assertThat(cache.size()).isZero();
  }

  @Test
  void loadAll_withoutALoader_completes() {
    TheineCache<Integer, String> cache = caches.create(caches.configuration());
    Completion completion = new Completion(false);

    cache.loadAll(Set.of(1), true, completion);

    assertThat(completion.completions).hasValue(1);
    assertThat(completion.exceptions).isEmpty();
  }

  @Test
  void loadAll_cacheIsClosedBeforeItsTaskRuns_tellsOnException() {
    List<Runnable> tasks = new ArrayList<>();
    TheineCache<Integer, String> cache =
        caches.create(behind.behind(caches.configuration()).setExecutorFactory(() -> tasks::add));
    Completion completion = new Completion(false);
    cache.loadAll(Set.of(1), true, completion);
    cache.close();

    tasks.forEach(Runnable::run);

    assertThat(completion.completions).hasValue(0);
    assertThat(completion.exceptions).hasSize(1);
    assertThat(completion.exceptions.get(0)).isInstanceOf(IllegalStateException.class);
    assertThat(behind.calls).isEmpty();
  }

  @Test
  void loader_inventsKeys_theyAreIgnored() {
    CacheLoader<Integer, String> inventor =
        new CacheLoader<>() {
          @Override
          public String load(Integer key) {
            return "loaded";
          }

          @Override
          public Map<Integer, String> loadAll(Iterable<? extends Integer> keys) {
            Map<Integer, String> loaded = new HashMap<>();
            keys.forEach(key -> loaded.put(key, "loaded"));
            loaded.put(99, "invented");
            loaded.put(null, "invented");
            return loaded;
          }
        };
    TheineCache<Integer, String> cache =
        caches.create(
            caches
                .<Integer, String>configuration()
                .setReadThrough(true)
                .setExecutorFactory(() -> CALLER)
                .setCacheLoaderFactory(() -> inventor));
    Completion completion = new Completion(false);

    cache.loadAll(Set.of(1), true, completion);

    assertThat(completion.completions).hasValue(1);
    assertThat(cache.getAll(Set.of(2))).isEqualTo(Map.of(2, "loaded"));
    assertThat(cache.containsKey(99)).isFalse();
    assertThat(cache.size()).isEqualTo(2);
  }
}
