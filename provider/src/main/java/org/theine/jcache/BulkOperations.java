package org.theine.jcache;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.cache.integration.CompletionListener;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorResult;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.event.Delivery;

/**
 * The operations on many keys: one by one, or in batches where a loader or writer can take many at
 * once. Not atomic as a whole, each key is. Safe for use by several threads.
 */
final class BulkOperations<K, V> {
  private final CacheParts<K, V> parts;
  private final EntryUpdater<K, V> updater;
  private final EntryProcessing<K, V> processing;
  private final BatchLoading<K, V> loading;
  private final BatchWriting<K, V> writing;

  BulkOperations(
      CacheParts<K, V> parts,
      Commits<K, V> commits,
      EntryUpdater<K, V> updater,
      ReadThrough<K, V> readThrough,
      EntryProcessing<K, V> processing) {
    KeyBatches<K, V> batches = new KeyBatches<>(parts);
    this.parts = parts;
    this.updater = updater;
    this.processing = processing;
    this.loading = new BatchLoading<>(parts, commits, readThrough, batches);
    this.writing = new BatchWriting<>(parts, commits, batches);
  }

  /**
   * The keys of an operation: checked before the first of them is used, and not to be changed under
   * us.
   */
  private List<K> snapshot(Collection<? extends K> keys) {
    List<K> snapshot = new ArrayList<>(keys);
    snapshot.forEach(parts::requireKey);
    return snapshot;
  }

  Map<K, V> getAll(Set<? extends K> keys) {
    List<K> asked = snapshot(keys);
    Map<K, V> found = new LinkedHashMap<>(asked.size() + asked.size() / 2); // never grows
    List<K> missing = new ArrayList<>(0);
    for (K key : asked) {
      long started = parts.statistics.start();
      Object stored = parts.store.access(key, parts.store.hash(key), parts.touch);
      V value = parts.looked(stored, started);
      if (value != null) {
        found.put(key, value);
      } else {
        missing.add(key);
      }
    }
    if (parts.readsThrough && !missing.isEmpty()) {
      loading.loadMissing(missing, found::put);
    }
    return found;
  }

  void loadAll(Set<? extends K> keys, boolean replace, @Nullable CompletionListener listener) {
    loading.loadAll(snapshot(keys), replace, listener);
  }

  void putAll(Map<? extends K, ? extends V> map) {
    Map<K, V> mappings = new LinkedHashMap<>(map);
    mappings.forEach(
        (key, value) -> {
          parts.requireKey(key);
          parts.requireValue(value);
        });
    if (parts.writing.isPresent()) {
      writing.putAll(mappings);
    } else {
      tellAtTheEnd(
          () -> mappings.forEach((key, value) -> updater.update(key, value, null, Operation.PUT)));
    }
  }

  /** Runs updates so that a listener that fails when told of one does not stop the others. */
  private void tellAtTheEnd(Runnable updates) {
    Delivery.around(
        () -> {
          updates.run();
          return null;
        });
  }

  void removeAll(Set<? extends K> keys) {
    removeEach(snapshot(keys));
  }

  /**
   * Removes what is there now: what others put meanwhile stays, in the cache and behind the writer
   * alike.
   */
  void removeAll() {
    Set<K> keys = new HashSet<>();
    parts.store.forEach(
        entry -> {
          if (parts.store.peek(entry) != null) { // what has expired is not deleted behind us
            keys.add(parts.givenKey(entry.key()));
          }
        });
    removeEach(keys);
  }

  private void removeEach(Collection<K> keys) {
    if (parts.writing.isPresent()) {
      writing.removeAll(keys);
    } else {
      tellAtTheEnd(() -> keys.forEach(key -> updater.update(key, null, null, Operation.REMOVE)));
    }
  }

  <T> Map<K, EntryProcessorResult<T>> invokeAll(
      Set<? extends K> keys, EntryProcessor<K, V, T> processor, Object... arguments) {
    processing.requireProcessor(processor);
    Map<K, EntryProcessorResult<T>> results = new LinkedHashMap<>();
    List<K> asked = snapshot(keys);
    tellAtTheEnd(
        () ->
            asked.forEach(
                key ->
                    ProcessorResult.of(() -> processing.invoke(key, processor, arguments))
                        .ifPresent(result -> results.put(key, result))));
    return results;
  }
}
