package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** User code runs under no monitor, so virtual threads leave their carriers to others. */
final class VirtualThreadTest {
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
}
