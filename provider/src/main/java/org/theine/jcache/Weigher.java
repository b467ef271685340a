package org.theine.jcache;

/**
 * Tells how much of a cache's maximum weight an entry takes. The unit is the caller's choice, as
 * long as {@link TheineConfiguration#setMaximumWeight} uses the same; for {@link
 * TheineConfiguration#setMaximumBytes} it is bytes.
 *
 * <p>An entry is weighed once for each value it is given, before the value is stored and before a
 * writer is called, and never again: a value that grows inside the cache keeps its old weight.
 *
 * <p>A weigher is called by many threads at once, so it must be thread-safe; it must not call the
 * cache. A weigher that throws, or answers with a negative weight, fails the operation with a
 * {@link javax.cache.CacheException} and leaves cache and store as they were. Source: this
 * provider; the JCache specification knows no bounds.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
@FunctionalInterface
public interface Weigher<K, V> {

  /**
   * Returns the weight of an entry.
   *
   * @param key the key, never null
   * @param value the value, never null
   * @return the weight, zero or more; an entry of weight zero costs nothing and is never evicted
   */
  int weigh(K key, V value);
}
