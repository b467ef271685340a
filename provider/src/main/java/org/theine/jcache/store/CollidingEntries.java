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
   * compared, or whose comparison fails, form one long chain; nothing better can be done for them, and their neighbours are not slowed.
   *
   * compareTo of the user's keys runs here under the shard lock, as equals does: for equal hashes only.
   */

  /**
   * Heads of chains by class and order; a chain is changed under the shard lock and read without.
   */
  private final ConcurrentSkipListMap<Ordered, Entry<K, V>> ordered = new ConcurrentSkipListMap<>();

  /** Head of the chain of keys that cannot be compared. Written under the shard lock. */
  private volatile @Nullable Entry<K, V> unordered;

  /**
   * Keys of several classes are here, or some that could not be compared. Written under the shard
   * lock.
   */
  private volatile boolean mixed;

  /** The class of the key added last; guarded by the shard lock. */
  private @Nullable Class<?> onlyType;

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
    Entry<K, V> found = in(type == null ? unordered : head(new Ordered(type, key)), key);
    return found != null || !mixed ? found : findAnywhere(key);
  }

  /**
   * Keys of another class may be equal too, and those whose comparison fails lie with the others.
   */
  private @Nullable Entry<K, V> findAnywhere(Object key) {
    Entry<K, V> found = in(unordered, key);
    for (Entry<K, V> head : ordered.values()) {
      found = found == null ? in(head, key) : found;
    }
    return found;
  }

  private static <K, V> @Nullable Entry<K, V> in(@Nullable Entry<K, V> head, Object key) {
    for (Entry<K, V> e = head; e != null; e = e.next()) {
      if (e.key == key || key.equals(e.key)) {
        return e;
      }
    }
    return null;
  }

  /** What lies at a place, or null, also if the user's comparison fails. */
  private @Nullable Entry<K, V> head(Ordered place) {
    try {
      return ordered.get(place);
    } catch (RuntimeException e) {
      return null;
    }
  }

  void add(Entry<K, V> entry) {
    Class<?> type = comparableType(entry.key());
    mixed |= !isEmpty() && (type == null || type != onlyType);
    onlyType = type;
    if (type == null || !addOrdered(new Ordered(type, entry.key()), entry)) {
      entry.setNext(unordered);
      unordered = entry;
    }
  }

  /** False, and nothing done, if the user's comparison fails. */
  private boolean addOrdered(Ordered place, Entry<K, V> entry) {
    try {
      entry.setNext(ordered.get(place));
      ordered.put(place, entry);
      return true;
    } catch (RuntimeException e) {
      mixed = true;
      return false;
    }
  }

  void remove(Entry<K, V> entry) {
    Class<?> type = comparableType(entry.key());
    Ordered place = type == null ? null : new Ordered(type, entry.key());
    Entry<K, V> head = place == null ? null : head(place);
    if (place == null || !contains(head, entry)) {
      unordered = without(entry, unordered);
      return;
    }
    Entry<K, V> rest = without(entry, head);
    if (rest == null) {
      ordered.remove(place);
    } else {
      ordered.put(place, rest);
    }
  }

  private static <K, V> boolean contains(@Nullable Entry<K, V> head, Entry<K, V> entry) {
    for (Entry<K, V> e = head; e != null; e = e.next()) {
      if (e == entry) {
        return true;
      }
    }
    return false;
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
