package org.theine.jcache.weld;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CacheKeyInvocationContext;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.GeneratedCacheKey;
import org.junit.jupiter.api.Test;

/** Several threads that call the same bean, also for the first time. */
final class ThreadsTest {
  private static final int THREADS = 8;
  private static final int KEYS = 50;

  /** The key is the parameter. */
  record Key(Object value) implements GeneratedCacheKey {}

  /** Made and destroyed by the container, which counts it. */
  @Dependent
  static class Keys implements CacheKeyGenerator {
    static final AtomicInteger ALIVE = new AtomicInteger();

    Keys() {
      ALIVE.incrementAndGet();
    }

    @PreDestroy
    void destroy() {
      ALIVE.decrementAndGet();
    }

    @Override
    public GeneratedCacheKey generateCacheKey(CacheKeyInvocationContext<? extends Annotation> c) {
      return new Key(c.getKeyParameters()[0].getValue());
    }
  }

  /** Many caches, each missing at first. */
  @ApplicationScoped
  static class ManyCaches {
    @CacheResult(cacheName = "a")
    public String a(int key) {
      return "a";
    }

    @CacheRemoveAll(cacheName = "a")
    public void clear() {}
  }

  /** Shared by all. */
  @ApplicationScoped
  static class Service {
    static final ConcurrentHashMap<Integer, Integer> RUNS = new ConcurrentHashMap<>();
    static final CyclicBarrier TOGETHER = new CyclicBarrier(2);

    @CacheResult(cacheName = "threads", cacheKeyGenerator = Keys.class)
    public String find(int key) {
      RUNS.merge(key, 1, Integer::sum);
      return "value " + key;
    }

    /** Ends only if another thread is in it at the same time. */
    @CacheResult(cacheName = "together")
    public String together(String key) throws Exception {
      TOGETHER.await(1, TimeUnit.MINUTES);
      return key;
    }
  }

  @Test
  void firstCalls_atTheSameTime_getTheirValuesAndLeaveOneGenerator() throws Exception {
    for (int round = 0; round < 5; round++) {
      Service.RUNS.clear();
      try (Container container = new Container(Service.class, Keys.class)) {
        Service service = container.get(Service.class);
        Container.counted("threads");
        CyclicBarrier start = new CyclicBarrier(THREADS);
        inThreads(
            THREADS,
            () -> {
              start.await();
              for (int key = 0; key < KEYS; key++) {
                assertThat(service.find(key)).isEqualTo("value " + key);
              }
              return null;
            });

        int runs = Service.RUNS.values().stream().mapToInt(Integer::intValue).sum();
        assertThat(Service.RUNS).hasSize(KEYS);
        assertThat(Container.count("threads", "CacheMisses")).isEqualTo(runs);
        assertThat(Container.count("threads", "CachePuts")).isEqualTo(runs);
        assertThat(Container.count("threads", "CacheGets")).isEqualTo(THREADS * KEYS);
        assertThat(Container.size("threads")).isEqualTo(KEYS);
        assertThat(Keys.ALIVE).hasValue(1);
        container.stopWeld();
        assertThat(Keys.ALIVE).hasValue(0);
      }
    }
  }

  @Test
  void missingCache_neededByManyAtTheSameTime_isMadeOnce() throws Exception {
    try (Container container = new Container(ManyCaches.class)) {
      ManyCaches bean = container.get(ManyCaches.class);
      for (int round = 0; round < 20; round++) {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        inThreads(
            THREADS,
            () -> {
              start.await();
              bean.clear();
              return bean.a(1);
            });

        assertThat(Container.manager().getCacheNames()).containsExactly("a");
        Container.manager().destroyCache("a");
      }
    }
  }

  @Test
  void sameKey_missedByTwoThreads_isNotLockedWhileTheMethodRuns() throws Exception {
    try (Container container = new Container(Service.class, Keys.class)) {
      Service service = container.get(Service.class);

      inThreads(2, () -> service.together("a"));

      assertThat(Container.size("together")).isEqualTo(1);
    }
  }

  private static void inThreads(int threads, Callable<?> task) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> outcomes = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        outcomes.add(executor.submit(task));
      }
      for (Future<?> outcome : outcomes) {
        outcome.get();
      }
    } finally {
      executor.shutdownNow();
    }
  }
}
