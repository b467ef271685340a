package org.theine.jcache.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives entries the dense numbers by which policy and wheel know them. {@link #get} and {@link
 * #length} may be called without a lock, the rest requires the shard lock.
 */
final class Slots<K, V> {
  private static final int FIRST_LENGTH = 16;
  private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(Entry[].class);

  /**
   * Replaced by a longer copy as it fills. Elements are written with release and read with acquire.
   */
  private volatile Entry<K, V> @Nullable [] entries = newArray(0);

  /** Entries keep their slots up to this one themselves. */
  private final int largestKept;

  /**
   * The slots of the entries beyond, null until there are any: of more than sixteen million in one
   * shard. They take some forty bytes more each, and looks at them are not told to the policy.
   */
  private @Nullable Map<Entry<K, V>, Integer> beyond;

  /** Free slots below {@link #used}, the last one freed first. */
  private int[] free = {};

  private int freeCount;

  /** Slots from here on were never given. */
  private int used;

  /** The number of entries; written under the shard lock, read by anybody. */
  private volatile int size;

  Slots() {
    this(Entry.LARGE_SLOT - 1);
  }

  /** For tests, which cannot fill as many. */
  Slots(int largestKept) {
    this.largestKept = largestKept;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static <K, V> Entry<K, V> @Nullable [] newArray(int length) {
    return (Entry<K, V>[]) new Entry[length];
  }

  /** The entry in a slot, or null if it is free. */
  @SuppressWarnings("unchecked")
  @Nullable Entry<K, V> get(int slot) {
    Entry<K, V>[] array = entries;
    return slot < array.length ? (Entry<K, V>) ELEMENT.getAcquire(array, slot) : null;
  }

  /** One more than the largest slot that may be in use. */
  int length() {
    return entries.length;
  }

  /** The number of entries; without a lock perhaps out of date. */
  int size() {
    return size;
  }

  /** The slot of an entry that has one. */
  int of(Entry<K, V> entry) {
    int slot = entry.slot();
    return slot != Entry.LARGE_SLOT || beyond == null ? slot : beyond.get(entry);
  }

  /** Gives a slot to an entry that has none. */
  int put(Entry<K, V> entry) {
    int slot = freeCount > 0 ? free[freeCount - 1] : used;
    Entry<K, V>[] array = entries;
    if (slot == array.length) { // if there is no memory for it nothing has changed yet
      array = Arrays.copyOf(array, Math.max(FIRST_LENGTH, slot + (slot >> 2)));
      entries = array;
    }
    if (slot > largestKept) {
      beyond = beyond == null ? new IdentityHashMap<>() : beyond;
      beyond.put(entry, slot);
    }
    if (freeCount > 0) {
      freeCount--;
    } else {
      used++;
    }
    entry.setSlot(slot <= largestKept ? slot : Entry.LARGE_SLOT);
    size = used - freeCount;
    ELEMENT.setRelease(array, slot, entry);
    return slot;
  }

  /**
   * Makes sure that the next {@link #remove} needs no memory: whoever cannot go back any more calls
   * this before, so that nothing has changed if there is none.
   */
  void prepareRemove() {
    if (freeCount == free.length) {
      free = Arrays.copyOf(free, Math.max(FIRST_LENGTH, freeCount + (freeCount >> 2)));
    }
  }

  void remove(Entry<K, V> entry) {
    prepareRemove();
    int slot = of(entry);
    entry.setSlot(Entry.NO_SLOT);
    if (beyond != null) {
      beyond.remove(entry);
    }
    ELEMENT.setRelease(entries, slot, null);
    free[freeCount++] = slot;
    size = used - freeCount;
  }

  /** Gives the memory back once no entry is left. */
  void trim() {
    if (size == 0) {
      entries = newArray(0);
      beyond = null;
      free = new int[0];
      freeCount = 0;
      used = 0;
    }
  }
}
