package org.theine.jcache;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import javax.cache.CacheException;
import javax.cache.integration.CompletionListener;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.event.Delivery;
import org.theine.jcache.event.Submission;
import org.theine.jcache.store.Load;

/**
 * Loads many keys with as few calls of the loader as the locks allow. Safe for use by several
 * threads.
 */
final class BatchLoading<K, V> {
  private static final System.Logger LOGGER = System.getLogger(BatchLoading.class.getName());

  private final CacheParts<K, V> parts;
  private final Commits<K, V> commits;
  private final ReadThrough<K, V> single;
  private final KeyBatches<K, V> batches;

  BatchLoading(
      CacheParts<K, V> parts,
      Commits<K, V> commits,
      ReadThrough<K, V> single,
      KeyBatches<K, V> batches) {
    this.parts = parts;
    this.commits = commits;
    this.single = single;
    this.batches = batches;
  }

  /** Loads keys that were missed; what others have stored or loaded meanwhile is taken as it is. */
  void loadMissing(Collection<K> keys, BiConsumer<K, V> found) {
    load(keys, new Missing(found));
  }

  /** Cache.loadAll: returns at once, and tells the listener exactly one of its two ends. */
  void loadAll(Collection<K> keys, boolean replace, @Nullable CompletionListener listener) {
    if (!parts.loading.isPresent()) {
      complete(listener, null);
      return;
    }
    Throwable refused =
        Submission.submit(
            parts.name, parts.executor, () -> complete(listener, attempt(keys, replace)));
    if (refused != null) {
      complete(
          listener, new CacheException("cache '" + parts.name + "': its executor failed", refused));
    }
  }

  private void load(Collection<K> keys, KeyBatches.Work<K> work) {
    Delivery.around(
        () -> {
          batches.load(keys, work);
          return null;
        });
  }

  private void reload(Collection<K> keys) {
    Delivery.around(
        () -> {
          batches.reload(keys, new Replacing());
          return null;
        });
  }

  /** Null, or what went wrong. */
  private @Nullable Throwable attempt(Collection<K> keys, boolean replace) {
    try {
      if (replace) {
        reload(keys);
      } else {
        load(keys, new Missing((key, value) -> {}));
      }
      return null;
    } catch (Throwable e) {
      return e;
    }
  }

  private void complete(@Nullable CompletionListener listener, @Nullable Throwable failure) {
    try {
      if (listener != null && failure == null) {
        listener.onCompletion();
      } else if (listener != null) {
        listener.onException(
            failure instanceof Exception exception
                ? exception
                : new CacheException("cache '" + parts.name + "': loading failed", failure));
      } else if (failure != null) {
        LOGGER.log(
            System.Logger.Level.WARNING,
            "cache '" + parts.name + "': loading failed and nobody listens",
            failure);
      }
    } catch (Throwable e) {
      LOGGER.log(
          System.Logger.Level.WARNING,
          "cache '" + parts.name + "': a completion listener failed",
          e);
    }
  }

  /** One call of the loader for the locked keys. */
  private Map<K, V> call(List<KeyBatches.Held<K>> batch) {
    List<K> keys = new ArrayList<>(batch.size());
    batch.forEach(held -> keys.add(held.key));
    return parts.loading.loadAll(keys);
  }

  /** Loads what is absent. */
  private final class Missing implements KeyBatches.Work<K> {
    private final BiConsumer<K, V> found;

    Missing(BiConsumer<K, V> found) {
      this.found = found;
    }

    @Override
    public void process(List<KeyBatches.Held<K>> batch) {
      List<KeyBatches.Held<K>> absent = new ArrayList<>(batch.size());
      for (KeyBatches.Held<K> held : batch) {
        Object current = parts.exclusive.current(held.entry);
        if (current == null) {
          absent.add(held);
        } else {
          batches.release(held, current, null);
          found.accept(held.key, parts.given(current));
        }
      }
      if (absent.isEmpty()) {
        return;
      }
      Map<K, V> loaded = call(absent);
      for (KeyBatches.Held<K> held : absent) {
        V value = loaded.get(held.key);
        Object stored = value == null ? null : single.store(held.entry, held.key, value);
        batches.release(held, stored, null);
        if (stored != null) {
          found.accept(held.key, parts.given(stored));
        }
      }
    }

    @Override
    public void follow(K key, Load<Object> load) {
      V value = single.followed(load);
      if (value != null) {
        found.accept(key, value);
      }
    }
  }

  /** Loads all, in the place of what is there. */
  private final class Replacing implements KeyBatches.Work<K> {
    @Override
    public void process(List<KeyBatches.Held<K>> batch) {
      batch.forEach(held -> parts.exclusive.beginAsking(held.entry));
      Map<K, V> loaded = call(batch);
      for (KeyBatches.Held<K> held : batch) {
        Object current = parts.exclusive.current(held.entry);
        V value = loaded.get(held.key);
        if (value == null) {
          batches.release(held, current, null);
        } else {
          batches.release(held, store(held, current, value), null);
        }
      }
    }

    private Object store(KeyBatches.Held<K> held, @Nullable Object current, V value) {
      if (current == null) {
        return single.store(held.entry, held.key, value);
      }
      parts.requireValue(value);
      Object stored = parts.form.stored(value);
      commits.load(held.entry, current, stored, parts.weigh(held.key, value));
      return stored;
    }
  }
}
