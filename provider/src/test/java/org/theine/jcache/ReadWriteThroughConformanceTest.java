package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;
import javax.cache.processor.EntryProcessorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a loader and a writer may rely on, and what their failures do. */
final class ReadWriteThroughConformanceTest {
  @RegisterExtension final Caches caches = new Caches();

  private final BackingStore<Integer, String> behind = new BackingStore<>();

  private TheineCache<Integer, String> through() {
    return caches.create(behind.behind(caches.configuration()));
  }

  // ---- writer and operation are one critical section

  @Test
  void remove_whileThePutOfAnotherComes_deletesAndRemovesFirst() throws Exception {
    TheineCache<Integer, String> cache = through();
    cache.put(1, "a");
    Gate gate = new Gate();
    behind.onDelete = key -> gate.pass();
    Task<Boolean> remove = Task.start(() -> cache.remove(1));
    gate.awaitReached();

    Task<Void> put = Task.run(() -> cache.put(1, "b")).awaitParked();
    gate.open();

    assertThat(remove.result()).isTrue();
    put.result();
    assertThat(behind.calls).containsExactly("write 1=a", "delete 1", "write 1=b");
    assertThat(cache.get(1)).isEqualTo("b");
    assertThat(behind.map).containsEntry(1, "b");
  }

  @Test
  void put_whileTheRemoveOfAnotherComes_writesAndStoresFirst() throws Exception {
    TheineCache<Integer, String> cache = through();
    Gate gate = new Gate();
    behind.onWrite = key -> gate.pass();
    Task<Void> put = Task.run(() -> cache.put(1, "a"));
    gate.awaitReached();

    Task<Boolean> remove = Task.start(() -> cache.remove(1)).awaitParked();
    gate.open();

    put.result();
    assertThat(remove.result()).isTrue();
    assertThat(behind.calls).containsExactly("write 1=a", "delete 1");
    assertThat(cache.containsKey(1)).isFalse();
    assertThat(behind.map).isEmpty();
  }

  @Test
  void putAll_whileThePutOfAnotherComes_writesAndStoresFirst() throws Exception {
    TheineCache<Integer, String> cache = through();
    Gate gate = new Gate();
    behind.onWrite = key -> gate.pass();
    Task<Void> putAll = Task.run(() -> cache.putAll(Map.of(1, "all")));
    gate.awaitReached();

    Task<Void> put = Task.run(() -> cache.put(1, "one")).awaitParked();
    gate.open();

    putAll.result();
    put.result();
    assertThat(cache.get(1)).isEqualTo("one");
    assertThat(behind.map).containsEntry(1, "one");
  }

  // ---- partial failures

  private static Map<Integer, String> mappings(String prefix, int... keys) {
    Map<Integer, String> mappings = new LinkedHashMap<>();
    Arrays.stream(keys).forEach(key -> mappings.put(key, prefix + key));
    return mappings;
  }

  private static Set<Integer> keys(Integer... keys) {
    return new LinkedHashSet<>(Arrays.asList(keys));
  }

  private static void failFor(Object bad, Object key) {
    if (bad.equals(key)) {
      throw new ArithmeticException("the store is down");
    }
  }

  @Test
  void putAll_writerFailsForOne_storesWhatItHasWritten() {
    TheineCache<Integer, String> cache = through();
    cache.putAll(mappings("old", 1, 2, 3));
    behind.onWrite = key -> failFor(2, key);

    assertThatThrownBy(() -> cache.putAll(mappings("new", 1, 2, 3)))
        .isExactlyInstanceOf(CacheWriterException.class)
        .hasMessageContaining(cache.getName())
        .hasCauseInstanceOf(ArithmeticException.class);

    assertThat(cache.getAll(keys(1, 2, 3)))
        .isEqualTo(Map.of(1, "new1", 2, "old2", 3, "old3"))
        .isEqualTo(behind.map);
  }

  @Test
  void removeAllOfKeys_writerFailsForOne_removesWhatItHasDeleted() {
    TheineCache<Integer, String> cache = through();
    cache.putAll(mappings("old", 1, 2, 3));
    behind.onDelete = key -> failFor(2, key);

    assertThatThrownBy(() -> cache.removeAll(keys(1, 2, 3)))
        .isExactlyInstanceOf(CacheWriterException.class)
        .hasCauseInstanceOf(ArithmeticException.class);

    assertThat(List.of(cache.containsKey(1), cache.containsKey(2), cache.containsKey(3)))
        .containsExactly(false, true, true);
    assertThat(behind.map).containsOnlyKeys(2, 3);
  }

  @Test
  void removeAll_writerFailsForOne_removesWhatItHasDeleted() {
    TheineCache<Integer, String> cache = through();
    cache.putAll(mappings("old", 1, 2, 3));
    behind.onDelete = key -> failFor(2, key);

    assertThatThrownBy(cache::removeAll).isExactlyInstanceOf(CacheWriterException.class);

    for (int key = 1; key <= 3; key++) {
      assertThat(cache.containsKey(key)).isEqualTo(behind.map.containsKey(key));
    }
    assertThat(cache.containsKey(2)).isTrue();
  }

  @Test
  void putAll_writerFailsForAll_storesNothing() {
    TheineCache<Integer, String> cache = through();
    behind.onWrite =
        key -> {
          throw new ArithmeticException("the store is down");
        };

    assertThatThrownBy(() -> cache.putAll(mappings("new", 1, 2)))
        .isInstanceOf(CacheWriterException.class);

    assertThat(cache.size()).isZero();
    Caches.assertCounted(cache, 0, 0, 0, 0);
  }

  /** Takes nothing out of the collections that it is given. */
  private record Untidy(BackingStore<Integer, String> behind)
      implements CacheWriter<Integer, String> {
    @Override
    public void write(Cache.Entry<? extends Integer, ? extends String> entry) {
      behind.write(entry);
    }

    @Override
    public void writeAll(Collection<Cache.Entry<? extends Integer, ? extends String>> entries) {
      entries.forEach(behind::write);
    }

    @Override
    public void delete(Object key) {
      behind.delete(key);
    }

    @Override
    public void deleteAll(Collection<?> keys) {
      keys.forEach(behind::delete);
    }
  }

  @Test
  void putAll_writerLeavesEntriesButDoesNotFail_storesAll() {
    TheineCache<Integer, String> cache =
        caches.create(
            caches
                .<Integer, String>configuration()
                .setWriteThrough(true)
                .setCacheWriterFactory(() -> new Untidy(behind)));

    cache.putAll(mappings("a", 1, 2));
    assertThat(cache.getAll(keys(1, 2))).isEqualTo(behind.map).hasSize(2);

    cache.removeAll(keys(1, 2));
    assertThat(cache.size()).isZero();
    assertThat(behind.map).isEmpty();
  }

  // ---- javax exceptions

  private static Stream<Arguments> writingOperations() {
    return Stream.of(
        operation("put", (cache, value) -> cache.put(1, value)),
        operation("getAndPut", (cache, value) -> cache.getAndPut(1, value)),
        operation("replace", (cache, value) -> cache.replace(1, value)),
        operation("replace old", (cache, value) -> cache.replace(1, "old", value)),
        operation("getAndReplace", (cache, value) -> cache.getAndReplace(1, value)),
        operation("putAll", (cache, value) -> cache.putAll(Map.of(1, value))),
        operation(
            "invoke",
            (cache, value) ->
                cache.invoke(
                    1,
                    (entry, arguments) -> {
                      entry.setValue(value);
                      return null;
                    })));
  }

  private static Stream<Arguments> deletingOperations() {
    return Stream.of(
        operation("remove", (cache, value) -> cache.remove(1)),
        operation("remove old", (cache, value) -> cache.remove(1, "old")),
        operation("getAndRemove", (cache, value) -> cache.getAndRemove(1)),
        operation("removeAll keys", (cache, value) -> cache.removeAll(Set.of(1))),
        operation("removeAll", (cache, value) -> cache.removeAll()),
        operation(
            "invoke",
            (cache, value) ->
                cache.invoke(
                    1,
                    (entry, arguments) -> {
                      entry.remove();
                      return null;
                    })));
  }

  private static Arguments operation(
      String name, BiConsumer<TheineCache<Integer, String>, String> operation) {
    return Arguments.of(name, operation);
  }

  private void assertWriterFailure(BiConsumer<TheineCache<Integer, String>, String> operation) {
    TheineCache<Integer, String> cache = through();
    cache.put(1, "old");
    ArithmeticException cause = new ArithmeticException("the store is down");
    behind.onWrite =
        key -> {
          throw cause;
        };
    behind.onDelete = behind.onWrite;
    Throwable failure = catchThrowable(() -> operation.accept(cache, "new"));
    assertThat(failure)
        .isExactlyInstanceOf(CacheWriterException.class)
        .hasMessageContaining(cache.getName())
        .extracting(Throwable::getCause)
        .isSameAs(cause);

    CacheWriterException own = new CacheWriterException("told by the writer itself");
    behind.onWrite =
        key -> {
          throw own;
        };
    behind.onDelete = behind.onWrite;
    assertThatThrownBy(() -> operation.accept(cache, "new")).isSameAs(own);
    assertThat(cache.get(1)).isEqualTo("old");
    assertThat(behind.map).containsEntry(1, "old");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("writingOperations")
  void write_writerFails_isCacheWriterException(
      String name, BiConsumer<TheineCache<Integer, String>, String> operation) {
    assertWriterFailure(operation);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("deletingOperations")
  void delete_writerFails_isCacheWriterException(
      String name, BiConsumer<TheineCache<Integer, String>, String> operation) {
    assertWriterFailure(operation);
  }

  @Test
  void putIfAbsent_writerFails_isCacheWriterException() {
    TheineCache<Integer, String> cache = through();
    behind.onWrite = key -> failFor(1, key);

    assertThatThrownBy(() -> cache.putIfAbsent(1, "a"))
        .isExactlyInstanceOf(CacheWriterException.class);
    assertThat(cache.containsKey(1)).isFalse();
  }

  @Test
  void getAndGetAll_loaderFails_isCacheLoaderException() {
    TheineCache<Integer, String> cache = through();
    behind.onLoad = key -> failFor(1, key);

    assertThatThrownBy(() -> cache.get(1))
        .isExactlyInstanceOf(CacheLoaderException.class)
        .hasMessageContaining(cache.getName())
        .hasCauseInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> cache.getAll(keys(1, 2)))
        .isExactlyInstanceOf(CacheLoaderException.class)
        .hasCauseInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> cache.invoke(1, (entry, arguments) -> entry.getValue()))
        .isExactlyInstanceOf(EntryProcessorException.class)
        .hasCauseExactlyInstanceOf(CacheLoaderException.class);

    CacheLoaderException own = new CacheLoaderException("told by the loader itself");
    behind.onLoad =
        key -> {
          throw own;
        };
    assertThatThrownBy(() -> cache.get(1)).isSameAs(own);
    assertThatThrownBy(() -> cache.getAll(keys(1, 2))).isSameAs(own);
    assertThat(cache.size()).isZero();
  }

  @Test
  void loadAll_loaderFails_tellsOnException() throws Exception {
    TheineCache<Integer, String> cache = through();
    behind.onLoad = key -> failFor(1, key);
    Completion completion = new Completion();

    cache.loadAll(keys(1, 2), true, completion);

    assertThat(completion.awaitException())
        .isExactlyInstanceOf(CacheLoaderException.class)
        .hasCauseInstanceOf(ArithmeticException.class);
    assertThat(cache.size()).isZero();
  }

  @Test
  void loadAll_nullKey_loadsNothing() {
    TheineCache<Integer, String> cache = through();
    behind.map.putAll(mappings("a", 1));

    assertThatThrownBy(() -> cache.loadAll(keys(1, null), true, null))
        .isInstanceOf(NullPointerException.class);

    assertThat(behind.calls).isEmpty();
  }

  @Test
  void load_givesNull_isAbsent() throws Exception {
    TheineCache<Integer, String> cache = through();

    assertThat(cache.get(1)).isNull();
    assertThat(cache.getAll(keys(1, 2))).isEmpty();
    assertThat(cache.<String>invoke(1, (entry, arguments) -> entry.getValue())).isNull();
    Completion completion = new Completion();
    cache.loadAll(keys(1, 2), true, completion);
    completion.awaitCompletion();

    assertThat(cache.size()).isZero();
    assertThat(cache.containsKey(1)).isFalse();
  }

  @Test
  void loadAllOfTheLoader_givesNoMap_isAbsent() throws Exception {
    TheineCache<Integer, String> cache =
        caches.create(
            caches
                .<Integer, String>configuration()
                .setReadThrough(true)
                .setCacheLoaderFactory(
                    () ->
                        new CacheLoader<Integer, String>() {
                          @Override
                          public String load(Integer key) {
                            return "one";
                          }

                          @Override
                          public Map<Integer, String> loadAll(Iterable<? extends Integer> keys) {
                            return null;
                          }
                        }));

    assertThat(cache.getAll(keys(1, 2))).isEmpty();
    Completion completion = new Completion();
    cache.loadAll(keys(1, 2), true, completion);
    completion.awaitCompletion();
    assertThat(cache.size()).isZero();
  }
}
