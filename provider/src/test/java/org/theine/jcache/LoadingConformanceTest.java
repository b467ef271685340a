package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.cache.CacheException;
import javax.cache.integration.CacheLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is loaded, how often, and what becomes of loads that meet other operations. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class LoadingConformanceTest {
  @RegisterExtension final Caches caches = new Caches();

  private final BackingStore<Integer, String> behind = new BackingStore<>();

  private TheineCache<Integer, String> through() {
    return caches.create(behind.behind(caches.configuration()));
  }

  private static Map<Integer, String> mappings(String prefix, int... keys) {
    Map<Integer, String> mappings = new LinkedHashMap<>();
    Arrays.stream(keys).forEach(key -> mappings.put(key, prefix + key));
    return mappings;
  }

  private static Set<Integer> keys(Integer... keys) {
    return new LinkedHashSet<>(Arrays.asList(keys));
  }

  // ---- what is asked

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

  // ---- overlapping loads

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
}
