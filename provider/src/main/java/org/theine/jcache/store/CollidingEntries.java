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
   * compared, or whose comparison fails when they are added, form one long chain; nothing better can be
   * done for them, and their neighbours are not slowed.
   *
   * compareTo of the user's keys runs here under the shard lock, as equals does: for equal hashes only.
   * Whatever it throws is done without, since nobody can be told half-way through a change: the place is
   * then sought one by one. A node is taken out of its place without a comparison, and a place that is
   * empty but cannot be taken out does no harm.
   */

  /** The chain of the keys that compare as equal; changed under the shard lock, read without. */
  private static final class Place<K, V> {
    volatile @Nullable Entry<K, V> head;
  }

  /** Places by class and order; changed under the shard lock and read without. */
  private final ConcurrentSkipListMap<Ordered, Place<K, V>> ordered = new ConcurrentSkipListMap<>();

  /** Head of the chain of keys that cannot be compared. Written under the shard lock. */
  private volatile @Nullable Entry<K, V> unordered;

  /** Nodes in all chains; guarded by the shard lock. */
  private int size;

  /**
   * Keys of several classes are here, or some that could not be compared. Written under the shard
   * lock, before the key that makes it so is linked and before {@link #onlyType}; read without.
   */
  private volatile boolean mixed;

  /**
   * The class of the key added last if it is comparable, else null; unless they are mixed, that of
   * all. Written under the shard lock, before the key is linked; read without, before {@link
   * #mixed}.
   */
  private volatile @Nullable Class<?> onlyType;

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

  CollidingEntries(int hash) {
    super(null, hash, 0);
  }

  /** The node of the key, or null. */
  @Nullable Entry<K, V> find(Object key) {
    Class<?> type = comparableType(key);
    @Nullable Entry<K, V> head;
    try {
      head = type == null ? unordered : headOf(ordered.get(new Ordered(type, key)));
    } catch (Throwable e) { // the user's comparison fails
      return findAnywhere(key);
    }
    Entry<K, V> found = in(head, key);
    return found != null || !mayLieElsewhere(type) ? found : findAnywhere(key);
  }

  /**
   * Whether a key of another class than the one that is looked up may be here, which may equal it.
   * Read in this order: a reader that sees the class of a key just added sees, too, that it is not
   * the only one.
   */
  private boolean mayLieElsewhere(@Nullable Class<?> type) {
    return type != onlyType || mixed;
  }

  private static <K, V> @Nullable Entry<K, V> headOf(@Nullable Place<K, V> place) {
    return place == null ? null : place.head;
  }

  /**
   * Keys of another class may be equal too, and those whose comparison fails lie with the others.
   */
  private @Nullable Entry<K, V> findAnywhere(Object key) {
    Entry<K, V> found = in(unordered, key);
    for (Place<K, V> place : ordered.values()) {
      found = found == null ? in(place.head, key) : found;
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

  void add(Entry<K, V> entry) {
    Class<?> type = comparableType(entry.key());
    mixed |= !isEmpty() && (type == null || type != onlyType);
    onlyType = type;
    Place<K, V> place = type == null ? null : placeFor(type, entry.key());
    if (place == null) {
      entry.setNext(unordered);
      unordered = entry;
    } else {
      entry.setNext(place.head);
      place.head = entry;
    }
    size++;
  }

  /** Where the key belongs; null if the user's comparison fails. */
  private @Nullable Place<K, V> placeFor(Class<?> type, Object key) {
    try {
      return ordered.computeIfAbsent(new Ordered(type, key), absent -> new Place<>());
    } catch (Throwable e) { // perhaps there is an empty place now
      mixed = true;
      return null;
    }
  }

  void remove(Entry<K, V> entry) {
    Class<?> type = comparableType(entry.key());
    Ordered order = type == null ? null : new Ordered(type, entry.key());
    Place<K, V> place = order == null ? null : placeOf(order, entry);
    if (place == null) {
      unordered = without(entry, unordered);
    } else {
      place.head = without(entry, place.head);
      if (order != null && place.head == null) {
        dropEmpty(order, place);
      }
    }
    size--;
  }

  /** Where the entry lies; null if it is among those that cannot be compared. */
  private @Nullable Place<K, V> placeOf(Ordered order, Entry<K, V> entry) {
    try {
      Place<K, V> place = ordered.get(order);
      return contains(headOf(place), entry) ? place : sought(entry);
    } catch (Throwable e) { // the user's comparison fails
      return sought(entry);
    }
  }

  private @Nullable Place<K, V> sought(Entry<K, V> entry) {
    for (Place<K, V> place : ordered.values()) {
      if (contains(place.head, entry)) {
        return place;
      }
    }
    return null;
  }

  private void dropEmpty(Ordered order, Place<K, V> place) {
    try {
      ordered.remove(order, place);
    } catch (Throwable e) {
      assert place.head == null : "the user's comparison fails: the place stays, and is empty";
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
    return size == 0;
  }

  void forEach(Consumer<Entry<K, V>> action) {
    ordered.values().forEach(place -> walk(place.head, action));
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
    throw new AssertionError("not linked: an entry in slot " + entry.slot());
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
