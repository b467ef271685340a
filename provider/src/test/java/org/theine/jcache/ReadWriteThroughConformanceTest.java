package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;
import javax.cache.integration.CompletionListener;
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

  /** Tells exactly what it is told. */
  static final class Completion implements CompletionListener {
    private static final Object COMPLETED = "completed";

    private final BlockingQueue<Object> told = new ArrayBlockingQueue<>(10);

    @Override
    public void onCompletion() {
      told.add(COMPLETED);
    }

    @Override
    public void onException(Exception e) {
      told.add(e);
    }

    private Object await() throws InterruptedException {
      return told.poll(Caches.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    void awaitCompletion() throws InterruptedException {
      assertThat(await()).isEqualTo(COMPLETED);
    }

    Exception awaitException() throws InterruptedException {
      Object end = await();
      assertThat(end).isInstanceOf(Exception.class);
      return (Exception) end;
    }
  }

  // ------------------------------------------------- writer and operation are one critical section

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

  // ------------------------------------------------------------------------------- partial
  // failures

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

  // ------------------------------------------------------------------------------ javax exceptions

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

  // ---------------------------------------------------------------------------------- what is
  // asked

  @Test
  void getAll_someMissing_loadsTheseInOneCall() {
    TheineCache<Integer, String> cache = through();
    cache.put(1, "a");
    behind.map.putAll(mappings("b", 2, 3));
    behind.calls.clear();

    assertThat(cache.getAll(keys(1, 2, 3, 4))).isEqualTo(Map.of(1, "a", 2, "b2", 3, "b3"));

    assertThat(behind.calls).containsExactly("loadAll [2, 3, 4]");
    assertThat(cache.containsKey(3)).isTrue();
  }

  @Test
  void getAll_nothingMissing_loadsNothing() {
    TheineCache<Integer, String> cache = through();
    cache.put(1, "a");
    behind.calls.clear();

    assertThat(cache.getAll(keys(1))).isEqualTo(Map.of(1, "a"));
    assertThat(behind.calls).isEmpty();
  }

  @Test
  void loadAll_keepingWhatIsThere_loadsTheMissing() throws Exception {
    TheineCache<Integer, String> cache = through();
    cache.put(1, "a");
    behind.map.putAll(mappings("b", 1, 2));
    behind.calls.clear();
    Completion completion = new Completion();

    cache.loadAll(keys(1, 2), false, completion);

    completion.awaitCompletion();
    assertThat(behind.calls).containsExactly("loadAll [2]");
    assertThat(cache.get(1)).isEqualTo("a");
    assertThat(cache.containsKey(2)).isTrue();
  }

  @Test
  void loadAll_keysChangedAfterwards_loadsWhatWasAskedFor() throws Exception {
    List<Runnable> tasks = new ArrayList<>();
    TheineCache<Integer, String> cache =
        caches.create(behind.behind(caches.configuration()).setExecutorFactory(() -> tasks::add));
    behind.map.putAll(mappings("b", 1, 2, 3));
    Set<Integer> keys = keys(1, 2);
    Completion completion = new Completion();

    cache.loadAll(keys, true, completion);
    keys.clear();
    keys.add(3);
    tasks.forEach(Runnable::run);

    completion.awaitCompletion();
    assertThat(behind.calls).containsExactly("loadAll [1, 2]");
    assertThat(cache.containsKey(3)).isFalse();
  }

  @Test
  void bulkOperations_setThatRefusesQuestionsForNull_work() throws Exception {
    TheineCache<Integer, String> cache = through();
    behind.map.putAll(mappings("b", 1, 2));

    assertThat(cache.getAll(Set.of(1, 2))).hasSize(2);
    Completion completion = new Completion();
    cache.loadAll(Set.of(1, 2), true, completion);
    completion.awaitCompletion();
    assertThat(cache.<String>invokeAll(Set.of(1, 2), (entry, arguments) -> entry.getValue()))
        .hasSize(2);
    cache.putAll(Map.of(1, "c", 3, "c"));
    cache.removeAll(Set.of(1, 2, 3));
    assertThat(cache.size()).isZero();
    assertThat(behind.map).isEmpty();
  }

  // ------------------------------------------------------------------------------- overlapping
  // loads

  @Test
  void get_removeMeanwhile_doesNotResurrect() throws Exception {
    TheineCache<Integer, String> cache = through();
    behind.map.put(1, "loaded");
    Gate gate = new Gate();
    behind.onLoad = key -> gate.pass();
    Task<String> get = Task.start(() -> cache.get(1));
    gate.awaitReached();

    Task<Boolean> remove = Task.start(() -> cache.remove(1)).awaitParked();
    gate.open();

    assertThat(get.result()).isEqualTo("loaded");
    assertThat(remove.result()).isTrue();
    assertThat(cache.containsKey(1)).isFalse();
    assertThat(behind.map).isEmpty();
  }

  @Test
  void get_putMeanwhile_keepsThePut() throws Exception {
    TheineCache<Integer, String> cache = through();
    behind.map.put(1, "loaded");
    Gate gate = new Gate();
    behind.onLoad = key -> gate.pass();
    Task<String> get = Task.start(() -> cache.get(1));
    gate.awaitReached();

    Task<Void> put = Task.run(() -> cache.put(1, "put")).awaitParked();
    gate.open();

    assertThat(get.result()).isEqualTo("loaded");
    put.result();
    assertThat(cache.get(1)).isEqualTo("put");
    assertThat(behind.map).containsEntry(1, "put");
  }

  @Test
  void loadAll_removeMeanwhile_doesNotResurrect() throws Exception {
    TheineCache<Integer, String> cache = through();
    cache.put(1, "old");
    Gate gate = new Gate();
    behind.onLoad = key -> gate.pass();
    Completion completion = new Completion();
    cache.loadAll(keys(1), true, completion);
    gate.awaitReached();

    Task<Boolean> remove = Task.start(() -> cache.remove(1)).awaitParked();
    gate.open();

    completion.awaitCompletion();
    assertThat(remove.result()).isTrue();
    assertThat(cache.containsKey(1)).isFalse();
  }

  @Test
  void loadAll_putMeanwhile_keepsThePut() throws Exception {
    TheineCache<Integer, String> cache = through();
    cache.put(1, "old");
    Gate gate = new Gate();
    behind.onLoad = key -> gate.pass();
    Completion completion = new Completion();
    cache.loadAll(keys(1), true, completion);
    gate.awaitReached();

    Task<Void> put = Task.run(() -> cache.put(1, "put")).awaitParked();
    gate.open();

    completion.awaitCompletion();
    put.result();
    assertThat(cache.get(1)).isEqualTo("put");
  }

  @Test
  void get_eightAtOnce_loadsOnce() throws Exception {
    TheineCache<Integer, String> cache = through();
    behind.map.put(1, "loaded");
    Gate gate = new Gate();
    behind.onLoad = key -> gate.pass();
    List<Task<String>> gets = new ArrayList<>();
    gets.add(Task.start(() -> cache.get(1)));
    gate.awaitReached();
    for (int i = 1; i < 8; i++) {
      gets.add(Task.start(() -> cache.get(1)).awaitParked());
    }
    gate.open();

    for (Task<String> get : gets) {
      assertThat(get.result()).isEqualTo("loaded");
    }
    assertThat(behind.calls).containsExactly("load 1");
    Caches.assertCounted(cache, 0, 8, 0, 0);
  }

  @Test
  void getAll_anotherLoadUnderWay_takesItsOutcome() throws Exception {
    TheineCache<Integer, String> cache = through();
    behind.map.putAll(mappings("b", 1, 2));
    Gate gate = new Gate();
    behind.onLoad =
        key -> {
          if (key.equals(1)) {
            gate.pass();
          }
        };
    Task<String> get = Task.start(() -> cache.get(1));
    gate.awaitReached();

    Task<Map<Integer, String>> getAll = Task.start(() -> cache.getAll(keys(1, 2))).awaitParked();
    assertThat(cache.get(2)).isEqualTo("b2"); // what could be loaded was, without waiting for 1
    gate.open();

    assertThat(get.result()).isEqualTo("b1");
    assertThat(getAll.result()).isEqualTo(Map.of(1, "b1", 2, "b2"));
    assertThat(behind.calls).containsExactly("load 1", "loadAll [2]");
  }

  @Test
  void getAll_valueCannotBeStored_failsForThoseWhoWaitedToo() throws Exception {
    Gate gate = new Gate();
    TheineCache<Integer, Object> cache =
        caches.create(
            caches
                .<Integer, Object>configuration()
                .setReadThrough(true)
                .setCacheLoaderFactory(
                    () ->
                        new CacheLoader<Integer, Object>() {
                          @Override
                          public Object load(Integer key) {
                            throw new AssertionError("loaded for itself: " + key);
                          }

                          @Override
                          public Map<Integer, Object> loadAll(Iterable<? extends Integer> keys) {
                            gate.pass();
                            Map<Integer, Object> loaded = new HashMap<>();
                            keys.forEach(key -> loaded.put(key, new Object())); // not serializable
                            return loaded;
                          }
                        }));
    Task<Map<Integer, Object>> getAll = Task.start(() -> cache.getAll(keys(1, 2, 3)));
    gate.awaitReached();
    List<Task<Object>> waiting = new ArrayList<>();
    for (int key = 1; key <= 3; key++) {
      int asked = key;
      waiting.add(Task.start(() -> cache.get(asked)).awaitParked());
    }
    gate.open();

    assertThat(getAll.failure()).isInstanceOf(CacheException.class);
    for (Task<Object> get : waiting) {
      assertThat(get.failure()).isInstanceOf(CacheException.class);
    }
    assertThat(cache.size()).isZero();
  }

  // --------------------------------------------------------------------------------------- by
  // value

  /** A mutable value. */
  private static final class Box implements java.io.Serializable {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // an ArrayList always
    private final List<String> content = new ArrayList<>();

    Box(String content) {
      this.content.add(content);
    }

    void spoil() {
      content.add("spoiled");
    }

    @Override
    public boolean equals(Object object) {
      return object instanceof Box other && content.equals(other.content);
    }

    @Override
    public int hashCode() {
      return content.hashCode();
    }

    @Override
    public String toString() {
      return content.toString();
    }
  }

  @Test
  void load_loaderKeepsTheValue_cacheHasACopy() throws Exception {
    Map<Integer, Box> kept = new HashMap<>();
    BackingStore<Integer, Box> boxes = new BackingStore<>();
    TheineCache<Integer, Box> cache = caches.create(boxes.behind(caches.configuration()));
    for (int key = 1; key <= 4; key++) {
      kept.put(key, new Box("loaded"));
    }
    boxes.map.putAll(kept);

    cache.get(1);
    cache.getAll(keys(2));
    Completion completion = new Completion();
    cache.loadAll(keys(3), true, completion);
    completion.awaitCompletion();
    cache.<Void>invoke(
        4,
        (entry, arguments) -> {
          entry.getValue();
          return null;
        });
    kept.values().forEach(Box::spoil);

    for (int key = 1; key <= 4; key++) {
      assertThat(cache.get(key)).as("key " + key).isEqualTo(new Box("loaded"));
    }
    assertThat(boxes.calls).containsExactly("load 1", "loadAll [2]", "loadAll [3]", "load 4");
  }

  @Test
  void write_callerKeepsTheValue_cacheHasACopy() {
    TheineCache<Integer, Box> cache = caches.create(caches.configuration());
    Box value = new Box("a");
    for (int key = 4; key <= 7; key++) {
      cache.put(key, new Box("old"));
    }
    cache.put(1, value);
    cache.getAndPut(2, value);
    cache.putIfAbsent(3, value);
    cache.replace(4, value);
    cache.replace(5, new Box("old"), value);
    cache.getAndReplace(6, value);
    cache.invoke(
        7,
        (entry, arguments) -> {
          entry.setValue(value);
          value.spoil();
          return null;
        });
    value.content.remove("spoiled");
    cache.putAll(Map.of(8, value));
    value.spoil();

    for (int key = 1; key <= 8; key++) {
      assertThat(cache.get(key)).as("key " + key).isEqualTo(new Box("a"));
    }
  }

  @Test
  void read_callerChangesTheValue_cacheIsLeftAlone() {
    TheineCache<Integer, Box> cache = caches.create(caches.configuration());
    cache.put(1, new Box("a"));

    cache.get(1).spoil();
    cache.getAll(keys(1)).values().forEach(Box::spoil);
    cache.forEach(entry -> entry.getValue().spoil());
    cache.invoke(
        1,
        (entry, arguments) -> {
          entry.getValue().spoil();
          return null;
        });

    assertThat(cache.get(1)).isEqualTo(new Box("a"));
  }

  @Test
  void put_writerChangesTheValue_cacheIsLeftAlone() {
    BackingStore<Integer, Box> boxes = new BackingStore<>();
    TheineCache<Integer, Box> cache = caches.create(boxes.behind(caches.configuration()));
    Box value = new Box("a");
    boxes.onWrite = key -> value.spoil();

    cache.put(1, value);

    assertThat(cache.get(1)).isEqualTo(new Box("a"));
  }

  @Test
  void put_listenerChangesItsValues_cacheAndOtherListenersAreLeftAlone() {
    List<String> seen = new ArrayList<>();
    TheineConfiguration<Integer, Box> configuration = caches.configuration();
    for (int i = 0; i < 2; i++) {
      CacheEntryCreatedListener<Integer, Box> created =
          events ->
              events.forEach(
                  event -> {
                    seen.add("created " + event.getValue());
                    event.getValue().spoil();
                  });
      CacheEntryUpdatedListener<Integer, Box> updated =
          events ->
              events.forEach(
                  event -> {
                    seen.add("updated " + event.getOldValue() + " to " + event.getValue());
                    event.getValue().spoil();
                    event.getOldValue().spoil();
                  });
      configuration.addCacheEntryListenerConfiguration(Caches.synchronous(created));
      configuration.addCacheEntryListenerConfiguration(Caches.synchronous(updated));
    }
    TheineCache<Integer, Box> cache = caches.create(configuration);

    cache.put(1, new Box("a"));
    cache.put(1, new Box("b"));

    assertThat(cache.get(1)).isEqualTo(new Box("b"));
    assertThat(seen)
        .containsExactly("created [a]", "created [a]", "updated [a] to [b]", "updated [a] to [b]");
  }

  @Test
  void put_keyChangedAfterwards_isFoundByTheKeyAsItWas() {
    TheineCache<Box, String> cache = caches.create(caches.configuration());
    Box key = new Box("key");

    cache.put(key, "a");
    key.spoil();
    cache.iterator().next().getKey().spoil();

    assertThat(cache.get(new Box("key"))).isEqualTo("a");
    assertThat(cache.containsKey(key)).isFalse();
  }

  private static Stream<Arguments> copyingOperations() {
    return Stream.of(
        copying("put", (cache, value) -> cache.put(1, value)),
        copying("getAndPut", (cache, value) -> cache.getAndPut(1, value)),
        copying("putIfAbsent", (cache, value) -> cache.putIfAbsent(2, value)),
        copying("replace", (cache, value) -> cache.replace(1, value)),
        copying("replace old", (cache, value) -> cache.replace(1, "old", value)),
        copying("getAndReplace", (cache, value) -> cache.getAndReplace(1, value)),
        copying("putAll", (cache, value) -> cache.putAll(Map.of(1, "new", 2, value))),
        copying(
            "invoke",
            (cache, value) ->
                cache.invoke(
                    1,
                    (entry, arguments) -> {
                      entry.setValue(value);
                      return null;
                    })));
  }

  private static Arguments copying(
      String name, BiConsumer<TheineCache<Integer, Object>, Object> operation) {
    return Arguments.of(name, operation);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("copyingOperations")
  void write_valueCannotBeCopied_changesNothing(
      String name, BiConsumer<TheineCache<Integer, Object>, Object> operation) {
    BackingStore<Integer, Object> objects = new BackingStore<>();
    TheineCache<Integer, Object> cache = caches.create(objects.behind(caches.configuration()));
    cache.put(1, "old");

    assertThatThrownBy(() -> operation.accept(cache, new Object()))
        .isInstanceOf(CacheException.class)
        .satisfies(e -> assertThat(messages(e)).contains(cache.getName(), "java.lang.Object"));

    assertThat(cache.get(1)).isEqualTo("old");
    assertThat(cache.containsKey(2)).isFalse();
    assertThat(objects.map).isEqualTo(Map.of(1, "old"));
  }

  private static String messages(Throwable failure) {
    StringBuilder messages = new StringBuilder();
    for (Throwable e = failure; e != null; e = e.getCause()) {
      messages.append(e.getMessage()).append('\n');
    }
    return messages.toString();
  }

  @Test
  void put_keyCannotBeCopied_changesNothing() {
    BackingStore<Object, String> objects = new BackingStore<>();
    TheineCache<Object, String> cache = caches.create(objects.behind(caches.configuration()));

    assertThatThrownBy(() -> cache.put(new Object(), "a")).isInstanceOf(CacheException.class);

    assertThat(cache.size()).isZero();
    assertThat(objects.map).isEmpty();
  }

  @Test
  void load_valueCannotBeCopied_storesNothing() throws Exception {
    BackingStore<Integer, Object> objects = new BackingStore<>();
    TheineCache<Integer, Object> cache = caches.create(objects.behind(caches.configuration()));
    objects.map.put(1, new Object());

    assertThatThrownBy(() -> cache.get(1)).isInstanceOf(CacheException.class);
    assertThatThrownBy(() -> cache.getAll(Set.of(1))).isInstanceOf(CacheException.class);
    assertThatThrownBy(() -> cache.invoke(1, (entry, arguments) -> entry.getValue()))
        .isInstanceOf(CacheException.class);
    Completion completion = new Completion();
    cache.loadAll(Set.of(1), true, completion);
    assertThat(completion.awaitException()).isInstanceOf(CacheException.class);

    assertThat(cache.size()).isZero();
  }

  @Test
  void byteArrays_asValues_work() {
    TheineCache<Integer, byte[]> cache = caches.create(caches.configuration());
    byte[] bytes = {1, 2, 3};
    cache.put(1, bytes);
    bytes[0] = 9;
    cache.get(1)[1] = 9;

    assertThat(cache.get(1)).containsExactly(1, 2, 3);
    assertThat(cache.getAndPut(1, new byte[0])).containsExactly(1, 2, 3);
    assertThat(cache.getAll(Collections.singleton(1)).get(1)).isEmpty();
    assertThat(cache.iterator().next().getValue()).isEmpty();
    assertThat(cache.getAndRemove(1)).isEmpty();
  }
}
