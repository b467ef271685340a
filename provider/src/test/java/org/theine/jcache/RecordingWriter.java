package org.theine.jcache;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import javax.cache.Cache;
import javax.cache.integration.CacheWriter;

/**
 * Writes down what it is told, as {@code "write 1=a"} and {@code "delete 1"}, and fails on request.
 * Takes from a collection what it has written. Safe for use by several threads.
 */
final class RecordingWriter<K, V> implements CacheWriter<K, V> {
  private final List<String> told = new ArrayList<>();
  private Predicate<Object> failing = key -> false;

  /** From now on it fails for these keys, with an {@link ArithmeticException}. */
  synchronized void failFor(Predicate<Object> keys) {
    failing = keys;
  }

  /** What was told since the last call. */
  synchronized List<String> take() {
    List<String> taken = List.copyOf(told);
    told.clear();
    return taken;
  }

  @Override
  public synchronized void write(Cache.Entry<? extends K, ? extends V> entry) {
    requireGood(entry.getKey());
    told.add("write " + entry.getKey() + "=" + entry.getValue());
  }

  @Override
  public synchronized void writeAll(Collection<Cache.Entry<? extends K, ? extends V>> entries) {
    for (Iterator<Cache.Entry<? extends K, ? extends V>> left = entries.iterator();
        left.hasNext(); ) {
      write(left.next());
      left.remove();
    }
  }

  @Override
  public synchronized void delete(Object key) {
    requireGood(key);
    told.add("delete " + key);
  }

  @Override
  public synchronized void deleteAll(Collection<?> keys) {
    for (Iterator<?> left = keys.iterator(); left.hasNext(); ) {
      delete(left.next());
      left.remove();
    }
  }

  private void requireGood(Object key) {
    if (failing.test(key)) {
      throw new ArithmeticException("the writer fails for " + key);
    }
  }
}
