package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CompletionListener;
import javax.cache.processor.EntryProcessorException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Defects that other providers had to repair after their release. */
final class LaterRepairsConformanceTest {
  @RegisterExtension final Caches caches = new Caches();

  @Test
  void close_ofProviderManagerAndCacheAtOnce_allEnd() throws Exception {
    TheineCachingProvider provider = new TheineCachingProvider();
    for (int round = 0; round < 200; round++) {
      CacheManager manager =
          provider.getCacheManager(URI.create("closing-" + round), getClass().getClassLoader());
      List<Cache<Integer, String>> made = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        made.add(manager.createCache("cache-" + i, caches.<Integer, String>configuration()));
      }
      CyclicBarrier barrier = new CyclicBarrier(3);
      List<Task<Void>> tasks =
          List.of(
              Task.run(
                  () -> {
                    Task.meet(barrier);
                    provider.close();
                  }),
              Task.run(
                  () -> {
                    Task.meet(barrier);
                    manager.close();
                  }),
              Task.run(
                  () -> {
                    Task.meet(barrier);
                    made.forEach(Cache::close);
                  }));
      for (Task<Void> task : tasks) {
        task.result();
      }
      assertThat(made).allMatch(Cache::isClosed);
      assertThat(manager.isClosed()).isTrue();
      assertThat(Caches.beansOf(manager)).isEmpty();
    }
  }

  @Test
  void createCache_whileTheManagerCloses_leavesNothingOpen() throws Exception {
    TheineCachingProvider provider = new TheineCachingProvider();
    for (int round = 0; round < 300; round++) {
      CacheManager manager =
          provider.getCacheManager(URI.create("racing-" + round), getClass().getClassLoader());
      ClosableLoader loader = new ClosableLoader();
      AtomicInteger made = new AtomicInteger();
      TheineConfiguration<Integer, String> configuration =
          caches
              .<Integer, String>configuration()
              .setManagementEnabled(true)
              .setCacheLoaderFactory(
                  () -> {
                    made.incrementAndGet();
                    return loader;
                  });
      CyclicBarrier barrier = new CyclicBarrier(2);
      Task<@Nullable Cache<Integer, String>> create =
          Task.start(
              () -> {
                Task.meet(barrier);
                try {
                  return manager.createCache("name", configuration);
                } catch (IllegalStateException e) {
                  return null;
                }
              });
      Task.meet(barrier);
      manager.close();

      Cache<Integer, String> cache = create.result();
      if (cache != null) {
        assertThat(cache.isClosed()).isTrue();
      }
      assertThat(loader.closings).hasValue(made.get());
      assertThat(Caches.beansOf(manager)).isEmpty();
    }
  }

  @Test
  void enableStatistics_whileTheCacheCloses_leavesNoBean() throws Exception {
    for (int round = 0; round < 300; round++) {
      TheineCache<Integer, String> cache =
          caches.create(
              "name", caches.<Integer, String>configuration().setStatisticsEnabled(false));
      CyclicBarrier barrier = new CyclicBarrier(2);
      Task<Void> enable =
          Task.run(
              () -> {
                Task.meet(barrier);
                caches.manager().enableStatistics("name", true);
                caches.manager().enableManagement("name", true);
              });
      Task.meet(barrier);
      cache.close();
      enable.result();
      assertThat(Caches.beansOf(caches.manager())).isEmpty();
    }
  }

  /** Would take a day over its end. */
  private static final class ClosableExecutor implements Executor, Closeable {
    final AtomicInteger closings = new AtomicInteger();

    @Override
    public void execute(Runnable task) {
      task.run();
    }

    @Override
    public void close() {
      closings.incrementAndGet();
    }
  }

  /** As an ExecutorService of JDK 19 and later: its close belongs to whoever has made it. */
  private static class BorrowedLoader implements CacheLoader<Integer, String>, AutoCloseable {
    final AtomicInteger closings = new AtomicInteger();

    @Override
    public String load(Integer key) {
      return "loaded";
    }

    @Override
    public Map<Integer, String> loadAll(Iterable<? extends Integer> keys) {
      return Map.of();
    }

    @Override
    public void close() {
      closings.incrementAndGet();
    }
  }

  private static final class ClosableLoader extends BorrowedLoader implements Closeable {}

  @Test
  void close_ofACacheWithAnExecutor_leavesTheExecutorAlone() {
    ClosableExecutor executor = new ClosableExecutor();
    BorrowedLoader loader = new BorrowedLoader();
    TheineCache<Integer, String> cache =
        caches.create(
            caches
                .<Integer, String>configuration()
                .setExecutorFactory(() -> executor)
                .setCacheLoaderFactory(() -> loader));

    cache.close();

    assertThat(executor.closings).hasValue(0);
    assertThat(loader.closings).hasValue(0);
  }

  @Test
  void contextClassLoader_ofTheThreadThatMakesTheCaches_isNotHeld() throws Exception {
    TheineCachingProvider provider = new TheineCachingProvider();
    AtomicReference<WeakReference<ClassLoader>> application = new AtomicReference<>();
    List<CacheManager> managers = new ArrayList<>();
    Thread thread =
        new Thread(
            () -> {
              ClassLoader loader = new URLClassLoader(new URL[0]);
              application.set(new WeakReference<>(loader));
              Thread.currentThread().setContextClassLoader(loader);
              CacheManager manager = provider.getCacheManager();
              managers.add(manager);
              Cache<Integer, String> cache =
                  manager.createCache(
                      "expiring",
                      new TheineConfiguration<Integer, String>()
                          .setCacheLoaderFactory(BorrowedLoader::new)
                          .setExpiryPolicyFactory(
                              CreatedExpiryPolicy.factoryOf(Duration.ONE_MINUTE))
                          .addCacheEntryListenerConfiguration(
                              Caches.asynchronous(new RecordingListener<>())));
              cache.put(1, "a");
              cache.loadAll(Set.of(2), true, null);
              Thread.currentThread().setContextClassLoader(null);
            });
    thread.start();
    thread.join();
    try {
      WeakReference<ClassLoader> held = application.get();
      Caches.await(
          "the class loader is collected although the manager is open",
          () -> {
            System.gc();
            return held.get() == null;
          });
      assertThat(managers.get(0).isClosed()).isFalse();
    } finally {
      provider.close();
    }
  }

  @Test
  void loadAll_executorRejects_tellsOnException() {
    TheineCache<Integer, String> cache =
        caches.create(
            caches
                .<Integer, String>configuration()
                .setCacheLoaderFactory(BorrowedLoader::new)
                .setExecutorFactory(
                    () ->
                        task -> {
                          throw new RejectedExecutionException("full");
                        }));
    List<Object> told = new ArrayList<>();

    cache.loadAll(
        Set.of(1),
        true,
        new CompletionListener() {
          @Override
          public void onCompletion() {
            told.add("completed");
          }

          @Override
          public void onException(Exception e) {
            told.add(e);
          }
        });

    assertThat(told).hasSize(1);
    assertThat(told.get(0))
        .isInstanceOfSatisfying(
            CacheException.class,
            e ->
                assertThat(e)
                    .hasMessageContaining(cache.getName())
                    .hasCauseInstanceOf(RejectedExecutionException.class));
  }

  @Test
  void sameExceptionThrownTwice_byListenersAndPlugIns_isThrownOnce() {
    CacheEntryListenerException one = new CacheEntryListenerException("always the same");
    CacheEntryCreatedListener<Integer, String> first =
        events -> {
          throw one;
        };
    CacheEntryCreatedListener<Integer, String> second =
        events -> {
          throw one;
        };
    BackingStore<Integer, String> behind = new BackingStore<>();
    TheineCache<Integer, String> cache =
        caches.create(
            behind
                .behind(caches.configuration())
                .addCacheEntryListenerConfiguration(Caches.synchronous(first))
                .addCacheEntryListenerConfiguration(Caches.synchronous(second)));

    assertThatThrownBy(() -> cache.put(1, "a")).isSameAs(one);
    assertThatThrownBy(() -> cache.putAll(Map.of(2, "b", 3, "c"))).isSameAs(one);
    behind.map.put(4, "d");
    assertThatThrownBy(() -> cache.get(4)).isSameAs(one);

    assertThat(one.getSuppressed()).isEmpty();
    assertThat(cache.size()).isEqualTo(4);
  }

  @Test
  void removeAll_putMeanwhile_staysInCacheAndStore() throws Exception {
    BackingStore<Integer, String> behind = new BackingStore<>();
    TheineCache<Integer, String> cache = caches.create(behind.behind(caches.configuration()));
    cache.putAll(Map.of(1, "a", 2, "b"));
    Gate gate = new Gate();
    behind.onDelete = key -> gate.pass();
    Task<Void> removeAll = Task.run(cache::removeAll);
    gate.awaitReached();

    cache.put(3, "c");
    gate.open();

    removeAll.result();
    assertThat(behind.map).isEqualTo(Map.of(3, "c"));
    assertThat(cache.size()).isEqualTo(1);
    assertThat(cache.containsKey(3)).isTrue();
  }

  @Test
  void removeAll_ofExpiredEntries_deletesNothingBehindTheCache() {
    BackingStore<Integer, String> behind = new BackingStore<>();
    TheineCache<Integer, String> cache =
        caches.create(
            behind
                .behind(caches.configuration())
                .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(Duration.ONE_MINUTE)));
    cache.put(1, "expired");
    caches.advance(java.time.Duration.ofMinutes(1));
    cache.put(2, "alive");

    cache.removeAll();

    assertThat(behind.map).isEqualTo(Map.of(1, "expired"));
    assertThat(cache.containsKey(2)).isFalse();
  }

  @Test
  void invoke_ofAnExpiredEntry_expiryStaysWhenTheProcessorThrows() {
    RecordingListener<Integer, String> listener = new RecordingListener<>();
    TheineCache<Integer, String> cache =
        caches.create(
            caches
                .<Integer, String>configuration()
                .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(Duration.ONE_MINUTE))
                .addCacheEntryListenerConfiguration(Caches.synchronous(listener)));
    cache.put(1, "a");
    caches.advance(java.time.Duration.ofMinutes(1));
    listener.take();

    assertThatThrownBy(
            () ->
                cache.invoke(
                    1,
                    (entry, arguments) -> {
                      assertThat(entry.exists()).isFalse();
                      throw new ArithmeticException("the processor fails");
                    }))
        .isInstanceOf(EntryProcessorException.class);

    assertThat(listener.take()).containsExactly("EXPIRED 1=a was a");
    assertThat(cache.size()).isZero();
    cache.expireNow();
    assertThat(listener.take()).isEmpty();
  }
}
