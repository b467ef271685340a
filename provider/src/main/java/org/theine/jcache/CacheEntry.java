package org.theine.jcache;

import javax.cache.Cache;

/** A mapping as the iterator hands it out: a snapshot. Immutable, as far as key and value are. */
final class CacheEntry<K, V> implements Cache.Entry<K, V> {
  private final K key;
  private final V value;

  CacheEntry(K key, V value) {
    this.key = key;
    this.value = value;
  }

  @Override
  public K getKey() {
    return key;
  }

  @Override
  public V getValue() {
    return value;
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    return unwrap(this, type);
  }

  /** The rule of all unwrap methods: the object itself or nothing. */
  static <T> T unwrap(Object object, Class<T> type) {
    if (!type.isInstance(object)) {
      throw new IllegalArgumentException(
          "a " + object.getClass().getName() + " cannot be unwrapped to " + type.getName());
    }
    return type.cast(object);
  }
}
