package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.integration.CompletionListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A weigher that fails changes nothing; what is too heavy is not kept. */
final class WeigherTest {
  @RegisterExtension final Caches caches = new Caches();

  private static final int SECRET_KEY = 734_512;
  private static final String SECRET_VALUE = "s3cret";

  private static final class WeigherFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static Stream<Arguments> weighingOperations() {
    return Stream.of(
        weighing("put", cache -> cache.put(SECRET_KEY, SECRET_VALUE)),
        weighing("getAndPut", cache -> cache.getAndPut(SECRET_KEY, SECRET_VALUE)),
        weighing("putIfAbsent", cache -> cache.putIfAbsent(2, SECRET_VALUE)),
        weighing("replace", cache -> cache.replace(SECRET_KEY, SECRET_VALUE)),
        weighing("replace old", cache -> cache.replace(SECRET_KEY, "old", SECRET_VALUE)),
        weighing("getAndReplace", cache -> cache.getAndReplace(SECRET_KEY, SECRET_VALUE)),
        weighing("putAll", cache -> cache.putAll(Map.of(SECRET_KEY, SECRET_VALUE, 2, "b"))),
        weighing(
            "invoke",
            cache ->
                cache.invoke(
                    SECRET_KEY,
                    (entry, arguments) -> {
                      entry.setValue(SECRET_VALUE);
                      return null;
                    })),
        weighing("get", cache -> cache.get(3)),
        weighing("getAll", cache -> cache.getAll(Set.of(3))),
        weighing(
            "invoke that loads", cache -> cache.invoke(3, (entry, arguments) -> entry.getValue())),
        weighing("loadAll", cache -> loadAll(cache, Set.of(3, SECRET_KEY))));
  }

  private static Arguments weighing(String name, Consumer<TheineCache<Integer, String>> operation) {
    return Arguments.of(name, operation);
  }

  /** Loads and throws what the listener is told; needs an executor that runs in the caller. */
  private static void loadAll(Cache<Integer, String> cache, Set<Integer> keys) {
    List<Exception> told = new ArrayList<>();
    cache.loadAll(
        keys,
        true,
        new CompletionListener() {
          @Override
          public void onCompletion() {}

          @Override
          public void onException(Exception e) {
            told.add(e);
          }
        });
    if (!told.isEmpty()) {
      throw (RuntimeException) told.get(0);
    }
  }

  private final BackingStore<Integer, String> behind = new BackingStore<>();

  private TheineCache<Integer, String> weighed(long maximum, Weigher<Integer, String> weigher) {
    return caches.create(
        "the-name",
        behind
            .behind(caches.configuration())
            .setExecutorFactory(() -> Runnable::run)
            .setMaximumWeight(maximum, () -> weigher));
  }

  private void assertWeigherRefused(
      Consumer<TheineCache<Integer, String>> operation,
      Weigher<Integer, String> weigher,
      String rule) {
    boolean[] bad = {false};
    TheineCache<Integer, String> cache =
        weighed(1000, (key, value) -> bad[0] ? weigher.weigh(key, value) : 10);
    cache.put(SECRET_KEY, "old");
    behind.map.put(3, SECRET_VALUE);
    behind.calls.clear();
    bad[0] = true;

    Throwable failure = catchThrowable(() -> operation.accept(cache));

    assertThat(failure)
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("'the-name'")
        .hasMessageContaining(rule)
        .hasMessageNotContaining(SECRET_VALUE)
        .hasMessageNotContaining(Integer.toString(SECRET_KEY));
    bad[0] = false;
    assertThat(cache.containsKey(2)).isFalse();
    assertThat(cache.containsKey(3)).isFalse();
    assertThat(cache.get(SECRET_KEY)).isEqualTo("old");
    assertThat(cache.weight()).isEqualTo(10);
    assertThat(behind.map).isEqualTo(Map.of(SECRET_KEY, "old", 3, SECRET_VALUE));
    assertThat(behind.calls).noneMatch(call -> call.startsWith("write"));
    cache.put(SECRET_KEY, "newer");
    assertThat(cache.get(SECRET_KEY)).isEqualTo("newer");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("weighingOperations")
  void weigher_throws_cacheAndStoreAreUnchanged(
      String name, Consumer<TheineCache<Integer, String>> operation) {
    assertWeigherRefused(
        operation,
        (key, value) -> {
          throw new WeigherFailure();
        },
        "weigher failed");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("weighingOperations")
  void weigher_givesANegativeWeight_cacheAndStoreAreUnchanged(
      String name, Consumer<TheineCache<Integer, String>> operation) {
    assertWeigherRefused(
        operation, (key, value) -> -7, "weigher must not return a negative weight: -7");
  }

  @Test
  void weigher_throwsACheckedExceptionUnseen_isCacheException() {
    TheineCache<Integer, String> cache =
        weighed(
            1000,
            (key, value) -> {
              Throwing.unseen(new IOException("no scales"));
              return 1;
            });

    assertThatThrownBy(() -> cache.put(1, "a"))
        .isInstanceOf(CacheException.class)
        .hasCauseInstanceOf(IOException.class);
    assertThat(behind.map).isEmpty();
    assertThat(cache.size()).isZero();
  }

  private static Stream<Arguments> heavyOperations() {
    return Stream.of(
        heavy("put", false, cache -> cache.put(2, "heavy")),
        heavy("put update", true, cache -> cache.put(1, "heavy")),
        heavy("getAndPut", false, cache -> assertThat(cache.getAndPut(2, "heavy")).isNull()),
        heavy(
            "getAndPut update",
            true,
            cache -> assertThat(cache.getAndPut(1, "heavy")).isEqualTo("light")),
        heavy("putIfAbsent", false, cache -> assertThat(cache.putIfAbsent(2, "heavy")).isTrue()),
        heavy("replace", true, cache -> assertThat(cache.replace(1, "heavy")).isTrue()),
        heavy(
            "replace old", true, cache -> assertThat(cache.replace(1, "light", "heavy")).isTrue()),
        heavy(
            "getAndReplace",
            true,
            cache -> assertThat(cache.getAndReplace(1, "heavy")).isEqualTo("light")),
        heavy("putAll", false, cache -> cache.putAll(Map.of(2, "heavy"))),
        heavy("putAll update", true, cache -> cache.putAll(Map.of(1, "heavy"))),
        heavy(
            "invoke",
            false,
            cache ->
                cache.invoke(
                    2,
                    (entry, arguments) -> {
                      entry.setValue("heavy");
                      return null;
                    })));
  }

  private static Arguments heavy(
      String name, boolean update, Consumer<TheineCache<Integer, String>> operation) {
    return Arguments.of(name, update, operation);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("heavyOperations")
  void put_heavierThanTheMaximum_succeedsIsToldAsEvictedAndNotKept(
      String name, boolean update, Consumer<TheineCache<Integer, String>> operation) {
    TheineCache<Integer, String> cache =
        weighed(100, (key, value) -> value.equals("heavy") ? 101 : 10);
    cache.put(1, "light");
    cache.put(3, "light");
    CausesListener listener = new CausesListener();
    cache.registerCacheEntryListener(Caches.synchronous(listener));
    Caches.statistics(cache).clear();

    operation.accept(cache);

    int key = update ? 1 : 2;
    assertThat(cache.containsKey(key)).isFalse();
    assertThat(behind.map).containsEntry(key, "heavy");
    assertThat(cache.containsKey(3)).as("the others stay").isTrue();
    assertThat(cache.weight()).isEqualTo(update ? 10 : 20);
    assertThat(listener.told)
        .containsExactly(
            (update ? "UPDATED " : "CREATED ") + key + "=heavy",
            "REMOVED " + key + "=heavy by WEIGHT");
    assertThat(Caches.statistics(cache).getCachePuts()).isEqualTo(1);
    assertThat(Caches.statistics(cache).getCacheEvictions()).isEqualTo(1);
    assertThat(Caches.statistics(cache).getCacheRemovals()).isZero();
  }

  /** Writes down why an entry left, too. */
  private static final class CausesListener
      implements CacheEntryCreatedListener<Integer, String>,
          CacheEntryUpdatedListener<Integer, String>,
          CacheEntryRemovedListener<Integer, String> {
    final List<String> told = new ArrayList<>();

    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends Integer, ? extends String>> events) {
      events.forEach(event -> told.add("CREATED " + event.getKey() + "=" + event.getValue()));
    }

    @Override
    public void onUpdated(Iterable<CacheEntryEvent<? extends Integer, ? extends String>> events) {
      events.forEach(event -> told.add("UPDATED " + event.getKey() + "=" + event.getValue()));
    }

    @Override
    public void onRemoved(Iterable<CacheEntryEvent<? extends Integer, ? extends String>> events) {
      for (CacheEntryEvent<? extends Integer, ? extends String> event : events) {
        RemovalCause cause = event.unwrap(TheineCacheEntryEvent.class).cause();
        told.add("REMOVED " + event.getKey() + "=" + event.getValue() + " by " + cause);
      }
    }
  }

  @Test
  void load_heavierThanTheMaximum_isGivenAndNotKept() {
    TheineCache<Integer, String> cache =
        weighed(100, (key, value) -> value.equals("heavy") ? 101 : 10);
    behind.map.put(1, "heavy");

    assertThat(cache.get(1)).isEqualTo("heavy");
    assertThat(cache.getAll(Set.of(1))).isEqualTo(Map.of(1, "heavy"));
    loadAll(cache, Set.of(1));

    assertThat(cache.size()).isZero();
    assertThat(Caches.statistics(cache).getCacheEvictions()).isEqualTo(3);
  }
}
