package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CompletionListener;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a part of the user's throws, the entry is as it was and the cache can be used. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class FailingPartsTest {
  @RegisterExtension final Caches caches = new Caches();

  private static final java.time.Duration MINUTE = java.time.Duration.ofMinutes(1);

  /** Where a failure comes from. */
  private enum Part {
    WRITER,
    LOADER,
    PROCESSOR,
    POLICY,
    COPIER,
    WEIGHER,
    KEY_EQUALS,
    KEY_HASH_CODE,
    VALUE_EQUALS
  }

  /** Springs in one part at a time. */
  private static final class Trap {
    volatile @Nullable Part part;
    volatile @Nullable Throwable failure;
    volatile boolean sprung;

    void spring(Part here) {
      Throwable thrown = failure;
      if (here == part && thrown != null) {
        sprung = true;
        Throwing.unseen(thrown);
      }
    }

    void set(Part newPart, Throwable newFailure) {
      failure = newFailure;
      part = newPart;
      sprung = false;
    }

    void remove() {
      part = null;
    }
  }

  private static final java.time.Duration TEN_MINUTES = java.time.Duration.ofMinutes(10);

  /** Ten minutes from the creation and each update. */
  private record Ten(Trap trap) implements ExpiryPolicy {
    private static final Duration DURATION = new Duration(TimeUnit.MINUTES, 10);

    @Override
    public Duration getExpiryForCreation() {
      trap.spring(Part.POLICY);
      return DURATION;
    }

    @Override
    public @Nullable Duration getExpiryForAccess() {
      trap.spring(Part.POLICY);
      return null;
    }

    @Override
    public Duration getExpiryForUpdate() {
      trap.spring(Part.POLICY);
      return DURATION;
    }
  }

  /** A key; all have one hash code, so that a look asks equals. */
  private static final class Key {
    private final int id;
    private final Trap trap;

    Key(int id, Trap trap) {
      this.id = id;
      this.trap = trap;
    }

    @Override
    public boolean equals(Object object) {
      trap.spring(Part.KEY_EQUALS);
      return object instanceof Key other && id == other.id;
    }

    @Override
    public int hashCode() {
      trap.spring(Part.KEY_HASH_CODE);
      return 7;
    }
  }

  private static final class Value {
    private final String text;
    private final Trap trap;

    Value(String text, Trap trap) {
      this.text = text;
      this.trap = trap;
    }

    @Override
    public boolean equals(Object object) {
      trap.spring(Part.VALUE_EQUALS);
      return object instanceof Value other && text.equals(other.text);
    }

    @Override
    public int hashCode() {
      return text.hashCode();
    }
  }

  /** A cache all of whose parts can fail, with one entry. */
  private final class Trapped {
    final Trap trap = new Trap();
    final BackingStore<Integer, Value> store = new BackingStore<>();
    final TheineCache<Key, Value> cache;

    Trapped() {
      cache =
          caches.create(
              caches
                  .<Key, Value>configuration()
                  .setReadThrough(true)
                  .setCacheLoaderFactory(() -> new TrappedLoader(trap))
                  .setWriteThrough(true)
                  .setCacheWriterFactory(() -> new TrappedWriter(store, trap))
                  .setExecutorFactory(() -> Runnable::run)
                  .setExpiryPolicyFactory(() -> new Ten(trap))
                  .setCopierFactory(
                      () ->
                          object -> {
                            trap.spring(Part.COPIER);
                            return object instanceof Key key
                                ? new Key(key.id, trap)
                                : new Value(((Value) object).text, trap);
                          })
                  .setMaximumWeight(
                      100,
                      () ->
                          (key, value) -> {
                            trap.spring(Part.WEIGHER);
                            return 1;
                          }));
      cache.put(key(1), value("old"));
      cache.put(key(3), value("neighbour"));
    }

    Key key(int id) {
      return new Key(id, trap);
    }

    Value value(String text) {
      return new Value(text, trap);
    }
  }

  /** Knows the values of keys from 100 on. */
  private record TrappedLoader(Trap trap) implements CacheLoader<Key, Value> {
    @Override
    public @Nullable Value load(Key key) {
      trap.spring(Part.LOADER);
      return key.id < 100 ? null : new Value("loaded", trap);
    }

    @Override
    public Map<Key, Value> loadAll(Iterable<? extends Key> keys) {
      Map<Key, Value> loaded = new HashMap<>();
      keys.forEach(key -> loaded.put(key, load(key)));
      return loaded;
    }
  }

  /** Writes by the numbers of the keys, whose equals may fail. */
  private record TrappedWriter(BackingStore<Integer, Value> store, Trap trap)
      implements CacheWriter<Key, Value> {
    @Override
    public void write(Cache.Entry<? extends Key, ? extends Value> entry) {
      trap.spring(Part.WRITER);
      Key key = entry.getKey();
      store.map.put(key.id, entry.getValue());
    }

    @Override
    public void writeAll(Collection<Cache.Entry<? extends Key, ? extends Value>> entries) {
      entries.forEach(this::write);
    }

    @Override
    public void delete(Object key) {
      trap.spring(Part.WRITER);
      store.map.remove(((Key) key).id);
    }

    @Override
    public void deleteAll(Collection<?> keys) {
      keys.forEach(this::delete);
    }
  }

  /** The operations, on the present key 1 or the absent keys 2 and 100. */
  private static Map<String, Consumer<Trapped>> operations() {
    Map<String, Consumer<Trapped>> operations = new HashMap<>();
    operations.put("get", t -> t.cache.get(t.key(1)));
    operations.put("get that loads", t -> t.cache.get(t.key(100)));
    operations.put("getAll", t -> t.cache.getAll(Set.of(new Key(100, t.trap))));
    operations.put("containsKey", t -> t.cache.containsKey(t.key(1)));
    operations.put("put", t -> t.cache.put(t.key(1), t.value("new")));
    operations.put("put absent", t -> t.cache.put(t.key(2), t.value("new")));
    operations.put("getAndPut", t -> t.cache.getAndPut(t.key(1), t.value("new")));
    operations.put("putIfAbsent", t -> t.cache.putIfAbsent(t.key(2), t.value("new")));
    operations.put("replace", t -> t.cache.replace(t.key(1), t.value("new")));
    operations.put("replace old", t -> t.cache.replace(t.key(1), t.value("old"), t.value("new")));
    operations.put("getAndReplace", t -> t.cache.getAndReplace(t.key(1), t.value("new")));
    operations.put("remove", t -> t.cache.remove(t.key(1)));
    operations.put("remove old", t -> t.cache.remove(t.key(1), t.value("old")));
    operations.put("getAndRemove", t -> t.cache.getAndRemove(t.key(1)));
    operations.put("putAll", t -> t.cache.putAll(Map.of(t.key(1), t.value("new"))));
    operations.put("removeAll", t -> t.cache.removeAll(Set.of(t.key(1))));
    operations.put("invoke that sets", t -> invoke(t, 1, true));
    operations.put("invoke that removes", t -> invoke(t, 1, false));
    operations.put("invoke absent", t -> invoke(t, 2, true));
    operations.put("loadAll", t -> loadAll(t, Set.of(t.key(1), new Key(100, t.trap))));
    return operations;
  }

  private static void invoke(Trapped trapped, int key, boolean sets) {
    trapped.cache.invoke(
        trapped.key(key),
        (entry, arguments) -> {
          entry.getValue();
          if (sets) {
            entry.setValue(trapped.value("new"));
          } else {
            entry.remove();
          }
          trapped.trap.spring(Part.PROCESSOR);
          return null;
        });
  }

  private static void loadAll(Trapped trapped, Set<Key> keys) {
    List<Throwable> told = new ArrayList<>();
    trapped.cache.loadAll(
        keys,
        false,
        new CompletionListener() {
          @Override
          public void onCompletion() {}

          @Override
          public void onException(Exception e) {
            told.add(e);
          }
        });
    if (!told.isEmpty()) {
      Throwing.unseen(told.get(0));
    }
  }

  private static Stream<Arguments> partsAndFailures() {
    List<Supplier<Throwable>> failures =
        List.of(
            () -> new ArithmeticException("an exception"),
            () -> new IOException("a checked exception, unseen by the compiler"),
            () -> new AssertionError("an error"),
            () -> new StackOverflowError("made up"),
            () -> new OutOfMemoryError("made up"));
    return EnumSet.allOf(Part.class).stream()
        .flatMap(
            part ->
                failures.stream()
                    .map(each -> Arguments.of(part, each.get().getClass().getSimpleName(), each)));
  }

  @ParameterizedTest(name = "{0} throws {1}")
  @MethodSource("partsAndFailures")
  void operation_aPartThrows_leavesTheEntryAsItWas(
      Part part, String kind, Supplier<Throwable> failures) throws Exception {
    Set<String> failed = ConcurrentHashMap.newKeySet();
    boolean sprung = false;
    for (Map.Entry<String, Consumer<Trapped>> operation : operations().entrySet()) {
      Trapped trapped = new Trapped();
      caches.advance(MINUTE);
      Key one = trapped.key(1);
      Throwable thrown = failures.get();
      trapped.trap.set(part, thrown);

      Throwable failure = catchThrowable(() -> operation.getValue().accept(trapped));

      trapped.trap.remove();
      sprung |= trapped.trap.sprung;
      if (failure != null) {
        failed.add(operation.getKey());
        assertThat(failure)
            .as(operation.getKey())
            .satisfiesAnyOf(
                e -> assertThat(e).isSameAs(thrown),
                e -> assertThat(e).hasRootCause(thrown),
                e -> assertThat(e).isInstanceOf(CacheException.class));
        assertAsBefore(trapped, operation.getKey());
      }
      Task.run(
              () -> { // in another thread: no lock was left behind
                trapped.cache.put(one, trapped.value("usable"));
                trapped.cache.put(trapped.key(2), trapped.value("usable"));
                trapped.cache.remove(trapped.key(3));
                assertThat(trapped.cache.get(trapped.key(100)).text).isEqualTo("loaded");
              })
          .result();
      assertThat(trapped.cache.get(one).text).isEqualTo("usable");
      trapped.cache.audit();
      trapped.cache.close();
    }
    assertThat(sprung).as("some operation asks this part").isTrue();
    if (part != Part.POLICY || failures.get() instanceof Error) {
      assertThat(failed).isNotEmpty();
    } else {
      assertThat(failed).as("there is a default for each answer of a policy").isEmpty();
    }
  }

  private void assertAsBefore(Trapped trapped, String operation) {
    TheineCache<Key, Value> cache = trapped.cache;
    assertThat(cache.size()).as(operation).isEqualTo(2);
    assertThat(cache.weight()).as(operation).isEqualTo(2);
    assertThat(cache.get(trapped.key(1)).text).as(operation).isEqualTo("old");
    assertThat(trapped.store.map.get(1).text).as("store after %s", operation).isEqualTo("old");
    assertThat(trapped.store.map).as("store after %s", operation).containsOnlyKeys(1, 3);
    caches.advance(java.time.Duration.ofMinutes(9).minusNanos(1));
    assertThat(cache.containsKey(trapped.key(1))).as("deadline after %s", operation).isTrue();
    caches.advance(java.time.Duration.ofNanos(1));
    assertThat(cache.containsKey(trapped.key(1))).as("deadline after %s", operation).isFalse();
  }

  @Test
  void filterThatThrows_leavesTheMutationAndTheOtherListeners() {
    for (Throwable thrown :
        List.of(new ArithmeticException("an exception"), new AssertionError("an error"))) {
      RecordingListener<Integer, String> heard = new RecordingListener<>();
      CacheEntryCreatedListener<Integer, String> filtered = events -> {};
      TheineCache<Integer, String> cache =
          caches.create(
              caches
                  .<Integer, String>configuration()
                  .addCacheEntryListenerConfiguration(
                      Caches.listening(
                          filtered,
                          event -> {
                            Throwing.unseen(thrown);
                            return true;
                          },
                          false,
                          true))
                  .addCacheEntryListenerConfiguration(Caches.synchronous(heard)));

      assertThatThrownBy(() -> cache.put(1, "a"))
          .isInstanceOf(CacheEntryListenerException.class)
          .hasRootCause(thrown);

      assertThat(cache.get(1)).isEqualTo("a");
      assertThat(heard.take()).containsExactly("CREATED 1=a");
    }
  }
}
