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
    List<Change<K, V>> changes = new ArrayList<>(batch.size());
    for (KeyBatches.Held<K> held : batch) {
      Object value = stored.get(held.key);
      assert value != null : "a key that nobody asked for";
      changes.add(change(held, mappings.get(held.key), value));
    }
    List<Cache.Entry<? extends K, ? extends V>> left = new ArrayList<>(changes.size());
    changes.forEach(change -> left.add(change.told));
    Throwable failure = attempt(() -> parts.writing.writeAll(left));
    Set<Object> unwritten = identities(failure == null ? List.of() : left);
    int puts = 0;
    for (Change<K, V> change : changes) {
      if (!unwritten.contains(change.told) && commit(change)) {
        puts++;
      }
      batches.release(change.held);
    }
    parts.statistics.recordPuts(puts);
    if (started != 0 && puts > 0) {
      parts.statistics.recordPutTime((System.nanoTime() - started) / puts);
    }
    rethrow(failure);
  }

  /** What a key is about to get: whatever can fail has been asked before the writer is told. */
  private record Change<K, V>(
      KeyBatches.Held<K> held,
      Cache.Entry<K, V> told,
      @Nullable Object current,
      Object stored,
      int weight,
      long duration) {}

  private Change<K, V> change(KeyBatches.Held<K> held, V value, Object stored) {
    Object current = parts.exclusive.current(held.entry);
    return new Change<>(
        held,
        WriteThrough.entry(held.key, value),
        current,
        stored,
        parts.weigh(held.key, value),
        commits.durationAfter(current));
  }

  private boolean commit(Change<K, V> change) {
    return commits.write(
        change.held.entry, change.current, change.stored, change.weight, change.duration);
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
