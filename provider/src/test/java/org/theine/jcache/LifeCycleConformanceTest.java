package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CompletionListener;
import javax.cache.processor.EntryProcessorException;
import javax.management.JMException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How caches and managers begin and end, what they are called, and what becomes of the rest. */
final class LifeCycleConformanceTest {
  @RegisterExtension final Caches caches = new Caches();

  private static Set<ObjectName> beansOf(CacheManager manager) throws JMException {
    return ManagementFactory.getPlatformMBeanServer()
        .queryNames(new ObjectName("javax.cache:CacheManager=" + manager.getURI() + ",*"), null);
  }

  // ------------------------------------------------------------------------------------------
  // close

  @Test
  void close_usedAfterwards_isRefusedByName() {
    TheineCache<Integer, String> cache = caches.create("the-name", caches.configuration());
    Iterator<Cache.Entry<Integer, String>> iterator = cache.iterator();
    cache.close();
    cache.close();

    assertThat(cache.isClosed()).isTrue();
    CacheEntryListenerConfiguration<Integer, String> listener =
        Caches.synchronous(new RecordingListener<Integer, String>());
    assertThatThrownBy(() -> cache.registerCacheEntryListener(listener))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the-name");
    assertThatThrownBy(iterator::hasNext)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the-name");
  }

  @Test
  void close_ofAnOldHandle_leavesTheNewCacheOfTheName() throws Exception {
    TheineConfiguration<Integer, String> configuration = caches.configuration();
    TheineCache<Integer, String> old = caches.create("name", configuration);
    caches.manager().destroyCache("name");
    TheineCache<Integer, String> fresh = caches.create("name", configuration);
    fresh.put(1, "a");

    old.close();

    assertThat(old.isClosed()).isTrue();
    assertThat(fresh.isClosed()).isFalse();
    assertThat(caches.manager().<Integer, String>getCache("name")).isSameAs(fresh);
    assertThat(fresh.get(1)).isEqualTo("a");
    assertThat(beansOf(caches.manager())).hasSize(1);
    Caches.assertCounted(fresh, 1, 0, 1, 0);
  }

  @Test
  void close_ofTheManager_closesItsCachesAndFreesItsPlace() throws Exception {
    TheineCacheManager manager = caches.manager();
    TheineCache<Integer, String> cache = caches.create(caches.configuration());

    manager.close();
    manager.close();

    assertThat(cache.isClosed()).isTrue();
    assertThat(manager.isClosed()).isTrue();
    assertThat(beansOf(manager)).isEmpty();
    assertThat(caches.manager()).isNotSameAs(manager);
    assertThat(caches.manager().getCacheNames()).isEmpty();
  }

  /** Counts its closing, and may fail at it. */
  private static class Plug implements Closeable {
    final AtomicInteger closings = new AtomicInteger();
    private final boolean failing;

    Plug(boolean failing) {
      this.failing = failing;
    }

    @Override
    public void close() throws IOException {
      closings.incrementAndGet();
      if (failing) {
        throw new IOException("closing fails");
      }
    }
  }

  private static final class LoaderPlug extends Plug implements CacheLoader<Integer, String> {
    LoaderPlug(boolean failing) {
      super(failing);
    }

    @Override
    public String load(Integer key) {
      return "loaded";
    }

    @Override
    public Map<Integer, String> loadAll(Iterable<? extends Integer> keys) {
      return Map.of();
    }
  }

  private static final class WriterPlug extends Plug implements CacheWriter<Integer, String> {
    WriterPlug(boolean failing) {
      super(failing);
    }

    @Override
    public void write(Cache.Entry<? extends Integer, ? extends String> entry) {}

    @Override
    public void writeAll(Collection<Cache.Entry<? extends Integer, ? extends String>> entries) {}

    @Override
    public void delete(Object key) {}

    @Override
    public void deleteAll(Collection<?> keys) {}
  }

  private static final class PolicyPlug extends Plug implements ExpiryPolicy {
    PolicyPlug(boolean failing) {
      super(failing);
    }

    @Override
    public Duration getExpiryForCreation() {
      return Duration.ETERNAL;
    }

    @Override
    public @Nullable Duration getExpiryForAccess() {
      return null;
    }

    @Override
    public @Nullable Duration getExpiryForUpdate() {
      return null;
    }
  }

  private static final class FilterPlug extends Plug
      implements CacheEntryEventFilter<Integer, String> {
    FilterPlug(boolean failing) {
      super(failing);
    }

    @Override
    public boolean evaluate(CacheEntryEvent<? extends Integer, ? extends String> event) {
      return true;
    }
  }

  private static final class ListenerPlug extends Plug
      implements CacheEntryCreatedListener<Integer, String> {
    ListenerPlug(boolean failing) {
      super(failing);
    }

    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends Integer, ? extends String>> events) {}
  }

  @ParameterizedTest(name = "failing {0}")
  @ValueSource(ints = {-1, 0, 1, 2, 3, 4})
  void close_onePlugInFails_theOthersAreClosedAndTheNameIsFree(int failing) throws Exception {
    LoaderPlug loader = new LoaderPlug(failing == 0);
    WriterPlug writer = new WriterPlug(failing == 1);
    PolicyPlug policy = new PolicyPlug(failing == 2);
    ListenerPlug listener = new ListenerPlug(failing == 3);
    FilterPlug filter = new FilterPlug(failing == 4);
    TheineCache<Integer, String> cache =
        caches.create(
            caches
                .<Integer, String>configuration()
                .setReadThrough(true)
                .setCacheLoaderFactory(() -> loader)
                .setWriteThrough(true)
                .setCacheWriterFactory(() -> writer)
                .setExpiryPolicyFactory(() -> policy)
                .setManagementEnabled(true)
                .addCacheEntryListenerConfiguration(
                    Caches.listening(listener, filter, false, true)));
    assertThat(beansOf(caches.manager())).hasSize(2);

    cache.close();
    cache.close();

    for (Plug plug : List.of(loader, writer, policy, listener, filter)) {
      assertThat(plug.closings).as(plug.getClass().getSimpleName()).hasValue(1);
    }
    assertThat(beansOf(caches.manager())).isEmpty();
    assertThat(caches.manager().getCacheNames()).isEmpty();
    caches.create(cache.getName(), new MutableConfiguration<>());
  }

  /** An object that plays two parts. */
  private static final class FilteringListener extends Plug
      implements CacheEntryCreatedListener<Integer, String>,
          CacheEntryEventFilter<Integer, String> {
    FilteringListener() {
      super(false);
    }

    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends Integer, ? extends String>> events) {}

    @Override
    public boolean evaluate(CacheEntryEvent<? extends Integer, ? extends String> event) {
      return true;
    }
  }

  @Test
  void close_oneObjectInTwoParts_isClosedOnce() {
    FilteringListener both = new FilteringListener();
    TheineCache<Integer, String> cache =
        caches.create(
            caches
                .<Integer, String>configuration()
                .addCacheEntryListenerConfiguration(Caches.listening(both, both, false, true)));

    cache.close();

    assertThat(both.closings).hasValue(1);
  }

  @Test
  void deregister_ofAListener_closesItThenAndNotAgain() {
    ListenerPlug listener = new ListenerPlug(true);
    FilterPlug filter = new FilterPlug(true);
    CacheEntryListenerConfiguration<Integer, String> configuration =
        Caches.listening(listener, filter, false, true);
    TheineCache<Integer, String> cache = caches.create(caches.configuration());
    cache.registerCacheEntryListener(configuration);

    cache.deregisterCacheEntryListener(configuration);
    cache.close();

    assertThat(listener.closings).hasValue(1);
    assertThat(filter.closings).hasValue(1);
  }

  @Test
  void createCache_aFactoryFails_closesWhatWasMade() throws Exception {
    LoaderPlug loader = new LoaderPlug(true);
    PolicyPlug policy = new PolicyPlug(false);
    TheineConfiguration<Integer, String> configuration =
        caches
            .<Integer, String>configuration()
            .setCacheLoaderFactory(() -> loader)
            .setExpiryPolicyFactory(() -> policy)
            .setWriteThrough(true)
            .setCacheWriterFactory(
                () -> {
                  throw new ArithmeticException("no writer today");
                });

    assertThatThrownBy(() -> caches.create("name", configuration))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("'name'")
        .hasMessageContaining("writer");

    assertThat(loader.closings).hasValue(1);
    assertThat(policy.closings).hasValue(1);
    assertThat(caches.manager().getCacheNames()).isEmpty();
    assertThat(beansOf(caches.manager())).isEmpty();
  }

  @Test
  void createCache_aListenerFactoryFails_closesWhatWasMade() throws Exception {
    LoaderPlug loader = new LoaderPlug(false);
    ListenerPlug listener = new ListenerPlug(false);
    TheineConfiguration<Integer, String> configuration =
        caches
            .<Integer, String>configuration()
            .setCacheLoaderFactory(() -> loader)
            .addCacheEntryListenerConfiguration(Caches.synchronous(listener));
    configuration.addCacheEntryListenerConfiguration(
        new MutableCacheEntryListenerConfiguration<>(
            () -> {
              throw new ArithmeticException("no listener today");
            },
            null,
            false,
            true));

    assertThatThrownBy(() -> caches.create("name", configuration)).isNotNull();

    assertThat(loader.closings).hasValue(1);
    assertThat(caches.manager().getCacheNames()).isEmpty();
    assertThat(beansOf(caches.manager())).isEmpty();
    caches.create("name", caches.configuration());
  }

  // ----------------------------------------------------------------------------------
  // configuration

  @Test
  @SuppressWarnings("unchecked") // a class literal has no type arguments
  void getConfiguration_changed_leavesTheCacheAlone() {
    MutableConfiguration<Integer, String> given =
        new MutableConfiguration<Integer, String>().setTypes(Integer.class, String.class);
    TheineCache<Integer, String> cache = caches.create(given);
    given.setStoreByValue(false).setStatisticsEnabled(true).setReadThrough(true);

    TheineConfiguration<Integer, String> changed =
        cache.getConfiguration(TheineConfiguration.class);
    changed.setStoreByValue(false).setManagementEnabled(true).setMaximumSize(7);

    TheineConfiguration<Integer, String> seen = cache.getConfiguration(TheineConfiguration.class);
    assertThat(seen.isStoreByValue()).isTrue();
    assertThat(seen.isStatisticsEnabled()).isFalse();
    assertThat(seen.isManagementEnabled()).isFalse();
    assertThat(seen.isReadThrough()).isFalse();
    assertThat(seen.getMaximumSize()).isNull();
    assertThat(cache.getConfiguration(Configuration.class).getKeyType()).isEqualTo(Integer.class);
    assertThat(cache.getConfiguration(CompleteConfiguration.class).isReadThrough()).isFalse();
  }

  /** A configuration that no cache has. */
  private static final class Foreign<K, V> extends MutableConfiguration<K, V> {
    private static final long serialVersionUID = 1L;
  }

  @Test
  @SuppressWarnings("unchecked") // a class literal has no type arguments
  void unknownTypes_askedFor_areRefused() {
    TheineCache<Integer, String> cache = caches.create(caches.configuration());
    cache.put(1, "a");

    assertThatThrownBy(() -> cache.getConfiguration(Foreign.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(Foreign.class.getName());
    assertThatThrownBy(() -> cache.unwrap(Thread.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(Thread.class.getName());
    assertThatThrownBy(() -> caches.manager().unwrap(Thread.class))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> cache.iterator().next().unwrap(Thread.class))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> cache.invoke(1, (entry, arguments) -> entry.unwrap(Thread.class)))
        .isInstanceOf(EntryProcessorException.class)
        .hasCauseInstanceOf(IllegalArgumentException.class);
    assertThat((Object) cache.unwrap(TheineCache.class)).isSameAs(cache);
    assertThat((Object) cache.unwrap(Cache.class)).isSameAs(cache);
  }

  // ------------------------------------------------------------------------------------------
  // names

  private static Stream<String> strangeNames() {
    return Stream.of("a,b", "a:b", "a=b", "a\nb", "a*", "?", "\"quoted\"", "back\\slash", " ", "ü");
  }

  @ParameterizedTest
  @MethodSource("strangeNames")
  void createCache_strangeName_hasBothBeans(String name) throws Exception {
    TheineCache<Integer, String> cache =
        caches.create(name, caches.<Integer, String>configuration().setManagementEnabled(true));

    assertThat(beansOf(caches.manager())).hasSize(2);
    assertThat(caches.manager().<Integer, String>getCache(name)).isSameAs(cache);
    assertThat(caches.manager().getCacheNames()).containsExactly(name);

    cache.close();
    assertThat(beansOf(caches.manager())).isEmpty();
  }

  @Test
  void createCache_twoNamesOfOneBeanName_bothHaveBeansOfTheirOwn() throws Exception {
    TheineCache<Integer, String> first = caches.create("a*", caches.configuration());
    TheineCache<Integer, String> second = caches.create("a?", caches.configuration());
    assertThat(beansOf(caches.manager())).hasSize(2);

    first.close();
    assertThat(beansOf(caches.manager())).hasSize(1);
    second.close();
    assertThat(beansOf(caches.manager())).isEmpty();
  }

  // ------------------------------------------------------------------------------------------
  // types

  @Test
  void getCache_ofATypedCache_checksTypesAndAllowsNone() {
    TheineCache<Integer, String> typed =
        caches.create(
            "typed", caches.<Integer, String>configuration().setTypes(Integer.class, String.class));
    caches.create("untyped", caches.configuration());
    CacheManager manager = caches.manager();

    assertThat(manager.<Integer, String>getCache("typed")).isSameAs(typed);
    assertThat(manager.getCache("typed", Integer.class, String.class)).isSameAs(typed);
    assertThat(manager.getCache("missing", Integer.class, String.class)).isNull();
    assertThatThrownBy(() -> manager.getCache("typed", Long.class, String.class))
        .isInstanceOf(ClassCastException.class)
        .hasMessageContaining("typed")
        .hasMessageContaining(Long.class.getName());
    assertThatThrownBy(() -> manager.getCache("typed", Integer.class, Object.class))
        .isInstanceOf(ClassCastException.class);
    assertThatThrownBy(() -> manager.getCache("untyped", Integer.class, String.class))
        .isInstanceOf(ClassCastException.class);
    assertThatThrownBy(() -> caches.create("typed", caches.configuration()))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("typed");
  }

  // ---------------------------------------------------------------------------------------
  // iterator

  private TheineCache<Integer, String> three() {
    TheineCache<Integer, String> cache = caches.create(caches.configuration());
    cache.putAll(Map.of(1, "a", 2, "b", 3, "c"));
    return cache;
  }

  @Test
  void iterator_nextWithoutHasNext_walksAll() {
    Iterator<Cache.Entry<Integer, String>> iterator = three().iterator();
    List<Integer> seen = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      seen.add(iterator.next().getKey());
    }

    assertThat(seen).containsExactlyInAnyOrder(1, 2, 3);
    assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void iterator_hasNextTwice_losesNothing() {
    Iterator<Cache.Entry<Integer, String>> iterator = three().iterator();
    List<Integer> seen = new ArrayList<>();
    while (iterator.hasNext() && iterator.hasNext()) {
      seen.add(iterator.next().getKey());
    }

    assertThat(seen).containsExactlyInAnyOrder(1, 2, 3);
    assertThat(iterator.hasNext()).isFalse();
  }

  @Test
  void iterator_removeAfterAReplace_removes() {
    TheineCache<Integer, String> cache = three();
    Iterator<Cache.Entry<Integer, String>> iterator = cache.iterator();
    int key = iterator.next().getKey();
    cache.replace(key, "newer");

    iterator.remove();

    assertThat(cache.containsKey(key)).isFalse();
    assertThat(cache.size()).isEqualTo(2);
    assertThatThrownBy(iterator::remove).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void iterator_removeBeforeNext_isRefused() {
    Iterator<Cache.Entry<Integer, String>> iterator = three().iterator();

    assertThatThrownBy(iterator::remove).isInstanceOf(IllegalStateException.class);
    iterator.next();
    iterator.hasNext();
    iterator.remove();
  }

  @Test
  void iterator_usedAfterClose_isRefused() {
    TheineCache<Integer, String> cache = three();
    Iterator<Cache.Entry<Integer, String>> iterator = cache.iterator();
    iterator.next();
    assertThat(iterator.hasNext()).isTrue();
    cache.close();

    assertThatThrownBy(iterator::hasNext).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(iterator::next).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(iterator::remove).isInstanceOf(IllegalStateException.class);
  }

  // ---------------------------------------------------------------- what others had to repair
  // later

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(Caches.PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the others do not come", e);
    }
  }

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
                    meet(barrier);
                    provider.close();
                  }),
              Task.run(
                  () -> {
                    meet(barrier);
                    manager.close();
                  }),
              Task.run(
                  () -> {
                    meet(barrier);
                    made.forEach(Cache::close);
                  }));
      for (Task<Void> task : tasks) {
        task.result();
      }
      assertThat(made).allMatch(Cache::isClosed);
      assertThat(manager.isClosed()).isTrue();
      assertThat(beansOf(manager)).isEmpty();
    }
  }

  @Test
  void createCache_whileTheManagerCloses_leavesNothingOpen() throws Exception {
    TheineCachingProvider provider = new TheineCachingProvider();
    for (int round = 0; round < 300; round++) {
      CacheManager manager =
          provider.getCacheManager(URI.create("racing-" + round), getClass().getClassLoader());
      LoaderPlug loader = new LoaderPlug(false);
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
                meet(barrier);
                try {
                  return manager.createCache("name", configuration);
                } catch (IllegalStateException e) {
                  return null;
                }
              });
      meet(barrier);
      manager.close();

      Cache<Integer, String> cache = create.result();
      if (cache != null) {
        assertThat(cache.isClosed()).isTrue();
      }
      assertThat(loader.closings).hasValue(made.get());
      assertThat(beansOf(manager)).isEmpty();
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
                meet(barrier);
                caches.manager().enableStatistics("name", true);
                caches.manager().enableManagement("name", true);
              });
      meet(barrier);
      cache.close();
      enable.result();
      assertThat(beansOf(caches.manager())).isEmpty();
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
  private static final class BorrowedLoader implements CacheLoader<Integer, String>, AutoCloseable {
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
