package org.theine.jcache.history;

import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import javax.cache.Cache;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import org.theine.jcache.Serializer;

/** What is plugged into caches and hands over to their subjects. */
final class Plugs {
  private Plugs() {}

  /** A copier of keys and values, which takes its time. */
  static Object copy(Object original) {
    Worker.pauseInside();
    return original instanceof Stamp stamp ? stamp.copy() : original;
  }

  /** A serialiser of values, which takes its time. */
  static final class Bytes implements Serializer {
    @Override
    public byte[] serialize(Object value) {
      Worker.pauseInside();
      return ((Stamp) value).toBytes();
    }

    @Override
    public Object deserialize(byte[] bytes) {
      Worker.pauseInside();
      return Stamp.of(bytes);
    }
  }

  /** Loads what the subject gives. */
  record Loader(Subject subject) implements CacheLoader<Key, Stamp> {
    @Override
    public Stamp load(Key key) {
      return subject.load(key);
    }

    @Override
    public Map<Key, Stamp> loadAll(Iterable<? extends Key> keys) {
      Map<Key, Stamp> loaded = new HashMap<>();
      keys.forEach(key -> loaded.put(key, subject.load(key)));
      return loaded;
    }
  }

  /** Writes to the subject. */
  record Writer(Subject subject) implements CacheWriter<Key, Stamp> {
    @Override
    public void write(Cache.Entry<? extends Key, ? extends Stamp> entry) {
      subject.write(entry.getKey(), entry.getValue());
    }

    @Override
    public void writeAll(Collection<Cache.Entry<? extends Key, ? extends Stamp>> entries) {
      for (Iterator<Cache.Entry<? extends Key, ? extends Stamp>> left = entries.iterator();
          left.hasNext(); ) {
        write(left.next());
        left.remove();
      }
    }

    @Override
    public void delete(Object key) {
      subject.delete((Key) key);
    }

    @Override
    public void deleteAll(Collection<?> keys) {
      for (Iterator<?> left = keys.iterator(); left.hasNext(); ) {
        delete(left.next());
        left.remove();
      }
    }
  }
}
