package org.theine.jcache.races;

import java.io.Closeable;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import javax.cache.Cache;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import org.jspecify.annotations.Nullable;

/**
 * The store behind a cache. Two calls for one key at the same time are a misfit: the cache promises
 * that a key is loaded and written by one operation at a time. Safe for use by several threads.
 */
final class Behind {
  private final AtomicIntegerArray stored = new AtomicIntegerArray(Answers.KEYS + 1);
  private final AtomicIntegerArray busy = new AtomicIntegerArray(Answers.KEYS + 1);
  private final Queue<String> misfits;
  final AtomicInteger closed = new AtomicInteger();

  Behind(Queue<String> misfits) {
    this.misfits = misfits;
  }

  int stored(int key) {
    return stored.get(key);
  }

  void set(int key, int value) {
    stored.set(key, value);
  }

  private void enter(int key) {
    if (busy.getAndIncrement(key) != 0) {
      misfits.add("two calls of loader or writer at the same time for key " + key);
    }
  }

  private void leave(int key) {
    busy.decrementAndGet(key);
  }

  final class Loader implements CacheLoader<Key, Box>, Closeable {
    @Override
    public @Nullable Box load(Key key) {
      enter(key.number);
      try {
        int value = stored.get(key.number);
        Callback.LOADER.reached();
        return value == KeyState.NOTHING ? null : new Box(value);
      } finally {
        leave(key.number);
      }
    }

    @Override
    public Map<Key, Box> loadAll(Iterable<? extends Key> keys) {
      keys.forEach(key -> enter(key.number));
      Map<Key, Box> loaded = new HashMap<>();
      keys.forEach(key -> loaded.put(key, new Box(stored.get(key.number))));
      loaded.values().removeIf(box -> box.number == KeyState.NOTHING);
      Callback.LOADER.reached();
      keys.forEach(key -> leave(key.number));
      return loaded;
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  final class Writer implements CacheWriter<Key, Box>, Closeable {
    private void put(int key, int value) {
      enter(key);
      Callback.WRITER.reached();
      stored.set(key, value);
      leave(key);
    }

    @Override
    public void write(Cache.Entry<? extends Key, ? extends Box> entry) {
      put(entry.getKey().number, entry.getValue().number);
    }

    @Override
    public void writeAll(Collection<Cache.Entry<? extends Key, ? extends Box>> entries) {
      for (Iterator<Cache.Entry<? extends Key, ? extends Box>> left = entries.iterator();
          left.hasNext(); ) {
        write(left.next());
        left.remove();
      }
    }

    @Override
    public void delete(Object key) {
      put(((Key) key).number, KeyState.NOTHING);
    }

    @Override
    public void deleteAll(Collection<?> keys) {
      for (Iterator<?> left = keys.iterator(); left.hasNext(); ) {
        delete(left.next());
        left.remove();
      }
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }
}
