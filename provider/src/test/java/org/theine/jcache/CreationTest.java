package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoader;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Several threads make a cache of one name: one makes it, and then all can have it. */
final class CreationTest {
  @RegisterExtension final Caches caches = new Caches();

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);

  @AfterEach
  void end() {
    go.countDown();
    threads.shutdownNow();
  }

  /** As every portable program does it. */
  private Cache<Object, Object> getOrCreate() {
    Cache<Object, Object> cache = caches.manager().getCache("shared");
    if (cache == null) {
      try {
        return caches.manager().createCache("shared", new MutableConfiguration<>());
      } catch (CacheException existsAlready) {
        return caches.manager().getCache("shared");
      }
    }
    return cache;
  }

  /** A configuration whose loader is not made before the test lets it. */
  private MutableConfiguration<Object, Object> held(Runnable then) {
    MutableConfiguration<Object, Object> configuration = new MutableConfiguration<>();
    configuration.setCacheLoaderFactory(
        () -> {
          reached.countDown();
          await(go);
          then.run();
          return new NamedPlugIns.Echo();
        });
    return configuration;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(Caches.PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static <T> T result(Future<T> future) throws Exception {
    return future.get(Caches.PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Test
  void cache_wantedByManyAtOnce_isGotByAll() throws Exception {
    for (int round = 0; round < 200; round++) {
      CyclicBarrier together = new CyclicBarrier(4);
      List<Future<Cache<Object, Object>>> got = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        got.add(
            threads.submit(
                () -> {
                  together.await(Caches.PATIENCE_SECONDS, TimeUnit.SECONDS);
                  return getOrCreate();
                }));
      }
      Cache<Object, Object> first = result(got.get(0));

      assertThat(first).isNotNull();
      for (Future<Cache<Object, Object>> one : got) {
        assertThat(result(one)).isSameAs(first);
      }
      caches.manager().destroyCache("shared");
    }
  }

  @Test
  void cache_beingMade_isWaitedForByWhoWantsItsName() throws Exception {
    Future<Cache<Object, Object>> first =
        threads.submit(() -> caches.manager().createCache("shared", held(() -> {})));
    await(reached);
    AtomicReference<Thread> waiting = new AtomicReference<>();
    Future<Cache<Object, Object>> second =
        threads.submit(
            () -> {
              waiting.set(Thread.currentThread());
              return getOrCreate();
            });
    Caches.await("a second maker waits", () -> waiting.get() != null && isWaiting(waiting.get()));
    assertThat(caches.manager().createCache("other", new MutableConfiguration<>())).isNotNull();
    go.countDown();

    assertThat(result(second)).isSameAs(result(first));
  }

  private static boolean isWaiting(Thread thread) {
    return thread.getState() == Thread.State.WAITING;
  }

  @Test
  void cache_thatCouldNotBeMade_isMadeByWhoWaited() throws Exception {
    Future<Cache<Object, Object>> first =
        threads.submit(
            () ->
                caches
                    .manager()
                    .createCache(
                        "shared",
                        held(
                            () -> {
                              throw new IllegalStateException("no database");
                            })));
    await(reached);
    Future<Cache<Object, Object>> second = threads.submit(this::getOrCreate);
    go.countDown();

    assertThatThrownBy(() -> result(first)).hasRootCauseMessage("no database");
    assertThat(result(second)).isSameAs(caches.manager().getCache("shared"));
  }

  @Test
  void cache_wantedByItsOwnFactory_existsAlreadyInsteadOfWaitingForItself() {
    go.countDown();
    MutableConfiguration<Object, Object> nested = new MutableConfiguration<>();

    assertThatThrownBy(
            () ->
                caches
                    .manager()
                    .createCache(
                        "shared", held(() -> caches.manager().createCache("shared", nested))))
        .isInstanceOf(CacheException.class)
        .hasStackTraceContaining("'shared' exists already");
    assertThat(caches.manager().createCache("shared", nested)).isNotNull();
  }

  @Test
  void caches_whoseFactoriesMakeEachOther_areRefusedInsteadOfWaitingForEver() throws Exception {
    CyclicBarrier bothUnderWay = new CyclicBarrier(2);
    List<Future<Cache<Object, Object>>> both = new ArrayList<>();
    for (String[] names : new String[][] {{"a", "b"}, {"b", "a"}}) {
      MutableConfiguration<Object, Object> configuration = new MutableConfiguration<>();
      configuration.setCacheLoaderFactory(
          () -> {
            try {
              bothUnderWay.await(Caches.PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (Exception e) {
              throw new AssertionError(e);
            }
            caches.manager().createCache(names[1], new MutableConfiguration<>());
            return new NamedPlugIns.Echo();
          });
      both.add(threads.submit(() -> caches.manager().createCache(names[0], configuration)));
    }
    int failed = 0;
    for (Future<Cache<Object, Object>> one : both) {
      try {
        result(one);
      } catch (ExecutionException e) {
        assertThat(e).hasRootCauseInstanceOf(CacheException.class);
        failed++;
      }
    }
    assertThat(failed).as("at least one gives way").isPositive();
  }

  /** The first loader that is closed makes the caches anew, while the others are still open. */
  @Test
  void manager_madeAnewWhileTheOldOneCloses_hasTheNamesOfItsBeans() throws Exception {
    AtomicBoolean anew = new AtomicBoolean();
    for (String name : List.of("a", "b", "c", "d")) {
      caches
          .manager()
          .createCache(
              name,
              new MutableConfiguration<>()
                  .setStatisticsEnabled(true)
                  .setCacheLoaderFactory(() -> new ClosedLoader(() -> makeAnew(anew))));
    }
    caches.manager().close();

    assertThat(anew).isTrue();
    String uri = caches.manager().getURI().toString();
    for (String name : List.of("a", "b", "c", "d")) {
      ObjectName bean =
          new ObjectName("javax.cache:type=CacheStatistics,CacheManager=" + uri + ",Cache=" + name);
      assertThat(ManagementFactory.getPlatformMBeanServer().isRegistered(bean)).as(name).isTrue();
    }
    assertThat(
            ManagementFactory.getPlatformMBeanServer()
                .queryNames(new ObjectName("javax.cache:CacheManager=" + uri + ",*"), null))
        .hasSize(4);
  }

  private void makeAnew(AtomicBoolean anew) {
    if (anew.compareAndSet(false, true)) {
      for (String name : List.of("a", "b", "c", "d")) {
        caches.manager().createCache(name, new MutableConfiguration<>().setStatisticsEnabled(true));
      }
    }
  }

  private record ClosedLoader(Runnable whenClosed)
      implements CacheLoader<Object, Object>, Closeable {
    @Override
    public @Nullable Object load(Object key) {
      return null;
    }

    @Override
    public Map<Object, Object> loadAll(Iterable<?> keys) {
      return Map.of();
    }

    @Override
    public void close() {
      whenClosed.run();
    }
  }

  @Test
  void waiting_interrupted_leavesAndStaysInterrupted() throws Exception {
    threads.submit(() -> caches.manager().createCache("shared", held(() -> {})));
    await(reached);
    Future<Boolean> waiter =
        threads.submit(
            () -> {
              Thread.currentThread().interrupt();
              assertThatThrownBy(
                      () -> caches.manager().createCache("shared", new MutableConfiguration<>()))
                  .isInstanceOf(CacheException.class)
                  .hasMessageContaining("interrupted")
                  .hasMessageContaining("'shared'");
              return Thread.interrupted();
            });

    assertThat(result(waiter)).isTrue();
  }
}
