package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.theine.jcache.Caches.asynchronous;
import static org.theine.jcache.Caches.listening;
import static org.theine.jcache.Caches.statistics;
import static org.theine.jcache.Caches.synchronous;

import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.event.EventType;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.processor.MutableEntry;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who is told what, where the specification says more than its TCK asks. */
final class ListenerConformanceTest {
  @RegisterExtension final Caches caches = new Caches();

  private final RecordingListener<Integer, String> listener = new RecordingListener<>();
  private final RecordingListener<Integer, String> other = new RecordingListener<>();

  @SafeVarargs
  private TheineConfiguration<Integer, String> configuration(
      CacheEntryListenerConfiguration<Integer, String>... listeners) {
    TheineConfiguration<Integer, String> configuration = caches.configuration();
    for (CacheEntryListenerConfiguration<Integer, String> each : listeners) {
      configuration.addCacheEntryListenerConfiguration(each);
    }
    return configuration;
  }

  private static Void set(MutableEntry<Integer, String> entry, Object... values) {
    for (Object value : values) {
      entry.setValue((String) value);
    }
    return null;
  }

  private static Void remove(MutableEntry<Integer, String> entry, Object... arguments) {
    entry.remove();
    return null;
  }

  @Nested
  @DisplayName("place 22: filters")
  class Filters {
    private TheineCache<Integer, String> filtered(
        CacheEntryEventFilter<Integer, String> filter, boolean synchronous) {
      return caches.create(
          configuration(listening(listener, filter, true, synchronous), synchronous(other)));
    }

    @Test
    void change_filterThrows_isDoneAndThrown() {
      TheineCache<Integer, String> cache =
          filtered(
              event -> {
                throw new ArithmeticException("in a filter");
              },
              true);

      assertThatThrownBy(() -> cache.put(1, "a"))
          .isInstanceOf(CacheEntryListenerException.class)
          .hasCauseInstanceOf(ArithmeticException.class);
      assertThat(cache.get(1)).isEqualTo("a");
      assertThatThrownBy(() -> cache.invoke(1, ListenerConformanceTest::set, "b"))
          .isInstanceOf(CacheEntryListenerException.class);
      assertThat(cache.get(1)).isEqualTo("b");
      assertThatThrownBy(() -> cache.remove(1)).isInstanceOf(CacheEntryListenerException.class);
      assertThat(cache.get(1)).isNull();

      assertThat(listener.take()).isEmpty();
      assertThat(other.take())
          .containsExactly("CREATED 1=a", "UPDATED 1=b was a", "REMOVED 1=b was b");
      assertThat(statistics(cache).getCachePuts()).isEqualTo(2);
    }

    @Test
    void change_asynchronousFilterThrowsOnce_isSwallowedAndTheNextIsTold() throws Exception {
      AtomicInteger calls = new AtomicInteger();
      TheineCache<Integer, String> cache =
          filtered(
              event -> {
                if (calls.incrementAndGet() == 1) {
                  throw new ArithmeticException("in a filter");
                }
                return true;
              },
              false);

      cache.put(1, "a");
      cache.put(2, "b");

      Caches.await("the second event", () -> listener.count() == 1);
      assertThat(listener.take()).containsExactly("CREATED 2=b");
      assertThat(cache.get(1)).isEqualTo("a");
    }

    @Test
    void change_filterSaysNo_isNotTold() {
      TheineCache<Integer, String> cache =
          filtered(event -> event.isOldValueAvailable() && event.getOldValue().equals("a"), true);

      cache.put(1, "a");
      cache.put(1, "b");
      cache.put(1, "c");

      assertThat(listener.take()).containsExactly("UPDATED 1=b was a");
    }
  }

  @Nested
  @DisplayName("place 23: values of an event")
  class Values {
    private List<String> told(boolean oldValueRequired) throws Exception {
      RecordingListener<Integer, String> raw =
          new RecordingListener<>() {
            private final ConcurrentLinkedQueue<String> ignored = new ConcurrentLinkedQueue<>();

            @Override
            public void onCreated(
                Iterable<CacheEntryEvent<? extends Integer, ? extends String>> events) {
              ignored.add("created");
              record(events);
            }
          };
      TheineCache<Integer, String> cache =
          caches.create(
              configuration(listening(raw, null, oldValueRequired, true))
                  .setExpiryPolicyFactory(
                      CreatedExpiryPolicy.factoryOf(javax.cache.expiry.Duration.ONE_MINUTE)));
      cache.put(1, "a");
      cache.put(1, "b");
      cache.remove(1);
      cache.put(1, "c");
      caches.advance(Duration.ofMinutes(2));
      cache.expireNow();
      Caches.await("all events", () -> raw.count() == 5);
      return raw.take();
    }

    @Test
    void oldValue_required_isThere() throws Exception {
      assertThat(told(true))
          .containsExactly(
              "CREATED 1=a",
              "UPDATED 1=b was a",
              "REMOVED 1=b was b",
              "CREATED 1=c",
              "EXPIRED 1=c was c");
    }

    @Test
    void oldValue_eachEvent_isNullExactlyIfNotAvailable() {
      List<String> told = new ArrayList<>();
      for (boolean required : List.of(true, false)) {
        CacheEntryEventFilter<Integer, String> spy =
            event -> {
              boolean consistent = event.isOldValueAvailable() == (event.getOldValue() != null);
              boolean same =
                  event.getEventType() != EventType.REMOVED
                      || String.valueOf(event.getValue()).equals(event.getOldValue() + "");
              told.add(event.getEventType() + " " + consistent + " " + same);
              return true;
            };
        TheineCache<Integer, String> cache =
            caches.create(configuration(listening(listener, spy, required, true)));
        cache.put(1, "a");
        cache.put(1, "b");
        cache.remove(1);
      }

      assertThat(told)
          .containsExactly(
              "CREATED true true",
              "UPDATED true true",
              "REMOVED true true",
              "CREATED true true",
              "UPDATED true true",
              "REMOVED true true");
    }

    @Test
    void event_itself_namesCacheTypeAndCause() {
      List<CacheEntryEvent<?, ?>> events = new ArrayList<>();
      TheineCache<Integer, String> cache =
          caches.create(configuration(listening(listener, events::add, true, true)));
      cache.put(1, "a");
      cache.remove(1);

      CacheEntryEvent<?, ?> created = events.get(0);
      assertThat((Object) created.getSource()).isSameAs(cache);
      assertThatThrownBy(() -> created.unwrap(TheineCacheEntryEvent.class).cause())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("CREATED");
      assertThatThrownBy(() -> created.unwrap(String.class))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(events.get(1).unwrap(TheineCacheEntryEvent.class).cause())
          .isEqualTo(RemovalCause.EXPLICIT);
    }
  }

  @Nested
  @DisplayName("place 25: the net effect of one invoke")
  class NetEffect {
    private final TheineCache<Integer, String> cache =
        caches.create(configuration(synchronous(listener)));

    @Test
    void invoke_setAndRemoveOfAbsent_tellsNothing() {
      cache.invoke(
          1,
          (entry, arguments) -> {
            entry.setValue("a");
            entry.remove();
            return null;
          });

      assertThat(listener.take()).isEmpty();
      assertThat(cache.containsKey(1)).isFalse();
    }

    @Test
    void invoke_removeAndSetOfPresent_tellsOneUpdate() {
      cache.put(1, "a");
      listener.take();

      cache.invoke(
          1,
          (entry, arguments) -> {
            entry.remove();
            entry.setValue("b");
            return null;
          });

      assertThat(listener.take()).containsExactly("UPDATED 1=b was a");
    }

    @Test
    void invoke_severalSets_tellsTheLast() {
      cache.invoke(1, ListenerConformanceTest::set, "a", "b", "c");
      assertThat(listener.take()).containsExactly("CREATED 1=c");
      cache.invoke(1, ListenerConformanceTest::set, "d", "e");
      assertThat(listener.take()).containsExactly("UPDATED 1=e was c");
    }

    @Test
    void invoke_setAndRemoveOfPresent_tellsOneRemoval() {
      cache.put(1, "a");
      listener.take();

      cache.invoke(
          1,
          (entry, arguments) -> {
            entry.setValue("b");
            entry.remove();
            return null;
          });

      assertThat(listener.take()).containsExactly("REMOVED 1=a was a");
    }

    @Test
    void invoke_looksOrRemovesAbsent_tellsNothing() {
      cache.invoke(1, ListenerConformanceTest::remove);
      cache.invoke(1, (entry, arguments) -> entry.getValue());
      cache.put(1, "a");
      listener.take();
      cache.invoke(1, (entry, arguments) -> entry.getValue());

      assertThat(listener.take()).isEmpty();
    }
  }

  @Nested
  @DisplayName("place 26: registration and end")
  class Registration {
    private final AtomicInteger closings = new AtomicInteger();

    private final class CloseableListener
        implements CacheEntryCreatedListener<Integer, String>, Closeable {
      @Override
      public void onCreated(
          Iterable<CacheEntryEvent<? extends Integer, ? extends String>> events) {}

      @Override
      public void close() {
        closings.incrementAndGet();
      }
    }

    private final class CloseableFilter
        implements CacheEntryEventFilter<Integer, String>, Closeable {
      @Override
      public boolean evaluate(CacheEntryEvent<? extends Integer, ? extends String> event) {
        return true;
      }

      @Override
      public void close() {
        closings.incrementAndGet();
      }
    }

    private CacheEntryListenerConfiguration<Integer, String> closeable() {
      return listening(new CloseableListener(), new CloseableFilter(), false, true);
    }

    private List<CacheEntryListenerConfiguration<Integer, String>> shown(
        TheineCache<Integer, String> cache) {
      List<CacheEntryListenerConfiguration<Integer, String>> shown = new ArrayList<>();
      @SuppressWarnings("unchecked")
      CompleteConfiguration<Integer, String> configuration =
          cache.getConfiguration(CompleteConfiguration.class);
      configuration.getCacheEntryListenerConfigurations().forEach(shown::add);
      return shown;
    }

    @Test
    void close_ofTheCache_closesListenersAndFilters() {
      TheineCache<Integer, String> cache = caches.create(configuration(closeable()));
      cache.registerCacheEntryListener(closeable());
      assertThat(closings).hasValue(0);

      cache.close();
      cache.close();

      assertThat(closings).hasValue(4);
    }

    @Test
    void deregister_closesAndIsQuiet() {
      TheineCache<Integer, String> cache = caches.create(configuration());
      CacheEntryListenerConfiguration<Integer, String> closeable = closeable();
      cache.registerCacheEntryListener(closeable);
      cache.registerCacheEntryListener(synchronous(listener));

      cache.deregisterCacheEntryListener(closeable);
      assertThat(closings).hasValue(2);
      cache.deregisterCacheEntryListener(closeable);
      cache.close();
      assertThat(closings).hasValue(2);
    }

    @Test
    void deregister_listener_hearsNothingMore() {
      CacheEntryListenerConfiguration<Integer, String> listening = synchronous(listener);
      TheineCache<Integer, String> cache = caches.create(configuration(listening));
      cache.put(1, "a");
      listener.take();

      cache.deregisterCacheEntryListener(listening);
      cache.put(1, "b");
      cache.remove(1);

      assertThat(listener.take()).isEmpty();
    }

    @Test
    void register_sameConfigurationTwice_isRefused() {
      CacheEntryListenerConfiguration<Integer, String> listening = synchronous(listener);
      TheineCache<Integer, String> cache = caches.create(configuration(listening));

      assertThatThrownBy(() -> cache.registerCacheEntryListener(listening))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(cache.getName());
      assertThatThrownBy(
              () ->
                  cache.registerCacheEntryListener(
                      new MutableCacheEntryListenerConfiguration<>(listening)))
          .isInstanceOf(IllegalArgumentException.class);

      cache.put(1, "a");
      assertThat(listener.take()).containsExactly("CREATED 1=a");
    }

    @Test
    void register_andDeregister_showInTheConfiguration() {
      CacheEntryListenerConfiguration<Integer, String> first = synchronous(listener);
      CacheEntryListenerConfiguration<Integer, String> second = asynchronous(other);
      TheineCache<Integer, String> cache = caches.create(configuration(first));
      assertThat(shown(cache)).containsExactly(first);

      cache.registerCacheEntryListener(second);
      assertThat(shown(cache)).containsExactlyInAnyOrder(first, second);
      cache.deregisterCacheEntryListener(first);
      assertThat(shown(cache)).containsExactly(second);
    }

    @Test
    void clearAndClose_entries_tellNothing() {
      TheineCache<Integer, String> cache = caches.create(configuration(synchronous(listener)));
      cache.putAll(Map.of(1, "a", 2, "b"));
      listener.take();

      cache.clear();
      cache.put(3, "c");
      listener.take();
      cache.close();

      assertThat(listener.take()).isEmpty();
    }
  }
}
