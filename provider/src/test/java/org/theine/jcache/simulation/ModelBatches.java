package org.theine.jcache.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.integration.CompletionListener;
import org.jspecify.annotations.Nullable;

/** The operations of the model that call loader or writer for many keys at once. */
final class ModelBatches {
  private final World world;
  private final ModelEntries entries;
  private final ModelValues values;
  private final ModelUpdates updates;

  ModelBatches(ModelEntries entries, ModelUpdates updates) {
    this.world = entries.world;
    this.entries = entries;
    this.values = entries.values;
    this.updates = updates;
  }

  /** Takes what is free at once; what an enclosing operation holds fails, after the rest. */
  private void run(Collection<Key> keys, boolean loading, Consumer<List<Node>> work) {
    entries.events.around(
        () -> {
          Deque<Key> left = new ArrayDeque<>(keys);
          while (!left.isEmpty()) {
            List<Node> batch = new ArrayList<>();
            try {
              for (Key key : List.copyOf(left)) {
                Node node = entries.tryLock(key, loading);
                if (node != null) {
                  left.remove(key);
                  batch.add(node);
                }
              }
              if (batch.isEmpty()) {
                batch.add(entries.lock(left.remove(), loading));
              }
              work.accept(batch);
            } finally {
              List.copyOf(batch).forEach(node -> release(batch, node));
            }
          }
        });
  }

  private void release(List<Node> batch, Node node) {
    batch.remove(node);
    entries.unlock(node);
  }

  // ------------------------------------------------------------------------------------------
  // loader

  void loadMissing(Collection<Key> keys, BiConsumer<Key, Val> found) {
    run(
        keys,
        true,
        batch -> {
          List<Node> absent = new ArrayList<>();
          for (Node node : List.copyOf(batch)) {
            Object current = entries.current(node);
            if (current == null) {
              absent.add(node);
            } else {
              release(batch, node);
              found.accept(node.key, values.given(current));
            }
          }
          if (!absent.isEmpty()) {
            loadAbsent(batch, absent, found);
          }
        });
  }

  private void loadAbsent(List<Node> batch, List<Node> absent, BiConsumer<Key, Val> found) {
    Map<Key, Val> loaded = ask(absent);
    for (Node node : absent) {
      Val value = loaded.get(node.key);
      Object stored = value == null ? null : updates.storeLoaded(node, value);
      release(batch, node);
      if (stored != null) {
        found.accept(node.key, values.given(stored));
      }
    }
  }

  private void reload(Collection<Key> keys) {
    run(
        keys,
        true,
        batch -> {
          batch.forEach(entries::beginAsking);
          Map<Key, Val> loaded = ask(batch);
          for (Node node : List.copyOf(batch)) {
            Object current = entries.current(node);
            Val value = loaded.get(node.key);
            if (value != null && current == null) {
              updates.storeLoaded(node, value);
            } else if (value != null && current != null) {
              replace(node, current, value);
            }
            release(batch, node);
          }
        });
  }

  /** What a clear has met is told to nobody. */
  private void replace(Node node, Object current, Val value) {
    Object stored = values.stored(value);
    int weight = values.weigh(node.key, value);
    long duration = values.update();
    if (!node.dead) {
      updates.commit(node, current, stored, weight, duration);
    }
  }

  private Map<Key, Val> ask(List<Node> nodes) {
    Set<Key> keys = new LinkedHashSet<>();
    nodes.forEach(node -> keys.add(node.key));
    if (world.plugIns.loader == null) {
      return Map.of();
    }
    Map<Key, Val> loaded = null;
    try {
      loaded = world.plugIns.loader.loadAll(keys);
    } catch (Exception e) {
      throw ModelUpdates.loaderFailure(e);
    } finally {
      entries.counts.load(keys.size(), loaded != null);
    }
    return loaded == null ? Map.of() : loaded;
  }

  void loadAll(Collection<Key> keys, boolean replace, @Nullable CompletionListener listener) {
    if (world.plugIns.loader == null) {
      complete(listener, null);
      return;
    }
    try {
      world.plugIns.executor.execute(() -> complete(listener, attempt(keys, replace)));
    } catch (Throwable e) {
      complete(
          listener, new CacheException("cache '" + Settings.CACHE + "': its executor failed", e));
    }
  }

  private @Nullable Throwable attempt(Collection<Key> keys, boolean replace) {
    try {
      if (replace) {
        reload(keys);
      } else {
        loadMissing(keys, (key, value) -> {});
      }
      return null;
    } catch (Throwable e) {
      return e;
    }
  }

  private static void complete(@Nullable CompletionListener listener, @Nullable Throwable failure) {
    if (listener == null) {
      return;
    }
    try {
      if (failure == null) {
        listener.onCompletion();
      } else if (failure instanceof Exception exception) {
        listener.onException(exception);
      } else {
        listener.onException(
            new CacheException("cache '" + Settings.CACHE + "': loading failed", failure));
      }
    } catch (Throwable e) {
      // logged
    }
  }

  // ------------------------------------------------------------------------------------------
  // writer

  private record Planned(
      Node node,
      Cache.Entry<Key, Val> told,
      @Nullable Object current,
      Object stored,
      int weight,
      long duration) {}

  void putAll(Map<Key, Val> map) {
    Map<Key, Object> stored = new LinkedHashMap<>();
    map.forEach((key, value) -> stored.put(key, values.stored(value)));
    run(map.keySet(), false, batch -> put(batch, map, stored));
  }

  private void put(List<Node> batch, Map<Key, Val> map, Map<Key, Object> stored) {
    List<Planned> plan = new ArrayList<>();
    for (Node node : batch) {
      Val value = map.get(node.key);
      Object form = stored.get(node.key);
      Object current = entries.current(node);
      int weight = values.weigh(node.key, value);
      long duration = current == null ? values.creation() : values.update();
      plan.add(new Planned(node, new ModelEntry(node.key, value), current, form, weight, duration));
    }
    List<Cache.Entry<? extends Key, ? extends Val>> left = new ArrayList<>();
    plan.forEach(planned -> left.add(planned.told));
    Throwable failure =
        attempt(
            () -> {
              if (world.plugIns.writer != null) {
                world.plugIns.writer.writeAll(left);
              }
            });
    Set<Object> unwritten = unfinished(failure, left);
    int puts = 0;
    for (Planned each : plan) {
      if (!unwritten.contains(each.told)
          && updates.commit(each.node, each.current, each.stored, each.weight, each.duration)) {
        puts++;
      }
      release(batch, each.node);
    }
    entries.counts.puts += entries.counts.enabled ? puts : 0;
    rethrow(failure);
  }

  void removeAll(Collection<Key> keys) {
    run(keys, false, this::remove);
  }

  private void remove(List<Node> batch) {
    List<Object> left = new ArrayList<>();
    batch.forEach(node -> left.add(node.key));
    Throwable failure =
        attempt(
            () -> {
              if (world.plugIns.writer != null) {
                world.plugIns.writer.deleteAll(left);
              }
            });
    Set<Object> undeleted = failure == null ? Set.of() : Set.copyOf(left);
    int removals = 0;
    for (Node node : List.copyOf(batch)) {
      Object current = undeleted.contains(node.key) ? null : entries.current(node);
      if (current != null) {
        updates.remove(node, current);
        removals++;
      }
      release(batch, node);
    }
    entries.counts.removals += entries.counts.enabled ? removals : 0;
    rethrow(failure);
  }

  private static Set<Object> unfinished(@Nullable Throwable failure, Collection<?> left) {
    Set<Object> unfinished = Collections.newSetFromMap(new IdentityHashMap<>());
    if (failure != null) {
      unfinished.addAll(left);
    }
    return unfinished;
  }

  private static @Nullable Throwable attempt(Runnable call) {
    try {
      call.run();
      return null;
    } catch (Exception e) {
      return ModelUpdates.writerFailure(e);
    } catch (Error e) {
      return e;
    }
  }

  private static void rethrow(@Nullable Throwable failure) {
    if (failure != null) {
      Failures.raise(failure);
    }
  }
}
