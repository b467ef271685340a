package org.theine.jcache.store;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of one hash in a chain, once they are many: ordered where the keys are Comparable, else
 * one after the other. {@link #find} may be called without a lock, the rest requires the shard
 * lock.
 */
final class CollidingEntries<K, V> extends Entry<K, V> {
  /*
   * Keys of one class that is Comparable to itself lie in a skip list for each such class, since keys of
   * different classes cannot be compared. Order decides only where to look and equals whether it is the
   * key: keys that compare as equal without being so share a place, as a chain. Keys that cannot be
   * compared form one long chain; nothing better can be done for them, and their neighbours are not slowed.
   *
   * compareTo of the user's keys runs here under the shard lock, as equals does: for equal hashes only.
   */

  /**
   * Heads of chains by class and order; a chain is changed under the shard lock and read without.
   */
  private final ConcurrentSkipListMap<Ordered, Entry<K, V>> ordered = new ConcurrentSkipListMap<>();

  /** Head of the chain of keys that cannot be compared. Written under the shard lock. */
  private volatile @Nullable Entry<K, V> unordered;

  /** A key and its class, in the order of class names and then of the keys. */
  private record Ordered(Class<?> type, Object key) implements Comparable<Ordered> {
    @Override
    @SuppressWarnings("unchecked")
    public int compareTo(Ordered other) {
      if (type == other.type) {
        return ((Comparable<Object>) key).compareTo(other.key);
      }
      int byName = type.getName().compareTo(other.type.getName());
      // equal names of two class loaders
      return byName != 0
          ? byName
          : Integer.compare(System.identityHashCode(type), System.identityHashCode(other.type));
    }
  }

  CollidingEntries(long hash) {
    super(null, hash, 0);
  }

  /** The node of the key, or null. */
  @Nullable Entry<K, V> find(Object key) {
    Class<?> type = comparableType(key);
    Entry<K, V> head = type == null ? unordered : ordered.get(new Ordered(type, key));
    for (Entry<K, V> e = head; e != null; e = e.next()) {
      if (e.key == key || key.equals(e.key)) {
        return e;
      }
    }
    return null;
  }

  void add(Entry<K, V> entry) {
    Class<?> type = comparableType(entry.key());
    if (type == null) {
      entry.setNext(unordered);
      unordered = entry;
    } else {
      Ordered place = new Ordered(type, entry.key());
      entry.setNext(ordered.get(place));
      ordered.put(place, entry);
    }
  }

  void remove(Entry<K, V> entry) {
    Class<?> type = comparableType(entry.key());
    if (type == null) {
      unordered = without(entry, unordered);
      return;
    }
    Ordered place = new Ordered(type, entry.key());
    Entry<K, V> head = without(entry, ordered.get(place));
    if (head == null) {
      ordered.remove(place);
    } else {
      ordered.put(place, head);
    }
  }

  boolean isEmpty() {
    return unordered == null && ordered.isEmpty();
  }

  void forEach(Consumer<Entry<K, V>> action) {
    ordered.values().forEach(head -> walk(head, action));
    walk(unordered, action);
  }

  private static <K, V> void walk(@Nullable Entry<K, V> head, Consumer<Entry<K, V>> action) {
    for (Entry<K, V> e = head; e != null; ) {
      Entry<K, V> following = e.next();
      action.accept(e);
      e = following;
    }
  }

  /** Takes the entry out of a chain; the head afterwards. */
  private static <K, V> @Nullable Entry<K, V> without(
      Entry<K, V> entry, @Nullable Entry<K, V> head) {
    if (head == entry) {
      return entry.next();
    }
    for (Entry<K, V> e = head; e != null; e = e.next()) {
      if (e.next() == entry) {
        e.setNext(entry.next());
        return head;
      }
    }
    throw new AssertionError("not linked: an entry in slot " + entry.slot);
  }

  /** The class of the key if it is comparable to itself, else null. */
  private static @Nullable Class<?> comparableType(Object key) {
    if (!(key instanceof Comparable<?>)) {
      return null;
    }
    Class<?> type = key.getClass();
    if (type == String.class) {
      return type;
    }
    for (Type implemented : type.getGenericInterfaces()) {
      if (implemented instanceof ParameterizedType generic
          && generic.getRawType() == Comparable.class
          && generic.getActualTypeArguments().length == 1
          && generic.getActualTypeArguments()[0] == type) {
        return type;
      }
    }
    return null;
  }
}
