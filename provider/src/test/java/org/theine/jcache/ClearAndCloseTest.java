package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.integration.CompletionListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Clear and close wait for nobody, and let nobody wait. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ClearAndCloseTest {
  @RegisterExtension final Caches caches = new Caches();

  private final BackingStore<Integer, String> behind = new BackingStore<>();

  private TheineCache<Integer, String> through() {
    return caches.create(behind.behind(caches.configuration()));
  }

  @Test
  void clear_duringALoad_doesNotWaitAndLaterCallersLoadAnew() throws Exception {
    TheineCache<Integer, String> cache = through();
    behind.map.put(1, "old");
    Gate gate = new Gate();
    behind.onLoad = key -> gate.pass();
    Task<String> loading = Task.start(() -> cache.get(1));
    gate.awaitReached();
    Task<String> before = Task.start(() -> cache.get(1)).awaitParked();

    Task.run(cache::clear).result();
    behind.onLoad = key -> {};
    behind.map.put(1, "new");
    assertThat(Task.start(() -> cache.get(1)).result()).isEqualTo("new");
    gate.open();

    assertThat(loading.result()).isEqualTo("old");
    assertThat(before.result()).isEqualTo("old");
    assertThat(cache.get(1)).isEqualTo("new");
    assertThat(behind.calls).containsExactly("load 1", "load 1");
  }

  @Test
  void clear_duringALoad_keepsNothingOfIt() throws Exception {
    TheineCache<Integer, String> cache = through();
    behind.map.put(1, "old");
    Gate gate = new Gate();
    behind.onLoad = key -> gate.pass();
    Task<String> loading = Task.start(() -> cache.get(1));
    gate.awaitReached();

    Task.run(cache::clear).result();
    gate.open();

    assertThat(loading.result()).isEqualTo("old");
    assertThat(cache.containsKey(1)).isFalse();
    assertThat(cache.size()).isZero();
  }

  /** The second key is locked already, but has not been looked at, when the first one is copied. */
  @Test
  void clear_beforeALoadHasLooked_loadIsKept() throws Exception {
    Gate gate = new Gate();
    AtomicInteger copies = new AtomicInteger();
    TheineConfiguration<Integer, StringBuilder> configuration = caches.configuration();
    configuration
        .setCopierFactory(
            () ->
                value -> {
                  if (value.toString().equals("first") && copies.incrementAndGet() == 2) {
                    gate.pass();
                  }
                  return new StringBuilder(value.toString());
                })
        .setReadThrough(true)
        .setCacheLoaderFactory(() -> new RecordingLoader<>(key -> new StringBuilder("loaded")));
    TheineCache<Integer, StringBuilder> cache = caches.create(configuration);
    cache.put(1, new StringBuilder("first"));
    cache.put(2, new StringBuilder("second"));
    Completion completion = new Completion();
    cache.loadAll(new LinkedHashSet<>(List.of(1, 2)), false, completion);
    gate.awaitReached();

    Task.run(cache::clear).result();
    gate.open();
    completion.awaitCompletion();

    assertThat(cache.containsKey(2)).isTrue();
    assertThat(cache.get(2)).hasToString("loaded");
  }

  @Test
  void clear_duringAWriter_isAsIfThePutHadBeenJustBefore() throws Exception {
    RecordingListener<Integer, String> listener = new RecordingListener<>();
    TheineCache<Integer, String> cache =
        caches.create(
            behind
                .behind(caches.configuration())
                .addCacheEntryListenerConfiguration(Caches.synchronous(listener)));
    for (String before : List.of("absent", "present")) {
      boolean present = before.equals("present");
      if (present) {
        cache.put(1, "old");
      }
      listener.take();
      Caches.statistics(cache).clear();
      Gate gate = new Gate();
      behind.onWrite = key -> gate.pass();
      Task<Void> put = Task.run(() -> cache.put(1, "new"));
      gate.awaitReached();

      Task.run(cache::clear).result();
      assertThat(cache.containsKey(1)).isFalse();
      gate.open();
      put.result();
      behind.onWrite = key -> {};

      assertThat(cache.containsKey(1)).as(before).isFalse();
      assertThat(cache.size()).isZero();
      assertThat(behind.map).containsEntry(1, "new");
      assertThat(listener.take())
          .containsExactly(present ? "UPDATED 1=new was old" : "CREATED 1=new");
      Caches.assertCounted(cache, 0, 0, 1, 0);
    }
  }

  @Test
  void clear_duringAProcessor_keepsNothingOfIt() throws Exception {
    TheineCache<Integer, String> cache = caches.create(caches.configuration());
    Gate gate = new Gate();
    Task<String> invoke =
        Task.start(
            () ->
                cache.invoke(
                    1,
                    (entry, arguments) -> {
                      gate.pass();
                      entry.setValue("new");
                      return "result";
                    }));
    gate.awaitReached();

    Task.run(cache::clear).result();
    gate.open();

    assertThat(invoke.result()).isEqualTo("result");
    assertThat(cache.containsKey(1)).isFalse();
    cache.put(1, "usable");
    assertThat(cache.get(1)).isEqualTo("usable");
  }

  private static Stream<Arguments> ends() {
    Consumer<TheineCache<Integer, String>> close = Cache::close;
    Consumer<TheineCache<Integer, String>> destroy =
        cache -> cache.getCacheManager().destroyCache(cache.getName());
    Consumer<TheineCache<Integer, String>> closeAll = cache -> cache.getCacheManager().close();
    return Stream.of(
        Arguments.of("close", close),
        Arguments.of("destroy", destroy),
        Arguments.of("close manager", closeAll));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ends")
  void close_duringCallbacks_letsNobodyWait(String name, Consumer<TheineCache<Integer, String>> end)
      throws Exception {
    for (Hanging hanging : List.of(Hanging.LOADER, Hanging.WRITER, Hanging.PROCESSOR)) {
      TheineCache<Integer, String> cache = caches.create(behind.behind(caches.configuration()));
      Gate gate = new Gate();
      behind.onLoad = key -> gate.pass();
      behind.onWrite = behind.onLoad;
      behind.onDelete = behind.onLoad;
      Task<Void> hung = Task.run(() -> hanging.hang(cache, behind));
      gate.awaitReached();
      List<Task<Void>> waiting = new ArrayList<>();
      waiting.add(Task.run(() -> cache.get(-1)).awaitParked());
      waiting.add(Task.run(() -> cache.put(-1, "b")).awaitParked());
      waiting.add(Task.run(() -> cache.getAll(Set.of(-1))).awaitParked());
      waiting.add(Task.run(() -> cache.removeAll(Set.of(-1))).awaitParked());
      waiting.add(Task.run(() -> cache.invoke(-1, (entry, arguments) -> null)).awaitParked());

      Task.run(() -> end.accept(cache)).result();
      for (Task<Void> task : waiting) {
        assertThat(task.failure())
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining(cache.getName());
      }
      behind.onLoad = key -> {};
      behind.onWrite = key -> {};
      TheineCache<Integer, String> next =
          caches.create(cache.getName(), behind.behind(caches.configuration()));
      next.put(-1, "of the next one");
      assertThat(hung.isDone()).isFalse();
      gate.open();

      hung.join();
      assertThat(next.get(-1)).isEqualTo("of the next one");
      assertThat(cache.size()).isZero();
      next.close();
    }
  }

  @Test
  void close_whileAllOperationsRun_everyCallEnds() throws Exception {
    long seed = new Random().nextLong();
    AtomicInteger calls = new AtomicInteger();
    AtomicInteger ends = new AtomicInteger();
    for (int round = 0; round < 25; round++) {
      TheineCache<Integer, String> cache =
          caches.create(
              behind
                  .behind(caches.configuration())
                  .setMaximumSize(20)
                  .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(Duration.ONE_MINUTE))
                  .addCacheEntryListenerConfiguration(
                      Caches.synchronous(new RecordingListener<>())));
      behind.onLoad = key -> Thread.yield();
      List<Task<Void>> tasks = new ArrayList<>();
      CyclicBarrier start = new CyclicBarrier(9);
      AtomicInteger operations = new AtomicInteger();
      for (int i = 0; i < 8; i++) {
        Random random = new Random(seed + 8L * round + i);
        tasks.add(
            Task.run(
                () -> {
                  Task.meet(start);
                  try {
                    while (true) {
                      operate(cache, random, calls, ends);
                      operations.incrementAndGet();
                    }
                  } catch (IllegalStateException e) {
                    assertThat(e).hasMessageContaining(cache.getName());
                  }
                }));
      }
      Task.meet(start);
      int sooner = round * 50;
      Caches.await("operations under way", () -> operations.get() >= sooner);
      Task.run(cache::close).result();
      for (Task<Void> task : tasks) {
        try {
          task.result();
        } catch (AssertionError e) {
          throw new AssertionError("seed " + seed + ", round " + round, e);
        }
      }
    }
    Caches.await("each loadAll is told its end", () -> ends.get() == calls.get());
  }

  private static void operate(
      TheineCache<Integer, String> cache, Random random, AtomicInteger calls, AtomicInteger ends) {
    int key = random.nextInt(40);
    Set<Integer> keys = Set.of(key, 40 + random.nextInt(10));
    switch (random.nextInt(18)) {
      case 0 -> cache.get(key);
      case 1 -> cache.getAll(keys);
      case 2 -> cache.containsKey(key);
      case 3 -> cache.put(key, "a");
      case 4 -> cache.getAndPut(key, "b");
      case 5 -> cache.putIfAbsent(key, "c");
      case 6 -> cache.replace(key, "a", "d");
      case 7 -> cache.replace(key, "e");
      case 8 -> cache.getAndReplace(key, "f");
      case 9 -> cache.remove(key);
      case 10 -> cache.remove(key, "a");
      case 11 -> cache.getAndRemove(key);
      case 12 -> cache.putAll(Map.of(key, "g", 41, "h"));
      case 13 -> cache.removeAll(keys);
      case 14 -> cache.invoke(key, (entry, arguments) -> entry.getValue());
      case 15 -> iterate(cache);
      case 16 -> {
        calls.incrementAndGet();
        boolean accepted = false;
        try {
          cache.loadAll(keys, random.nextBoolean(), new Counting(ends));
          accepted = true;
        } finally {
          if (!accepted) {
            calls.decrementAndGet();
          }
        }
      }
      default -> {
        if (random.nextInt(10) == 0) {
          cache.removeAll();
        } else {
          cache.expireNow();
        }
      }
    }
  }

  private static void iterate(TheineCache<Integer, String> cache) {
    for (Iterator<Cache.Entry<Integer, String>> all = cache.iterator(); all.hasNext(); ) {
      if (all.next().getKey() % 7 == 0) {
        all.remove();
      }
    }
  }

  private record Counting(AtomicInteger ends) implements CompletionListener {
    @Override
    public void onCompletion() {
      ends.incrementAndGet();
    }

    @Override
    public void onException(Exception e) {
      ends.incrementAndGet();
    }
  }
}
