package org.theine.jcache;

/**
 * What this provider knows of an event beyond {@link javax.cache.event.CacheEntryEvent}. Every
 * event of this provider that tells of an entry's end can be unwrapped to it:
 *
 * <pre>{@code
 * RemovalCause cause = event.unwrap(TheineCacheEntryEvent.class).cause();
 * }</pre>
 *
 * <p>Immutable, so safe for use by any thread. Source: this provider.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public interface TheineCacheEntryEvent<K, V> {

  /**
   * Returns why the entry left the cache.
   *
   * @return the cause, never null
   * @throws IllegalStateException if the event tells of no end: a created or updated entry
   */
  RemovalCause cause();
}
