package org.theine.jcache;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.cache.integration.CacheLoader;
import org.jspecify.annotations.Nullable;

/**
 * Loads what a function gives, and writes down what it is asked, as {@code "load 1"} and {@code
 * "loadAll [1, 2]"}. Safe for use by several threads.
 */
final class RecordingLoader<K, V> implements CacheLoader<K, V> {
  private final Function<? super K, ? extends @Nullable V> values;
  private final List<String> asked = new ArrayList<>();

  RecordingLoader(Function<? super K, ? extends @Nullable V> values) {
    this.values = values;
  }

  /** What was asked since the last call. */
  synchronized List<String> take() {
    List<String> taken = List.copyOf(asked);
    asked.clear();
    return taken;
  }

  private synchronized void record(String question) {
    asked.add(question);
  }

  @Override
  public @Nullable V load(K key) {
    record("load " + key);
    return values.apply(key);
  }

  @Override
  public Map<K, V> loadAll(Iterable<? extends K> keys) {
    record("loadAll " + keys);
    Map<K, V> loaded = new HashMap<>();
    keys.forEach(key -> loaded.put(key, values.apply(key)));
    return loaded;
  }
}
