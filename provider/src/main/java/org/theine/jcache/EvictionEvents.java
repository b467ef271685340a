package org.theine.jcache;

/**
 * Who is told when an entry is evicted to keep the cache within its bound. JCache has no event type
 * for evictions; {@link CacheEntryEvictedListener} is this provider's addition.
 */
public enum EvictionEvents {
  /**
   * An eviction is told to every {@link javax.cache.event.CacheEntryRemovedListener}, as a {@link
   * javax.cache.event.EventType#REMOVED} event, and to every {@link CacheEntryEvictedListener}. The
   * default.
   */
  REMOVED,

  /** An eviction is told to every {@link CacheEntryEvictedListener} and to nobody else. */
  EVICTED_ONLY,

  /** An eviction is told to nobody; it is only counted. */
  NONE
}
