package org.theine.jcache;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javax.cache.Cache;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import org.jspecify.annotations.Nullable;

/**
 * The store behind a cache, its loader and its writer. A test can step into each call, by which it
 * stops or fails there. Safe for use by several threads.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
final class BackingStore<K, V> implements CacheLoader<K, V>, CacheWriter<K, V> {
  final Map<K, V> map = new ConcurrentHashMap<>();

  /** The calls so far, as {@code "load 1"}, {@code "loadAll [1, 2]"}, {@code "write 1=a"}. */
  final List<String> calls = new CopyOnWriteArrayList<>();

  /** Called with the key after a value was read and before it is given to the cache. */
  volatile Consumer<Object> onLoad = key -> {};

  /** Called with the key before a value is written. */
  volatile Consumer<Object> onWrite = key -> {};

  /** Called with the key before it is deleted. */
  volatile Consumer<Object> onDelete = key -> {};

  /** A configuration that reads and writes through to this. */
  TheineConfiguration<K, V> behind(TheineConfiguration<K, V> configuration) {
    return configuration
        .setReadThrough(true)
        .setCacheLoaderFactory(() -> this)
        .setWriteThrough(true)
        .setCacheWriterFactory(() -> this);
  }

  @Override
  public @Nullable V load(K key) {
    calls.add("load " + key);
    return read(key);
  }

  @Override
  public Map<K, V> loadAll(Iterable<? extends K> keys) {
    List<K> asked = new ArrayList<>();
    keys.forEach(asked::add);
    calls.add("loadAll " + asked);
    Map<K, V> loaded = new HashMap<>();
    asked.forEach(key -> loaded.put(key, read(key)));
    return loaded;
  }

  private @Nullable V read(K key) {
    V value = map.get(key);
    onLoad.accept(key);
    return value;
  }

  @Override
  public void write(Cache.Entry<? extends K, ? extends V> entry) {
    onWrite.accept(entry.getKey());
    calls.add("write " + entry.getKey() + "=" + entry.getValue());
    map.put(entry.getKey(), entry.getValue());
  }

  @Override
  public void writeAll(Collection<Cache.Entry<? extends K, ? extends V>> entries) {
    for (Iterator<Cache.Entry<? extends K, ? extends V>> left = entries.iterator();
        left.hasNext(); ) {
      write(left.next());
      left.remove();
    }
  }

  @Override
  public void delete(Object key) {
    onDelete.accept(key);
    calls.add("delete " + key);
    map.remove(key);
  }

  @Override
  public void deleteAll(Collection<?> keys) {
    for (Iterator<?> left = keys.iterator(); left.hasNext(); ) {
      delete(left.next());
      left.remove();
    }
  }
}
