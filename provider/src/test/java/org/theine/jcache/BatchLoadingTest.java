package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CompletionListenerFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchLoadingTest {
  private static final AtomicInteger TOLD = new AtomicInteger();

  private final CacheManager manager =
      Caching.getCachingProvider()
          .getCacheManager(URI.create("urn:batch-loading"), getClass().getClassLoader());

  @AfterEach
  void close() {
    manager.close();
  }

  /** Its first load waits until it is let go, and gives what was there when it began. */
  private static final class SlowFirst implements CacheLoader<Integer, String> {
    final AtomicInteger loads = new AtomicInteger();
    final CountDownLatch begun = new CountDownLatch(1);
    final CountDownLatch go = new CountDownLatch(1);

    @Override
    public String load(Integer key) {
      int number = loads.incrementAndGet();
      if (number == 1) {
        begun.countDown();
        try {
          assertThat(go.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
      return "load " + number;
    }

    @Override
    public Map<Integer, String> loadAll(Iterable<? extends Integer> keys) {
      Integer key = keys.iterator().next();
      return Map.of(key, load(key));
    }
  }

  @Test
  void loadAllReplacing_whileAnOlderLoadIsUnderWay_loadsAnew() throws Exception {
    SlowFirst loader = new SlowFirst();
    Cache<Integer, String> cache =
        manager.createCache(
            "slow",
            new TheineConfiguration<Integer, String>()
                .setReadThrough(true)
                .setCacheLoaderFactory(() -> loader));
    FutureTask<String> older = new FutureTask<>(() -> cache.get(1));
    new Thread(older, "older").start();
    assertThat(loader.begun.await(60, TimeUnit.SECONDS)).isTrue();

    CompletionListenerFuture done = new CompletionListenerFuture();
    cache.loadAll(Set.of(1), true, done);
    loader.go.countDown();
    done.get(60, TimeUnit.SECONDS);

    assertThat(older.get(60, TimeUnit.SECONDS)).isEqualTo("load 1");
    assertThat(cache.get(1)).isEqualTo("load 2");
    assertThat(loader.loads).hasValue(2);
  }

  @Test
  void put_theExecutorFails_synchronousListenersAreToldAllTheSame() {
    TOLD.set(0);
    Cache<Integer, String> cache =
        manager.createCache(
            "refused",
            new TheineConfiguration<Integer, String>()
                .setExecutorFactory(
                    () ->
                        task -> {
                          throw new IllegalArgumentException("takes no task");
                        }));
    for (boolean synchronous : new boolean[] {false, true}) {
      cache.registerCacheEntryListener(
          new MutableCacheEntryListenerConfiguration<Integer, String>(
              FactoryBuilder.factoryOf(new SerializableListener()), null, false, synchronous));
    }
    for (int key = 0; key < 10; key++) {
      cache.put(key, "value");
    }
    assertThat(TOLD).hasValue(10);
  }

  /** Counts what it is told. */
  private static final class SerializableListener
      implements CacheEntryCreatedListener<Integer, String>, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends Integer, ? extends String>> events) {
      events.forEach(event -> TOLD.incrementAndGet());
    }
  }
}
