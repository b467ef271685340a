package org.theine.jcache;

import javax.cache.CacheException;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.event.Delivery;
import org.theine.jcache.store.Entry;

/**
 * Runs entry processors: each exactly once, under the lock of its key alone. Safe for use by
 * several threads.
 */
final class EntryProcessing<K, V> {
  private final CacheParts<K, V> parts;
  private final Commits<K, V> commits;

  EntryProcessing(CacheParts<K, V> parts, Commits<K, V> commits) {
    this.parts = parts;
    this.commits = commits;
  }

  <T> @Nullable T invoke(K key, EntryProcessor<K, V, T> processor, Object... arguments) {
    requireProcessor(processor);
    int hash = parts.store.hash(key);
    Delivery delivery = Delivery.begin();
    Throwable failure = null;
    try {
      Entry<K, Object> entry = parts.lock(key, hash, true);
      try {
        return run(entry, key, processor, arguments);
      } finally {
        parts.exclusive.unlock(entry);
      }
    } catch (Throwable e) {
      failure = e;
      throw e;
    } finally {
      delivery.end(failure);
    }
  }

  void requireProcessor(@Nullable EntryProcessor<K, V, ?> processor) {
    if (processor == null) {
      throw new NullPointerException(
          "cache '" + parts.name + "': an entry processor must not be null");
    }
  }

  private <T> @Nullable T run(
      Entry<K, Object> entry, K key, EntryProcessor<K, V, T> processor, Object... arguments) {
    Object current = parts.exclusive.current(entry); // an expiry found here stays, come what may
    if (current == null) {
      parts.statistics.recordMisses(1);
    } else {
      parts.statistics.recordHits(1);
    }
    ProcessorEntry<K, V> seen = new ProcessorEntry<>(parts, key, current);
    T result;
    try {
      result = processor.process(seen, arguments);
    } catch (EntryProcessorException e) {
      throw e;
    } catch (Exception e) {
      throw new EntryProcessorException(
          "an entry processor of cache '" + parts.name + "' failed", e);
    } finally {
      seen.end();
    }
    commit(entry, key, current, seen);
    return result;
  }

  private void commit(
      Entry<K, Object> entry, K key, @Nullable Object current, ProcessorEntry<K, V> seen) {
    switch (seen.intention()) {
      case NOTHING -> {}
      case ACCESS -> commits.access(entry);
      case LOAD -> commits.load(entry, null, seen.stored(), parts.weigh(key, seen.value()));
      case WRITE -> {
        int weight = parts.weigh(key, seen.value());
        long duration = commits.durationAfter(current);
        if (parts.writing.isPresent()) {
          // What is stored, not what the processor has made of its own object since.
          parts.writing.write(key, parts.given(seen.stored()));
        }
        if (commits.write(entry, current, seen.stored(), weight, duration)) {
          parts.statistics.recordPuts(1);
        }
      }
      case REMOVE -> {
        parts.writing.delete(key);
        if (current != null) {
          commits.remove(entry, current);
          parts.statistics.recordRemovals(1);
        }
      }
      default -> throw new CacheException("unknown intention: " + seen.intention());
    }
  }
}
