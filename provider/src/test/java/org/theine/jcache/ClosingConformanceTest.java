package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.IOException;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import javax.cache.processor.EntryProcessor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is closed stays closed, takes its plug-ins along, and leaves the name to others. */
final class ClosingConformanceTest {
  @RegisterExtension final Caches caches = new Caches();

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

  static Stream<Arguments> operations() {
    EntryProcessor<Integer, String, String> reading = (entry, arguments) -> entry.getValue();
    return Stream.of(
        operation("get", (cache, key) -> cache.get(key)),
        operation("getAll", (cache, key) -> cache.getAll(Set.of(key))),
        operation("containsKey", (cache, key) -> cache.containsKey(key)),
        operation("loadAll", (cache, key) -> cache.loadAll(Set.of(key), true, null)),
        operation("put", (cache, key) -> cache.put(key, "b")),
        operation("getAndPut", (cache, key) -> cache.getAndPut(key, "b")),
        operation("putAll", (cache, key) -> cache.putAll(Map.of(key, "b"))),
        operation("putIfAbsent", (cache, key) -> cache.putIfAbsent(key, "b")),
        operation("remove", (cache, key) -> cache.remove(key)),
        operation("remove a value", (cache, key) -> cache.remove(key, "a")),
        operation("getAndRemove", (cache, key) -> cache.getAndRemove(key)),
        operation("replace", (cache, key) -> cache.replace(key, "b")),
        operation("replace a value", (cache, key) -> cache.replace(key, "a", "b")),
        operation("getAndReplace", (cache, key) -> cache.getAndReplace(key, "b")),
        operation("removeAll of keys", (cache, key) -> cache.removeAll(Set.of(key))),
        operation("removeAll", (cache, key) -> cache.removeAll()),
        operation("clear", (cache, key) -> cache.clear()),
        operation("invoke", (cache, key) -> cache.invoke(key, reading)),
        operation("invokeAll", (cache, key) -> cache.invokeAll(Set.of(key), reading)),
        operation("iterator", (cache, key) -> cache.iterator()));
  }

  private static Arguments operation(
      String name, BiConsumer<Cache<Integer, String>, Integer> operation) {
    return Arguments.of(Named.of(name, operation));
  }

  /** Whether there was an entry or not, and also if nothing is looked for but what is missing. */
  @ParameterizedTest
  @MethodSource("operations")
  void operation_afterClose_isRefusedByName(BiConsumer<Cache<Integer, String>, Integer> operation) {
    BackingStore<Integer, String> behind = new BackingStore<>();
    for (boolean through : new boolean[] {false, true}) {
      String name = "the-name-" + through;
      TheineConfiguration<Integer, String> configuration = caches.configuration();
      TheineCache<Integer, String> cache =
          caches.create(name, through ? behind.behind(configuration) : configuration);
      cache.put(1, "a");
      behind.calls.clear();
      cache.close();

      for (int key = 1; key <= 2; key++) {
        int asked = key;
        assertThatThrownBy(() -> operation.accept(cache, asked))
            .as("key %d, through %s", key, through)
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining(name);
      }
      assertThat(behind.calls).isEmpty();
    }
  }

  @Test
  void get_badKeyAfterClose_isToldOfTheClose() {
    TheineConfiguration<Integer, String> configuration = caches.configuration();
    configuration.setTypes(Integer.class, String.class);
    TheineCache<Integer, String> cache = caches.create(configuration);
    cache.close();
    Cache<?, ?> untyped = cache;

    assertThatThrownBy(() -> untyped.get(null)).isInstanceOf(IllegalStateException.class);
    @SuppressWarnings("unchecked")
    Cache<Object, Object> any = (Cache<Object, Object>) untyped;
    assertThatThrownBy(() -> any.get("no number")).isInstanceOf(IllegalStateException.class);
  }

  /** The entry is still its owner's, but the cache has ended. */
  @Test
  void get_closedWhileAnOwnerHasTheEntry_isRefused() throws Exception {
    TheineCache<Integer, String> cache = caches.create(caches.configuration());
    cache.put(1, "a");
    Gate gate = new Gate();
    Task<?> owner =
        Task.start(
            () ->
                cache.invoke(
                    1,
                    (entry, arguments) -> {
                      gate.pass();
                      return entry.getKey();
                    }));
    gate.awaitReached();
    cache.close();

    assertThatThrownBy(() -> cache.get(1)).isInstanceOf(IllegalStateException.class);
    gate.open();
    owner.result();
    assertThatThrownBy(() -> cache.get(1)).isInstanceOf(IllegalStateException.class);
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
    assertThat(Caches.beansOf(caches.manager())).hasSize(1);
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
    assertThat(Caches.beansOf(manager)).isEmpty();
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
    assertThat(Caches.beansOf(caches.manager())).hasSize(2);

    cache.close();
    cache.close();

    for (Plug plug : List.of(loader, writer, policy, listener, filter)) {
      assertThat(plug.closings).as(plug.getClass().getSimpleName()).hasValue(1);
    }
    assertThat(Caches.beansOf(caches.manager())).isEmpty();
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
    assertThat(Caches.beansOf(caches.manager())).isEmpty();
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
    assertThat(Caches.beansOf(caches.manager())).isEmpty();
    caches.create("name", caches.configuration());
  }
}
