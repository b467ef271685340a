package org.theine.jcache.event;

import javax.cache.event.EventType;

/** What happened to an entry. Finer than JCache's type, which knows no eviction. */
public enum EventKind {
  /** A key got a value that had none. */
  CREATED(EventType.CREATED),
  /** A key got another value. */
  UPDATED(EventType.UPDATED),
  /** An operation removed the entry. */
  REMOVED(EventType.REMOVED),
  /** The entry's deadline has passed. */
  EXPIRED(EventType.EXPIRED),
  /** The entry left to keep the bound of the cache. */
  EVICTED(EventType.REMOVED);

  private final EventType type;

  EventKind(EventType type) {
    this.type = type;
  }

  /**
   * Returns how JCache names it.
   *
   * @return the type
   */
  public EventType type() {
    return type;
  }

  /**
   * Whether no operation on the key caused it, so that a listener's failure has nobody to go to.
   */
  boolean isUncalled() {
    return this == EXPIRED || this == EVICTED;
  }
}
