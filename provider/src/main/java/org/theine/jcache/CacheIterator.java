package org.theine.jcache;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.store.Entry;
import org.theine.jcache.store.EntryCursor;

/**
 * Walks the entries of a cache, weakly consistent: an entry that is there throughout is seen
 * exactly once, one that is removed and put anew meanwhile perhaps twice. For one thread; takes no
 * lock.
 */
final class CacheIterator<K, V> implements Iterator<Cache.Entry<K, V>> {
  private final CacheParts<K, V> parts;
  private final Consumer<K> remover;
  private final EntryCursor<K, Object> cursor;

  /** Found by hasNext and promised: next returns it whatever becomes of it meanwhile. */
  private @Nullable Entry<K, Object> found;

  private @Nullable Object foundValue;

  /** The key of the entry that next returned, until it is removed. */
  private @Nullable K last;

  CacheIterator(CacheParts<K, V> parts, Consumer<K> remover) {
    this.parts = parts;
    this.remover = remover;
    this.cursor = parts.store.cursor();
  }

  @Override
  public boolean hasNext() {
    parts.store.requireOpen();
    while (found == null) {
      Entry<K, Object> entry = cursor.next();
      if (entry == null) {
        return false;
      }
      Object value = parts.store.peek(entry);
      if (value != null) {
        found = entry;
        foundValue = value;
      }
    }
    return true;
  }

  @Override
  public Cache.Entry<K, V> next() {
    long started = parts.statistics.start();
    if (!hasNext()) {
      throw new NoSuchElementException("cache '" + parts.name + "' has no further entry");
    }
    Entry<K, Object> entry = found;
    Object pinned = foundValue;
    assert entry != null && pinned != null : "promised by hasNext";
    found = null;
    foundValue = null;
    Object value = parts.store.access(entry, parts.touch);
    parts.statistics.recordHits(1);
    if (started != 0) {
      parts.statistics.recordGetTime(System.nanoTime() - started);
    }
    last = entry.key();
    return new CacheEntry<>(
        parts.givenKey(entry.key()), parts.given(value == null ? pinned : value));
  }

  @Override
  public void remove() {
    parts.store.requireOpen();
    K key = last;
    if (key == null) {
      throw new IllegalStateException(
          "cache '" + parts.name + "': next must be called before remove, once for each");
    }
    last = null;
    remover.accept(key);
  }
}
