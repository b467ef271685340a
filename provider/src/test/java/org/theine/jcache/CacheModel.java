package org.theine.jcache;

import java.util.HashMap;
import java.util.Map;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * What the operations of {@link CacheOperations} mean when they run one after the other on a cache
 * that nothing leaves unasked. Public, with methods of the same names and parameters, since
 * Lincheck calls them by reflection. For one thread.
 */
public class CacheModel {
  final Map<Integer, Integer> entries = new HashMap<>();

  /** As {@link Cache#get}. */
  public @Nullable Integer get(int key) {
    return entries.get(key);
  }

  /** As {@link Cache#containsKey}. */
  public boolean containsKey(int key) {
    return entries.containsKey(key);
  }

  /** As {@link Cache#put}. */
  public void put(int key, int value) {
    entries.put(key, value);
  }

  /** As {@link Cache#getAndPut}. */
  public @Nullable Integer getAndPut(int key, int value) {
    return entries.put(key, value);
  }

  /** As {@link Cache#putIfAbsent}. */
  public boolean putIfAbsent(int key, int value) {
    return entries.putIfAbsent(key, value) == null;
  }

  /** As {@link Cache#replace(Object, Object)}. */
  public boolean replace(int key, int value) {
    return entries.replace(key, value) != null;
  }

  /** As {@link Cache#replace(Object, Object, Object)}. */
  public boolean replaceIfEqual(int key, int expected, int value) {
    return entries.replace(key, expected, value);
  }

  /** As {@link Cache#getAndReplace}. */
  public @Nullable Integer getAndReplace(int key, int value) {
    return entries.replace(key, value);
  }

  /** As {@link Cache#remove(Object)}. */
  public boolean remove(int key) {
    return entries.remove(key) != null;
  }

  /** As {@link Cache#remove(Object, Object)}. */
  public boolean removeIfEqual(int key, int expected) {
    return entries.remove(key, expected);
  }

  /** As {@link Cache#getAndRemove}. */
  public @Nullable Integer getAndRemove(int key) {
    return entries.remove(key);
  }

  /** As {@link CacheOperations#increment}. */
  public @Nullable Integer increment(int key) {
    Integer before = entries.get(key);
    entries.put(key, before == null ? 1 : before + 1);
    return before;
  }

  /** As {@link CacheOperations#removeOdd}. */
  public @Nullable Integer removeOdd(int key) {
    Integer before = entries.get(key);
    if (before != null && before % 2 != 0) {
      entries.remove(key);
    }
    return before;
  }

  /** Nothing is due. */
  public void sweep() {}

  /** A cache that loads what is absent, see {@link CacheLincheckTest.ReadThrough}. */
  public static class Loading extends CacheModel {
    static int loaded(int key) {
      return 10 + key;
    }

    @Override
    public Integer get(int key) {
      return entries.computeIfAbsent(key, Loading::loaded);
    }

    @Override
    public Integer increment(int key) {
      int before = get(key);
      entries.put(key, before + 1);
      return before;
    }

    /** What was loaded only to be removed has never been there. */
    @Override
    public Integer removeOdd(int key) {
      int before = get(key);
      if (before % 2 != 0) {
        entries.remove(key);
      }
      return before;
    }
  }
}
