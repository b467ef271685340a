package org.theine.jcache;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.event.Delivery;
import org.theine.jcache.integration.WriteThrough;

/**
 * Writes and removes many keys with as few calls of the writer as the locks allow; what the writer
 * did not take is left as it was. Safe for use by several threads.
 */
final class BatchWriting<K, V> {
  private final CacheParts<K, V> parts;
  private final Commits<K, V> commits;
  private final KeyBatches<K, V> batches;

  BatchWriting(CacheParts<K, V> parts, Commits<K, V> commits, KeyBatches<K, V> batches) {
    this.parts = parts;
    this.commits = commits;
    this.batches = batches;
  }

  void putAll(Map<? extends K, ? extends V> mappings) {
    Map<K, Object> stored = new LinkedHashMap<>();
    mappings.forEach((key, value) -> stored.put(key, parts.form.stored(value)));
    run(stored.keySet(), batch -> put(batch, mappings, stored));
  }

  void removeAll(Collection<? extends K> keys) {
    run(keys, this::remove);
  }

  private void run(Collection<? extends K> keys, KeyBatches.Work<K> work) {
    Delivery.around(
        () -> {
          batches.change(keys, work);
          return null;
        });
  }

  private void put(
      List<KeyBatches.Held<K>> batch,
      Map<? extends K, ? extends V> mappings,
      Map<K, Object> stored) {
    long started = parts.statistics.start();
    int[] weights = new int[batch.size()];
    List<Cache.Entry<? extends K, ? extends V>> entries = new ArrayList<>(batch.size());
    for (int i = 0; i < weights.length; i++) {
      K key = batch.get(i).key;
      V value = mappings.get(key);
      weights[i] = parts.weigh(key, value);
      entries.add(WriteThrough.entry(key, value));
    }
    List<Cache.Entry<? extends K, ? extends V>> left = new ArrayList<>(entries);
    Throwable failure = attempt(() -> parts.writing.writeAll(left));
    Set<Object> unwritten = identities(failure == null ? List.of() : left);
    int puts = 0;
    for (int i = 0; i < weights.length; i++) {
      KeyBatches.Held<K> held = batch.get(i);
      if (!unwritten.contains(entries.get(i))) {
        Object current = parts.exclusive.current(held.entry);
        Object value = stored.get(held.key);
        assert value != null : "a key that nobody asked for";
        puts += commits.write(held.entry, current, value, weights[i]) ? 1 : 0;
      }
      batches.release(held);
    }
    parts.statistics.recordPuts(puts);
    if (started != 0 && puts > 0) {
      parts.statistics.recordPutTime((System.nanoTime() - started) / puts);
    }
    rethrow(failure);
  }

  private void remove(List<KeyBatches.Held<K>> batch) {
    long started = parts.statistics.start();
    List<K> left = new ArrayList<>(batch.size());
    batch.forEach(held -> left.add(held.key));
    Throwable failure = attempt(() -> parts.writing.deleteAll(left));
    Set<Object> undeleted = identities(failure == null ? List.of() : left);
    int removals = 0;
    for (KeyBatches.Held<K> held : batch) {
      if (!undeleted.contains(held.key)) {
        Object current = parts.exclusive.current(held.entry);
        if (current != null) {
          commits.remove(held.entry, current);
          removals++;
        }
      }
      batches.release(held);
    }
    parts.statistics.recordRemovals(removals);
    if (started != 0 && removals > 0) {
      parts.statistics.recordRemoveTime((System.nanoTime() - started) / removals);
    }
    rethrow(failure);
  }

  private static @Nullable Throwable attempt(Runnable call) {
    try {
      call.run();
      return null;
    } catch (RuntimeException | Error e) {
      return e;
    }
  }

  private static void rethrow(@Nullable Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure != null) {
      throw (RuntimeException) failure;
    }
  }

  /** What is left of the objects that the writer was given: the same ones, not equal ones. */
  private static Set<Object> identities(Collection<?> objects) {
    Set<Object> identities = Collections.newSetFromMap(new IdentityHashMap<>());
    identities.addAll(objects);
    return identities;
  }
}
