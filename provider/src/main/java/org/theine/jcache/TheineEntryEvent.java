package org.theine.jcache;

import javax.cache.Cache;
import javax.cache.event.CacheEntryEvent;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.event.EntryEvent;

/**
 * An event as one listener sees it. By value every call gives an object of its own: what a listener
 * does to it reaches nobody.
 *
 * @param <K> the type of the key
 * @param <V> the type of the value
 */
final class TheineEntryEvent<K, V> extends CacheEntryEvent<K, V>
    implements TheineCacheEntryEvent<K, V> {
  private static final long serialVersionUID = 1L;

  private final transient CacheParts<K, V> parts;
  private final transient EntryEvent<K> event;

  /** Null if the event tells of no end. */
  private final transient @Nullable RemovalCause cause;

  /** Whether the listener asked for the old value. */
  private final transient boolean withOldValue;

  TheineEntryEvent(
      Cache<K, V> source,
      CacheParts<K, V> parts,
      EntryEvent<K> event,
      boolean withOldValue,
      @Nullable RemovalCause cause) {
    super(source, event.kind().type());
    this.parts = parts;
    this.event = event;
    this.withOldValue = withOldValue;
    this.cause = cause;
  }

  @Override
  public K getKey() {
    return parts.givenKey(event.key());
  }

  @Override
  public @Nullable V getValue() {
    boolean hasEnded =
        cause != null; // then the value is the old one, and told only to who asked for that
    return hasEnded ? getOldValue() : given(event.value());
  }

  @Override
  public @Nullable V getOldValue() {
    return isOldValueAvailable() ? given(event.oldValue()) : null;
  }

  @Override
  public boolean isOldValueAvailable() {
    return withOldValue && event.oldValue() != null;
  }

  private @Nullable V given(@Nullable Object stored) {
    return stored == null ? null : parts.given(stored);
  }

  @Override
  public RemovalCause cause() {
    if (cause == null) {
      throw new IllegalStateException("an event of type " + getEventType() + " tells of no end");
    }
    return cause;
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    return CacheEntry.unwrap(this, type);
  }
}
