package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
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
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.integration.CacheLoader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A manager is made once, by one thread, with no lock held while code of its caches runs. */
final class OpeningTest {
  @TempDir Path folder;

  private final TheineCachingProvider provider = new TheineCachingProvider();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void close() {
    GatedLoader.reset();
    provider.close();
    threads.shutdownNow();
  }

  /** Does what the test wants while a manager is being made. */
  static final class GatedLoader implements CacheLoader<Object, Object> {
    static final AtomicInteger MADE = new AtomicInteger();
    static volatile Runnable whenMade = () -> {};

    GatedLoader() {
      MADE.incrementAndGet();
      whenMade.run();
    }

    static void reset() {
      MADE.set(0);
      whenMade = () -> {};
    }

    @Override
    public @Nullable Object load(Object key) {
      return null;
    }

    @Override
    public Map<Object, Object> loadAll(Iterable<?> keys) {
      return Map.of();
    }
  }

  private URI gated() throws Exception {
    Path file = folder.resolve("theine.conf");
    Files.writeString(
        file, "theine.jcache.caches.a { loader = \"%s\" }".formatted(GatedLoader.class.getName()));
    return file.toUri();
  }

  private CacheManager open(URI uri) {
    return provider.getCacheManager(uri, getClass().getClassLoader());
  }

  @Test
  void manager_askedForByManyAtOnce_isMadeOnce() throws Exception {
    URI uri = gated();
    CyclicBarrier together = new CyclicBarrier(8);
    List<Future<CacheManager>> asked = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      asked.add(
          threads.submit(
              () -> {
                together.await(Caches.PATIENCE_SECONDS, TimeUnit.SECONDS);
                return open(uri);
              }));
    }
    CacheManager first = asked.get(0).get(Caches.PATIENCE_SECONDS, TimeUnit.SECONDS);

    for (Future<CacheManager> one : asked) {
      assertThat(one.get(Caches.PATIENCE_SECONDS, TimeUnit.SECONDS)).isSameAs(first);
    }
    assertThat(GatedLoader.MADE).hasValue(1);
  }

  @Test
  void manager_thatTakesLong_delaysNoOther() throws Exception {
    URI uri = gated();
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    GatedLoader.whenMade =
        () -> {
          reached.countDown();
          await(go);
        };
    Future<CacheManager> slow = threads.submit(() -> open(uri));
    await(reached);

    assertThat(open(URI.create("another")).isClosed()).isFalse();
    provider.close(); // leaves alone what is not there yet
    Future<CacheManager> second = threads.submit(() -> open(uri));
    go.countDown();

    assertThat(slow.get(Caches.PATIENCE_SECONDS, TimeUnit.SECONDS).isClosed()).isFalse();
    assertThat(second.get(Caches.PATIENCE_SECONDS, TimeUnit.SECONDS)).isSameAs(slow.get());
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(Caches.PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void manager_thatFails_failsForAllWhoWaitedAndIsMadeAnewLater() throws Exception {
    URI uri = gated();
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    GatedLoader.whenMade =
        () -> {
          reached.countDown();
          await(go);
          throw new IllegalStateException("no database");
        };
    Future<CacheManager> first = threads.submit(() -> open(uri));
    await(reached);
    Future<CacheManager> second = threads.submit(() -> open(uri));
    go.countDown();

    assertThatThrownBy(() -> first.get(Caches.PATIENCE_SECONDS, TimeUnit.SECONDS))
        .hasRootCauseMessage("no database");
    assertThatThrownBy(() -> second.get(Caches.PATIENCE_SECONDS, TimeUnit.SECONDS))
        .hasRootCauseMessage("no database")
        .cause()
        .isInstanceOf(CacheException.class);
    GatedLoader.whenMade = () -> {};
    assertThat(open(uri).getCacheNames()).containsExactly("a");
  }

  @Test
  void manager_askedForByItsOwnCaches_isRefusedInsteadOfWaitingForItself() throws Exception {
    URI uri = gated();
    GatedLoader.whenMade = () -> open(uri);

    assertThatThrownBy(() -> open(uri))
        .isInstanceOf(CacheException.class)
        .hasStackTraceContaining("is being made");
  }

  @Test
  void manager_ofAnotherUri_canBeAskedForByCachesOfTheFirst() throws Exception {
    URI uri = gated();
    GatedLoader.whenMade = () -> open(URI.create("another"));

    assertThat(open(uri).getCacheNames()).containsExactly("a");
  }

  @Test
  void managers_whoseCachesAskForEachOther_areRefusedInsteadOfWaitingForEver() throws Exception {
    URI first = gated();
    Path other = folder.resolve("other.conf");
    Files.copy(Path.of(first), other);
    URI second = other.toUri();
    CyclicBarrier bothUnderWay = new CyclicBarrier(2);
    ThreadLocal<URI> wanted = new ThreadLocal<>();
    GatedLoader.whenMade =
        () -> {
          try {
            bothUnderWay.await(Caches.PATIENCE_SECONDS, TimeUnit.SECONDS);
          } catch (Exception e) {
            throw new AssertionError(e);
          }
          GatedLoader.whenMade = () -> {};
          open(wanted.get());
        };
    Future<CacheManager> one = threads.submit(() -> openWanting(first, wanted, second));
    Future<CacheManager> two = threads.submit(() -> openWanting(second, wanted, first));

    List<String> failures = new ArrayList<>();
    for (Future<CacheManager> each : List.of(one, two)) {
      try {
        each.get(Caches.PATIENCE_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        failures.add(e.toString());
      }
    }
    assertThat(failures).as("at least one gives way").isNotEmpty();
    assertThat(open(first).getCacheNames()).containsExactly("a");
    assertThat(open(second).getCacheNames()).containsExactly("a");
  }

  private CacheManager openWanting(URI uri, ThreadLocal<URI> wanted, URI other) {
    wanted.set(other);
    return open(uri);
  }

  @Test
  void thread_thatMadeAManager_isNotHeldByIt() throws Exception {
    URI uri = gated();
    Thread maker = new Thread(() -> open(uri));
    maker.start();
    maker.join(TimeUnit.SECONDS.toMillis(Caches.PATIENCE_SECONDS));
    WeakReference<Thread> held = new WeakReference<>(maker);
    maker = null;

    Caches.await(
        "the thread is collected",
        () -> {
          System.gc();
          return held.get() == null;
        });
    assertThat(open(uri).isClosed()).isFalse();
  }
}
