package org.theine.jcache;

import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryListener;
import javax.cache.event.CacheEntryListenerException;

/**
 * Is told of evictions: entries that left because the cache was beyond its maximum size or weight.
 * Registered like any other listener, by a {@link
 * javax.cache.configuration.CacheEntryListenerConfiguration}; one object may implement this and the
 * listener types of JCache together.
 *
 * <p>The events are of type {@link javax.cache.event.EventType#REMOVED}. With {@link
 * EvictionEvents#NONE} it is never called. An object that is also a {@link
 * javax.cache.event.CacheEntryRemovedListener} hears of an eviction here alone, not twice.
 *
 * <p>A synchronous one is told before the operation that caused the eviction returns, except while
 * another operation is telling of the same key, which then tells of the eviction too: no operation
 * waits for a listener of another key.
 *
 * <p>What it throws is logged and goes to nobody: an eviction is not what the caller asked for.
 * Source: this provider.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
@FunctionalInterface
public interface CacheEntryEvictedListener<K, V> extends CacheEntryListener<K, V> {

  /**
   * Called after entries were evicted.
   *
   * @param events the evicted entries, in the order of eviction for each key, never null
   * @throws CacheEntryListenerException if the listener fails; it is logged
   */
  void onEvicted(Iterable<CacheEntryEvent<? extends K, ? extends V>> events)
      throws CacheEntryListenerException;
}
