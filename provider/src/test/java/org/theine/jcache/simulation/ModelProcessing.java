package org.theine.jcache.simulation;

import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.MutableEntry;
import org.jspecify.annotations.Nullable;

/** Entry processors of the model. */
final class ModelProcessing {
  private final World world;
  private final ModelEntries entries;
  private final ModelValues values;
  private final ModelUpdates updates;

  ModelProcessing(ModelEntries entries, ModelUpdates updates) {
    this.world = entries.world;
    this.entries = entries;
    this.values = entries.values;
    this.updates = updates;
  }

  <T> @Nullable T invoke(Key key, EntryProcessor<Key, Val, T> processor, Object... arguments) {
    return entries.events.around(
        () -> {
          Node node = entries.lock(key, false);
          try {
            Object current = entries.current(node);
            entries.counts.look(current != null);
            Handle handle = new Handle(key, current);
            T result = process(processor, handle, arguments);
            commit(node, current, handle);
            return result;
          } finally {
            entries.unlock(node);
          }
        });
  }

  private <T> @Nullable T process(
      EntryProcessor<Key, Val, T> processor, Handle handle, Object... arguments) {
    try {
      return processor.process(handle, arguments);
    } catch (EntryProcessorException e) {
      throw e;
    } catch (Exception e) {
      throw new EntryProcessorException("processor of cache '" + Settings.CACHE + "'", e);
    } finally {
      handle.ended = true;
    }
  }

  /** The net effect of all that the processor did. */
  private void commit(Node node, @Nullable Object current, Handle handle) {
    Val value = handle.value;
    Object stored = handle.stored;
    if (value != null && stored != null && handle.set) {
      int weight = values.weigh(node.key, value);
      long duration = current == null ? values.creation() : values.update();
      if (world.plugIns.writer != null) {
        updates.write(node.key, values.given(stored));
      }
      entries.counts.put(updates.commit(node, current, stored, weight, duration));
    } else if (value != null && stored != null) {
      updates.load(node, stored, values.weigh(node.key, value));
    } else if (handle.removed) {
      updates.delete(node.key);
      if (current != null) {
        updates.remove(node, current);
        entries.counts.removal(true);
      }
    } else if (handle.read) {
      entries.touch(node);
    }
  }

  /** What the processor sees. */
  private final class Handle implements MutableEntry<Key, Val> {
    private final Key key;
    private final @Nullable Object current;

    /** Set or loaded. */
    private @Nullable Val value;

    private @Nullable Object stored;
    private boolean set;
    private boolean removed;
    private boolean read;

    /** Whatever the processor makes of the entry next, it is not loaded any more. */
    private boolean asked;

    private boolean loaded;
    private boolean ended;

    Handle(Key key, @Nullable Object current) {
      this.key = key;
      this.current = current;
    }

    @Override
    public Key getKey() {
      return key;
    }

    @Override
    public boolean exists() {
      return stored != null || !removed && current != null;
    }

    @Override
    public @Nullable Val getValue() {
      requireRunning();
      if (stored != null) {
        return values.given(stored);
      }
      if (removed) {
        return null;
      }
      if (current != null) {
        read = true;
        return values.given(current);
      }
      if (asked || !world.settings.readThrough()) {
        return null;
      }
      asked = true;
      Val found = updates.ask(key);
      if (found == null) {
        return null;
      }
      Object form = values.stored(found);
      value = found;
      stored = form;
      loaded = true;
      return values.given(form);
    }

    @Override
    public void setValue(Val newValue) {
      requireRunning();
      stored = values.stored(newValue);
      value = newValue;
      set = true;
    }

    @Override
    public void remove() {
      requireRunning();
      boolean onlySetHere = current == null && stored != null && !loaded;
      removed = !onlySetHere;
      asked = true;
      value = null;
      stored = null;
      set = false;
    }

    private void requireRunning() {
      if (ended) {
        throw new IllegalStateException("cache '" + Settings.CACHE + "': the processor has ended");
      }
    }

    @Override
    public <T> T unwrap(Class<T> type) {
      return type.cast(this);
    }
  }
}
