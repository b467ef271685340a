package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import javax.cache.CacheException;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Stored by value: what anybody does to an object afterwards does not reach the cache. */
final class ByValueConformanceTest {
  @RegisterExtension final Caches caches = new Caches();

  private static Set<Integer> keys(Integer... keys) {
    return new LinkedHashSet<>(Arrays.asList(keys));
  }

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
