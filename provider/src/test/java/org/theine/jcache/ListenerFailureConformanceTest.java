package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.theine.jcache.Caches.asynchronous;
import static org.theine.jcache.Caches.synchronous;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.cache.Cache;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.integration.CacheWriterException;
import javax.cache.integration.CompletionListenerFuture;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.MutableEntry;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A listener that throws, where the specification says more than its TCK asks: place 20. */
final class ListenerFailureConformanceTest {
  @RegisterExtension final Caches caches = new Caches();

  private final RecordingListener<Integer, String> listener = new RecordingListener<>();
  private final RecordingListener<Integer, String> other = new RecordingListener<>();
  private final RecordingWriter<Integer, String> writer = new RecordingWriter<>();
  private final RecordingLoader<Integer, String> loader =
      new RecordingLoader<>(key -> "loaded " + key);

  @SafeVarargs
  private TheineConfiguration<Integer, String> configuration(
      CacheEntryListenerConfiguration<Integer, String>... listeners) {
    TheineConfiguration<Integer, String> configuration = caches.configuration();
    for (CacheEntryListenerConfiguration<Integer, String> each : listeners) {
      configuration.addCacheEntryListenerConfiguration(each);
    }
    return configuration;
  }

  /** Fails as it is told, whatever it is told of. */
  private static final class FailingListener<K, V> extends RecordingListener<K, V> {
    private final Throwable failure;

    FailingListener(Throwable failure) {
      this.failure = failure;
    }

    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends K, ? extends V>> events) {
      throw FailingListener.<RuntimeException>sneaked(failure);
    }

    @Override
    public void onUpdated(Iterable<CacheEntryEvent<? extends K, ? extends V>> events) {
      throw FailingListener.<RuntimeException>sneaked(failure);
    }

    @Override
    public void onRemoved(Iterable<CacheEntryEvent<? extends K, ? extends V>> events) {
      throw FailingListener.<RuntimeException>sneaked(failure);
    }

    @Override
    public void onExpired(Iterable<CacheEntryEvent<? extends K, ? extends V>> events) {
      throw FailingListener.<RuntimeException>sneaked(failure);
    }

    @SuppressWarnings("unchecked") // what is thrown need not be a runtime exception
    private static <T extends Throwable> T sneaked(Throwable failure) throws T {
      throw (T) failure;
    }
  }

  private static Void set(MutableEntry<Integer, String> entry, Object... values) {
    for (Object value : values) {
      entry.setValue((String) value);
    }
    return null;
  }

  @Nested
  @DisplayName("place 20: a synchronous listener that throws")
  class SynchronousFailure {
    private TheineCache<Integer, String> failing(Throwable failure) {
      return registered(listener, new FailingListener<>(failure), other);
    }

    /** A cache with listeners in this order; those of a configuration have none. */
    @SafeVarargs
    private TheineCache<Integer, String> registered(RecordingListener<Integer, String>... all) {
      TheineCache<Integer, String> cache = caches.create(configuration());
      for (RecordingListener<Integer, String> each : all) {
        cache.registerCacheEntryListener(synchronous(each));
      }
      return cache;
    }

    private Map<String, Consumer<TheineCache<Integer, String>>> changes() {
      Map<String, Consumer<TheineCache<Integer, String>>> changes = new LinkedHashMap<>();
      changes.put("CREATED 1=a", cache -> cache.put(1, "a"));
      changes.put("UPDATED 1=b was a", cache -> cache.replace(1, "b"));
      changes.put("REMOVED 1=b was b", cache -> cache.remove(1));
      changes.put("CREATED 2=a", cache -> cache.putAll(Map.of(2, "a")));
      changes.put(
          "UPDATED 2=c was a", cache -> cache.invoke(2, ListenerFailureConformanceTest::set, "c"));
      changes.put("UPDATED 2=d was c", cache -> cache.getAndPut(2, "d"));
      changes.put("REMOVED 2=d was d", Cache::removeAll);
      changes.put("CREATED 3=a", cache -> cache.putIfAbsent(3, "a"));
      changes.put("REMOVED 3=a was a", cache -> cache.removeAll(Set.of(3)));
      return changes;
    }

    private void assertFailsAndChanges(Throwable failure, Consumer<Throwable> expectation) {
      TheineCache<Integer, String> cache = failing(failure);
      changes()
          .forEach(
              (event, change) -> {
                expectation.accept(catchThrowable(() -> change.accept(cache)));
                assertThat(listener.take()).containsExactly(event);
                assertThat(other.take()).containsExactly(event);
              });
      assertThat(cache.size()).isZero();
    }

    @Test
    void change_listenerThrowsException_isDoneAndWrapped() {
      RuntimeException failure = new ArithmeticException("in a listener");
      assertFailsAndChanges(
          failure,
          thrown ->
              assertThat(thrown)
                  .isExactlyInstanceOf(CacheEntryListenerException.class)
                  .hasCause(failure)
                  .hasMessageContaining("cache-1"));
    }

    @Test
    void change_listenerThrowsCheckedOrError_isDoneAndWrapped() {
      for (Throwable failure : List.of(new AssertionError("error"), new Exception("checked"))) {
        TheineCache<Integer, String> cache = failing(failure);

        assertThatThrownBy(() -> cache.put(1, "a"))
            .isExactlyInstanceOf(CacheEntryListenerException.class)
            .hasCause(failure);

        assertThat(cache.get(1)).isEqualTo("a");
        assertThat(other.take()).containsExactly("CREATED 1=a");
      }
    }

    @Test
    void change_listenerThrowsTheSpecifiedType_isDoneAndRethrown() {
      CacheEntryListenerException failure = new CacheEntryListenerException("in a listener");
      assertFailsAndChanges(failure, thrown -> assertThat(thrown).isSameAs(failure));
    }

    @Test
    void change_twoListenersThrow_isDoneAndTheSecondSuppressed() {
      CacheEntryListenerException first = new CacheEntryListenerException("first");
      CacheEntryListenerException second = new CacheEntryListenerException("second");
      TheineCache<Integer, String> cache =
          registered(new FailingListener<>(first), new FailingListener<>(second), listener);

      assertThatThrownBy(() -> cache.put(1, "a")).isSameAs(first).hasSuppressedException(second);

      assertThat(cache.get(1)).isEqualTo("a");
      assertThat(listener.take()).containsExactly("CREATED 1=a");
    }

    @Test
    void change_listenersThrowTheSameInstance_isDoneAndThrown() {
      CacheEntryListenerException failure = new CacheEntryListenerException("always this");
      TheineCache<Integer, String> cache =
          registered(new FailingListener<>(failure), new FailingListener<>(failure), listener);

      assertThatThrownBy(() -> cache.putAll(Map.of(1, "a", 2, "b"))).isSameAs(failure);

      assertThat(listener.take()).containsExactlyInAnyOrder("CREATED 1=a", "CREATED 2=b");
      assertThat(failure.getSuppressed()).isEmpty();
    }

    @Test
    void bulkChange_listenerThrowsForEach_isDoneForAllKeys() {
      CacheEntryListenerException failure = new CacheEntryListenerException("in a listener");
      for (boolean writeThrough : List.of(false, true)) {
        TheineCache<Integer, String> cache =
            caches.create(
                configuration(synchronous(new FailingListener<>(failure)))
                    .setWriteThrough(writeThrough)
                    .setCacheWriterFactory(() -> writer));

        assertThatThrownBy(() -> cache.putAll(Map.of(1, "a", 2, "b", 3, "c"))).isSameAs(failure);
        assertThat(cache.size()).isEqualTo(3);
        assertThatThrownBy(() -> cache.removeAll(Set.of(1, 2))).isSameAs(failure);
        assertThat(cache.size()).isEqualTo(1);
        catchThrowable(() -> cache.putAll(Map.of(1, "a", 2, "b")));
        assertThatThrownBy(cache::removeAll).isSameAs(failure);
        assertThat(cache.size()).isZero();
      }
    }

    @Test
    void load_listenerThrows_isStoredAndThrown() {
      CacheEntryListenerException failure = new CacheEntryListenerException("in a listener");
      TheineCache<Integer, String> cache =
          caches.create(
              configuration(synchronous(new FailingListener<>(failure)), synchronous(other))
                  .setReadThrough(true)
                  .setCacheLoaderFactory(() -> loader));

      assertThatThrownBy(() -> cache.get(1)).isSameAs(failure);
      assertThat(cache.get(1)).isEqualTo("loaded 1");
      assertThatThrownBy(() -> cache.getAll(Set.of(2))).isSameAs(failure);
      assertThat(cache.getAll(Set.of(2))).containsEntry(2, "loaded 2");
      assertThatThrownBy(() -> cache.invoke(3, (entry, arguments) -> entry.getValue()))
          .isSameAs(failure);
      assertThat(cache.get(3)).isEqualTo("loaded 3");
      assertThat(other.take())
          .containsExactly("CREATED 1=loaded 1", "CREATED 2=loaded 2", "CREATED 3=loaded 3");
    }

    @Test
    void loadAll_listenerThrows_isStoredAndToldToTheCompletionListener() throws Exception {
      CacheEntryListenerException failure = new CacheEntryListenerException("in a listener");
      TheineCache<Integer, String> cache =
          caches.create(
              configuration(synchronous(new FailingListener<>(failure)))
                  .setReadThrough(true)
                  .setCacheLoaderFactory(() -> loader));
      CompletionListenerFuture done = new CompletionListenerFuture();

      cache.loadAll(Set.of(1), false, done);

      assertThat(catchThrowable(() -> done.get(Caches.PATIENCE_SECONDS, TimeUnit.SECONDS)))
          .hasCause(failure);
      assertThat(cache.containsKey(1)).isTrue();
    }

    @Test
    void invokeAll_listenerThrowsForEach_isDoneForAllKeysAndThrown() {
      CacheEntryListenerException failure = new CacheEntryListenerException("in a listener");
      TheineCache<Integer, String> cache = failing(failure);

      assertThatThrownBy(
              () -> cache.invokeAll(Set.of(1, 2), ListenerFailureConformanceTest::set, "a"))
          .isSameAs(failure);

      assertThat(cache.getAll(Set.of(1, 2))).hasSize(2);
      assertThat(other.take()).containsExactlyInAnyOrder("CREATED 1=a", "CREATED 2=a");
    }

    @Test
    void putAll_writerFailsToo_itsFailureWins() {
      CacheEntryListenerException failure = new CacheEntryListenerException("in a listener");
      writer.failFor(key -> key.equals(2));
      TheineCache<Integer, String> cache =
          caches.create(
              configuration(synchronous(new FailingListener<>(failure)))
                  .setWriteThrough(true)
                  .setCacheWriterFactory(() -> writer));
      Map<Integer, String> mappings = new LinkedHashMap<>();
      mappings.put(1, "a");
      mappings.put(2, "b");

      assertThatThrownBy(() -> cache.putAll(mappings))
          .isInstanceOf(CacheWriterException.class)
          .hasSuppressedException(failure);

      assertThat(cache.get(1)).isEqualTo("a");
      assertThat(cache.get(2)).isNull();
    }

    @Test
    void invoke_processorFailsAfterAnInnerChange_itsFailureWins() {
      CacheEntryListenerException failure = new CacheEntryListenerException("in a listener");
      TheineCache<Integer, String> cache = failing(failure);

      assertThatThrownBy(
              () ->
                  cache.invoke(
                      1,
                      (entry, arguments) -> {
                        cache.put(2, "b");
                        throw new ArithmeticException("in a processor");
                      }))
          .isInstanceOf(EntryProcessorException.class)
          .hasCauseInstanceOf(ArithmeticException.class)
          .hasSuppressedException(failure);

      assertThat(cache.get(2)).isEqualTo("b");
    }

    @Test
    void put_listenerOfTheExpiredValueThrows_isToldToNobody() {
      TheineCache<Integer, String> cache =
          caches.create(
              configuration(synchronous(listener))
                  .setExpiryPolicyFactory(
                      CreatedExpiryPolicy.factoryOf(javax.cache.expiry.Duration.ONE_MINUTE)));
      cache.put(1, "a");
      cache.registerCacheEntryListener(
          synchronous(
              (javax.cache.event.CacheEntryExpiredListener<Integer, String>)
                  events -> {
                    throw new ArithmeticException("in a listener");
                  }));
      caches.advance(Duration.ofMinutes(1));

      cache.put(1, "b");

      assertThat(listener.take())
          .containsExactly("CREATED 1=a", "EXPIRED 1=a was a", "CREATED 1=b");
    }

    @Test
    void change_asynchronousListenerThrows_isSwallowedAndTheNextIsTold() throws Exception {
      AtomicInteger calls = new AtomicInteger();
      CacheEntryCreatedListener<Integer, String> failing =
          events -> {
            calls.incrementAndGet();
            throw new ArithmeticException("in an asynchronous listener");
          };
      TheineCache<Integer, String> cache =
          caches.create(configuration(asynchronous(failing), asynchronous(listener)));

      cache.put(1, "a");
      cache.put(2, "b");

      Caches.await("both listeners", () -> calls.get() == 2 && listener.count() == 2);
    }
  }
}
