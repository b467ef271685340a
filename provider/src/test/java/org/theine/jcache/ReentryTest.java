package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.integration.CacheLoaderException;
import javax.cache.processor.EntryProcessorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Callbacks that call the cache back: they are served, or refused at once, and never hang. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ReentryTest {
  @RegisterExtension final Caches caches = new Caches();

  private final BackingStore<Integer, String> behind = new BackingStore<>();

  private TheineCache<Integer, String> through() {
    return caches.create(behind.behind(caches.configuration()));
  }

  private TheineCache<Integer, String> listened(Consumer<Integer> action) {
    return caches.create(
        caches
            .<Integer, String>configuration()
            .addCacheEntryListenerConfiguration(Caches.synchronous(new OnCreated(action))));
  }

  // ---- listeners that call back

  @Test
  void listener_putsOtherAndSameKey_isToldOfAllInOrder() throws Exception {
    RecordingListener<Integer, String> recorded = new RecordingListener<>();
    List<TheineCache<Integer, String>> own = new ArrayList<>();
    TheineCache<Integer, String> cache =
        listened(
            key -> {
              if (key == 1) {
                own.get(0).put(2, "other key");
                own.get(0).put(1, "same key");
                own.get(0).remove(1);
              }
            });
    own.add(cache);
    cache.registerCacheEntryListener(Caches.synchronous(recorded));

    Task.run(() -> cache.put(1, "first")).result();

    assertThat(recorded.take())
        .containsExactly(
            "CREATED 1=first",
            "CREATED 2=other key",
            "UPDATED 1=same key was first",
            "REMOVED 1=same key was same key");
    assertThat(cache.get(2)).isEqualTo("other key");
    assertThat(cache.containsKey(1)).isFalse();
  }

  @Test
  void listeners_ofTwoCachesThatCallEachOther_allEnd() throws Exception {
    for (int round = 0; round < 50; round++) {
      List<TheineCache<Integer, String>> both = new ArrayList<>();
      CyclicBarrier inside = new CyclicBarrier(2);
      AtomicInteger meetings = new AtomicInteger();
      for (int i = 0; i < 2; i++) {
        int other = 1 - i;
        both.add(
            listened(
                key -> {
                  if (meetings.incrementAndGet() <= 2) {
                    Task.meet(inside); // each is in its listener, and now changes the other's entry
                  }
                  both.get(other).put(key, "called back");
                }));
      }
      List<Task<Void>> tasks = new ArrayList<>();
      for (TheineCache<Integer, String> cache : both) {
        tasks.add(Task.run(() -> cache.put(7, "first")));
      }
      for (Task<Void> task : tasks) {
        task.result();
      }
      assertThat(both).allMatch(cache -> cache.containsKey(7));
      both.forEach(Cache::close);
    }
  }

  @Test
  void listeners_thatCallBackInManyThreads_allEnd() throws Exception {
    List<TheineCache<Integer, String>> both = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      int other = 1 - i;
      both.add(
          listened(
              key -> {
                both.get(other).put(key + 1 & 7, "called back");
                both.get(other).remove(key);
              }));
    }
    List<Task<Void>> tasks = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Random random = new Random(i);
      tasks.add(
          Task.run(
              () -> {
                for (int n = 0; n < 500; n++) {
                  TheineCache<Integer, String> cache = both.get(random.nextInt(2));
                  int key = random.nextInt(8);
                  if (random.nextInt(3) == 0) {
                    cache.remove(key);
                  } else {
                    cache.putIfAbsent(key, "put");
                  }
                  if (random.nextInt(20) == 0) {
                    both.forEach(Cache::clear); // ends chains of listeners that feed each other
                  }
                }
              }));
    }
    for (Task<Void> task : tasks) {
      task.result();
    }
  }

  // ---- calls of the own key

  @Test
  void load_ofOtherKeysInsideALoad_works() {
    TheineCache<Integer, String> cache = through();
    behind.map.put(0, "end");
    behind.onLoad =
        key -> {
          if ((int) key > 0) {
            assertThat(cache.get((int) key - 1)).isEqualTo((int) key == 1 ? "end" : null);
          }
        };

    assertThat(cache.get(50)).isNull();

    assertThat(behind.calls).hasSize(51);
    assertThat(cache.containsKey(0)).isTrue();
  }

  private static Stream<Arguments> reentries() {
    return Stream.of(
        reentry("get in get", (cache, inner) -> cache.get(1)),
        reentry("get in getAll", (cache, inner) -> cache.getAll(Set.of(1))),
        reentry("get in put", (cache, inner) -> cache.put(1, "a")),
        reentry("get in remove", (cache, inner) -> cache.remove(1)),
        reentry("get in putAll", (cache, inner) -> cache.putAll(Map.of(1, "a"))),
        reentry(
            "get in invoke",
            (cache, inner) ->
                cache.invoke(
                    1,
                    (entry, arguments) -> {
                      inner.run();
                      return null;
                    })));
  }

  private static Arguments reentry(
      String name, BiConsumer<TheineCache<Integer, String>, Runnable> outer) {
    return Arguments.of(name, outer);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("reentries")
  void operation_onTheKeyThatItsOwnCallbackHas_failsAtOnce(
      String name, BiConsumer<TheineCache<Integer, String>, Runnable> outer) throws Exception {
    TheineCache<Integer, String> cache =
        caches.create("the-name", behind.behind(caches.configuration()));
    List<Consumer<TheineCache<Integer, String>>> inner =
        List.of(
            c -> c.get(1),
            c -> c.getAll(Set.of(1)),
            c -> c.put(1, "b"),
            c -> c.putAll(Map.of(1, "b")),
            c -> c.remove(1),
            c -> c.removeAll(Set.of(1)),
            c -> c.invoke(1, (entry, arguments) -> null));
    for (Consumer<TheineCache<Integer, String>> call : inner) {
      behind.onLoad = key -> call.accept(cache);
      behind.onWrite = behind.onLoad;
      behind.onDelete = behind.onLoad;

      Throwable failure = Task.run(() -> outer.accept(cache, () -> call.accept(cache))).failure();

      assertThat(failure).isInstanceOf(CacheException.class);
      Throwable root = failure;
      while (root.getCause() instanceof CacheException) {
        root = root.getCause();
      }
      assertThat(root).hasMessageContaining("'the-name'").hasMessageContaining("own key");
    }
    behind.onLoad = key -> {};
    behind.onWrite = key -> {};
    Task.run(() -> cache.put(1, "free again")).result();
    assertThat(cache.get(1)).isEqualTo("free again");
  }

  @Test
  void loads_thatNeedEachOther_failInsteadOfHanging() throws Exception {
    for (int round = 0; round < 50; round++) {
      TheineCache<Integer, String> cache = through();
      CyclicBarrier barrier = new CyclicBarrier(2);
      behind.onLoad =
          key -> {
            Task.meet(barrier);
            cache.get(3 - (int) key);
          };
      Task<String> first = Task.start(() -> cache.get(1));
      Task<String> second = Task.start(() -> cache.get(2));

      List<Throwable> failures = List.of(first.failure(), second.failure());

      assertThat(failures).allMatch(failure -> failure instanceof CacheLoaderException);
      assertThat(failures).anyMatch(failure -> hasCauseNaming(failure, "deadlock"));
      behind.onLoad = key -> {};
      assertThat(cache.get(1)).isNull();
      assertThat(cache.get(2)).isNull();
      cache.close();
    }
  }

  private static boolean hasCauseNaming(Throwable failure, String word) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (String.valueOf(e.getMessage()).contains(word)) {
        return true;
      }
    }
    return false;
  }

  @Test
  void processors_inARingOfThreeCaches_oneFailsAndTheOthersGoOn() throws Exception {
    for (int round = 0; round < 50; round++) {
      List<TheineCache<Integer, String>> ring = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        ring.add(caches.create(caches.configuration()));
      }
      CyclicBarrier barrier = new CyclicBarrier(3);
      List<Task<Throwable>> tasks = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        TheineCache<Integer, String> own = ring.get(i);
        TheineCache<Integer, String> next = ring.get((i + 1) % 3);
        tasks.add(
            Task.start(
                () ->
                    catchThrowable(
                        () ->
                            own.invoke(
                                1,
                                (entry, arguments) -> {
                                  Task.meet(barrier);
                                  next.put(1, "from the one before");
                                  return null;
                                }))));
      }
      List<Throwable> failures = new ArrayList<>();
      for (Task<Throwable> task : tasks) {
        Throwable failure = task.result();
        if (failure != null) {
          failures.add(failure);
        }
      }
      assertThat(failures).hasSize(1);
      assertThat(failures.get(0)).isInstanceOf(EntryProcessorException.class);
      assertThat(hasCauseNaming(failures.get(0), "deadlock")).isTrue();
      ring.forEach(Cache::close);
    }
  }
}
