package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CompletionListener;
import javax.cache.processor.EntryProcessorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Nobody waits for ever, and nobody waits for what is none of his business. */
final class LivenessTest {
  @RegisterExtension final Caches caches = new Caches();

  private final BackingStore<Integer, String> behind = new BackingStore<>();

  private TheineCache<Integer, String> through() {
    return caches.create(behind.behind(caches.configuration()));
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(Caches.PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the others do not come", e);
    }
  }

  /** Calls an action with the key of each new entry. */
  private record OnCreated(Consumer<Integer> action)
      implements CacheEntryCreatedListener<Integer, String> {
    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends Integer, ? extends String>> events) {
      events.forEach(event -> action.accept(event.getKey()));
    }
  }

  private TheineCache<Integer, String> listened(Consumer<Integer> action) {
    return caches.create(
        caches
            .<Integer, String>configuration()
            .addCacheEntryListenerConfiguration(Caches.synchronous(new OnCreated(action))));
  }

  // -------------------------------------------------------------------- 1: listeners that call
  // back

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
                    meet(inside); // each is in its listener, and now changes the other's entry
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

  // --------------------------------------------------------- 2: what hangs stops its own key alone

  private enum Hanging {
    LOADER {
      @Override
      void hang(TheineCache<Integer, String> cache, BackingStore<Integer, String> behind) {
        cache.get(-1);
      }
    },
    BATCH_LOADER {
      @Override
      void hang(TheineCache<Integer, String> cache, BackingStore<Integer, String> behind) {
        cache.getAll(Set.of(-1));
      }
    },
    WRITER {
      @Override
      void hang(TheineCache<Integer, String> cache, BackingStore<Integer, String> behind) {
        cache.put(-1, "a");
      }
    },
    DELETER {
      @Override
      void hang(TheineCache<Integer, String> cache, BackingStore<Integer, String> behind) {
        cache.remove(-1);
      }
    },
    PROCESSOR {
      @Override
      void hang(TheineCache<Integer, String> cache, BackingStore<Integer, String> behind) {
        cache.invoke(
            -1,
            (entry, arguments) -> {
              behind.onDelete.accept(-1);
              return null;
            });
      }
    },
    LISTENER {
      @Override
      void hang(TheineCache<Integer, String> cache, BackingStore<Integer, String> behind) {
        cache.put(-2, "the listener hangs");
      }
    };

    abstract void hang(TheineCache<Integer, String> cache, BackingStore<Integer, String> behind);
  }

  @ParameterizedTest
  @EnumSource(Hanging.class)
  void callback_hanging_stopsNoOtherKey(Hanging hanging) throws Exception {
    Gate gate = new Gate();
    Consumer<Object> hang =
        key -> {
          if (key.equals(-1)) {
            gate.pass();
          }
        };
    TheineCache<Integer, String> cache =
        caches.create(
            behind
                .behind(caches.configuration())
                .setMaximumSize(3000)
                .setShards(1)
                .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(Duration.ONE_MINUTE))
                .addCacheEntryListenerConfiguration(
                    Caches.synchronous(new OnCreated(key -> hang.accept(key + 1)))));
    behind.onLoad = hang;
    behind.onWrite = hang;
    behind.onDelete = hang;
    Task<Void> hung = Task.run(() -> hanging.hang(cache, behind));
    gate.awaitReached();

    Task<Void> others =
        Task.run(
            () -> {
              for (int key = 0; key < 10_000; key++) { // the table grows, then the cache evicts
                cache.put(key, "a");
              }
              cache.get(20_000);
              cache.getAll(Set.of(1, 20_001));
              cache.removeAll(Set.of(2, 3));
              cache.setMaximum(100);
              caches.advance(java.time.Duration.ofMinutes(1));
              cache.expireNow();
              cache.put(1, "b");
              cache.forEach(Cache.Entry::getValue);
              cache.clear();
            });
    others.result();

    assertThat(hung.isDone()).as("still hanging").isFalse();
    gate.open();
    hung.result();
  }

  // ------------------------------------------------------------------------ 3: calls of the own
  // key

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
            meet(barrier);
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
                                  meet(barrier);
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

  // ----------------------------------------------------------------------------- 4: loads that
  // fail

  private static Stream<Supplier<Throwable>> failures() {
    return Stream.of(
        () -> new ArithmeticException("down"),
        () -> new IOException("a checked one, unseen by the compiler"),
        () -> new CacheLoaderException("the loader's own"),
        () -> new CacheLoaderException("the loader's own", new IOException("down")),
        () -> new AssertionError("an error"),
        () -> new OutOfMemoryError("made up"),
        () -> new StackOverflowError("made up"));
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void throwUnseen(Throwable failure) throws E {
    throw (E) failure;
  }

  @ParameterizedTest
  @MethodSource("failures")
  void load_failingFor64Callers_isCalledOnceAndFailsForAll(Supplier<Throwable> failures)
      throws Exception {
    TheineCache<Integer, String> cache = through();
    Throwable thrown = failures.get();
    Gate gate = new Gate();
    behind.onLoad =
        key -> {
          gate.pass();
          LivenessTest.<RuntimeException>throwUnseen(thrown);
        };
    Task<String> loading = Task.start(() -> cache.get(1));
    gate.awaitReached();
    List<Task<String>> waiting = new ArrayList<>();
    for (int i = 0; i < 63; i++) {
      waiting.add(Task.start(() -> cache.get(1)));
    }
    for (Task<String> task : waiting) {
      task.awaitParked();
    }
    gate.open();

    Throwable first = loading.failure();
    Throwable cause = first.getCause() == null ? first : first.getCause();
    Set<Throwable> own = Collections.newSetFromMap(new IdentityHashMap<>());
    own.add(first);
    for (Task<String> task : waiting) {
      Throwable failure = task.failure();
      assertThat(failure).isInstanceOf(CacheLoaderException.class);
      assertThat(failure.getCause()).isSameAs(cause);
      own.add(failure);
    }
    assertThat(own).as("each has an exception of his own").hasSize(64);
    assertThat(behind.calls).containsExactly("load 1");

    behind.map.put(1, "up again");
    behind.onLoad = key -> {};
    assertThat(Task.start(() -> cache.get(1)).result()).isEqualTo("up again");
  }

  @Test
  void load_givingNothingTo64Callers_isCalledOnce() throws Exception {
    TheineCache<Integer, String> cache = through();
    Gate gate = new Gate();
    behind.onLoad = key -> gate.pass();
    List<Task<String>> gets = new ArrayList<>();
    gets.add(Task.start(() -> cache.get(1)));
    gate.awaitReached();
    for (int i = 0; i < 63; i++) {
      gets.add(Task.start(() -> cache.get(1)));
    }
    for (Task<String> get : gets) {
      get.awaitParked();
    }
    gate.open();

    for (Task<String> get : gets) {
      assertThat(get.result()).isNull();
    }
    assertThat(behind.calls).containsExactly("load 1");
  }

  // -------------------------------------------------------------------------------- 5:
  // interruption

  @Test
  void waiterForALoad_interrupted_stopsAndTheLoadGoesOn() throws Exception {
    TheineCache<Integer, String> cache = through();
    behind.map.put(1, "loaded");
    Gate gate = new Gate();
    behind.onLoad = key -> gate.pass();
    Task<String> loading = Task.start(() -> cache.get(1));
    gate.awaitReached();
    Task<String> patient = Task.start(() -> cache.get(1)).awaitParked();
    AtomicBoolean flag = new AtomicBoolean();
    Task<Throwable> interrupted =
        Task.start(
                () -> {
                  Throwable failure = catchThrowable(() -> cache.get(1));
                  flag.set(Thread.currentThread().isInterrupted());
                  return failure;
                })
            .awaitParked();

    interrupted.interrupt();

    assertThat(interrupted.result())
        .isInstanceOf(CacheException.class)
        .hasMessageContaining(cache.getName())
        .hasMessageContaining("interrupted");
    assertThat(flag).isTrue();
    gate.open();
    assertThat(loading.result()).isEqualTo("loaded");
    assertThat(patient.result()).isEqualTo("loaded");
    assertThat(behind.calls).containsExactly("load 1");
  }

  @Test
  void waiterForAWriter_interrupted_stopsAndTheOthersTakeTheirTurn() throws Exception {
    TheineCache<Integer, String> cache = through();
    Gate gate = new Gate();
    behind.onWrite = key -> gate.pass();
    Task<Void> writing = Task.run(() -> cache.put(1, "first"));
    gate.awaitReached();
    AtomicBoolean flag = new AtomicBoolean();
    Task<Throwable> interrupted =
        Task.start(
                () -> {
                  Throwable failure = catchThrowable(() -> cache.put(1, "interrupted"));
                  flag.set(Thread.currentThread().isInterrupted());
                  return failure;
                })
            .awaitParked();
    Task<Void> patient = Task.run(() -> cache.put(1, "second")).awaitParked();

    interrupted.interrupt();

    assertThat(interrupted.result())
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("interrupted");
    assertThat(flag).isTrue();
    gate.open();
    writing.result();
    patient.result();
    assertThat(behind.calls).containsExactly("write 1=first", "write 1=second");
    assertThat(cache.get(1)).isEqualTo("second");
  }

  // --------------------------------------------------------------------------- 6: clear and close

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
                  meet(start);
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
      meet(start);
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

  // ----------------------------------------------------------------------------- 7: virtual
  // threads

  /** How many callbacks must be under way at once: many times the threads of the machine. */
  private static final int CROWD = 500;

  private static ExecutorService virtualThreads() {
    int feature = Runtime.version().feature();
    assumeTrue(feature >= 21, "virtual threads come with JDK 21; this is JDK " + feature);
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("JDK " + feature + " has virtual threads", e);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Hanging.class,
      names = {"LOADER", "WRITER", "PROCESSOR", "LISTENER"})
  void callbacks_ofVirtualThreads_areAllUnderWayAtOnce(Hanging kind) throws Exception {
    ExecutorService executor = virtualThreads();
    CountDownLatch inside = new CountDownLatch(CROWD);
    Runnable crowd =
        () -> {
          inside.countDown();
          try { // a thread that were pinned to its carrier would keep the others out
            if (!inside.await(Caches.PATIENCE_SECONDS, TimeUnit.SECONDS)) {
              throw new AssertionError("only " + (CROWD - inside.getCount()) + " are inside");
            }
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        };
    boolean listens = kind == Hanging.LISTENER;
    TheineCache<Integer, String> cache =
        listens
            ? listened(key -> crowd.run())
            : caches.create(behind.behind(caches.configuration()));
    behind.onLoad = key -> crowd.run();
    behind.onWrite = behind.onLoad;
    List<Future<?>> calls = new ArrayList<>();
    try {
      for (int i = 0; i < CROWD; i++) {
        int key = i;
        calls.add(
            executor.submit(
                () -> {
                  switch (kind) {
                    case LOADER -> cache.get(key);
                    case PROCESSOR ->
                        cache.invoke(
                            key,
                            (entry, arguments) -> {
                              crowd.run();
                              return null;
                            });
                    default -> cache.put(key, "a");
                  }
                }));
      }
      for (Future<?> call : calls) {
        Caches.join(call);
      }
    } finally {
      executor.shutdownNow();
    }
    assertThat(inside.getCount()).isZero();
  }

  @Test
  void waiters_inVirtualThreads_allGetTheOneLoad() throws Exception {
    ExecutorService executor = virtualThreads();
    TheineCache<Integer, String> cache = through();
    behind.map.put(1, "loaded");
    Gate gate = new Gate();
    behind.onLoad = key -> gate.pass();
    List<Future<String>> gets = new ArrayList<>();
    try {
      gets.add(executor.submit(() -> cache.get(1)));
      gate.awaitReached();
      for (int i = 1; i < CROWD; i++) {
        gets.add(executor.submit(() -> cache.get(1)));
      }
      gate.open();
      for (Future<String> get : gets) {
        assertThat(Caches.join(get)).isEqualTo("loaded");
      }
    } finally {
      executor.shutdownNow();
    }
    assertThat(behind.calls).filteredOn(call -> call.equals("load 1")).hasSize(1);
  }

  // ----------------------------------------------------- 8: no common pool, no traffic to live
  // from

  @Test
  void maintenance_withTheCommonPoolBlockedAndNoTraffic_goesOn() throws Exception {
    Gate gate = new Gate();
    CountDownLatch blocked = new CountDownLatch(ForkJoinPool.getCommonPoolParallelism());
    for (int i = 0; i < ForkJoinPool.getCommonPoolParallelism(); i++) {
      ForkJoinPool.commonPool()
          .execute(
              () -> {
                blocked.countDown();
                gate.pass();
              });
    }
    try {
      assertThat(blocked.await(Caches.PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      CountDownLatch told = new CountDownLatch(4);
      AtomicInteger inCommonPool = new AtomicInteger();
      RecordingListener<Integer, String> synchronous = counting(told, inCommonPool);
      RecordingListener<Integer, String> asynchronous = counting(told, inCommonPool);
      behind.map.put(2, "loaded");
      behind.onLoad = key -> countIfInCommonPool(inCommonPool);
      TheineCache<Integer, String> cache =
          caches.create(
              new TheineConfiguration<Integer, String>() // the time of the system, own threads
                  .setReadThrough(true)
                  .setCacheLoaderFactory(() -> behind)
                  .setExpiryPolicyFactory(
                      CreatedExpiryPolicy.factoryOf(new Duration(TimeUnit.MILLISECONDS, 1)))
                  .addCacheEntryListenerConfiguration(Caches.synchronous(synchronous))
                  .addCacheEntryListenerConfiguration(Caches.asynchronous(asynchronous)));
      cache.put(1, "a");
      cache.loadAll(Set.of(2), true, null);

      assertThat(told.await(Caches.PATIENCE_SECONDS, TimeUnit.SECONDS))
          .as("both listeners are told of both expirations though nobody calls")
          .isTrue();
      assertThat(inCommonPool).hasValue(0);
    } finally {
      gate.open();
    }
  }

  private static void countIfInCommonPool(AtomicInteger inCommonPool) {
    if (Thread.currentThread() instanceof ForkJoinWorkerThread) {
      inCommonPool.incrementAndGet();
    }
  }

  private static RecordingListener<Integer, String> counting(
      CountDownLatch told, AtomicInteger inCommonPool) {
    return new RecordingListener<>() {
      @Override
      public void onExpired(Iterable<CacheEntryEvent<? extends Integer, ? extends String>> events) {
        countIfInCommonPool(inCommonPool);
        events.forEach(event -> told.countDown());
      }
    };
  }
}
