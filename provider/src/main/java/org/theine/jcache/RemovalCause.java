package org.theine.jcache;

/**
 * Why an entry left a cache. Reached from an event by {@code
 * event.unwrap(TheineCacheEntryEvent.class).cause()}.
 */
public enum RemovalCause {
  /** A caller removed it: {@code remove}, {@code removeAll}, an entry processor, an iterator. */
  EXPLICIT,

  /** Its deadline, which the expiry policy had set, has passed. */
  EXPIRED,

  /** The cache had more entries than its maximum size, and the policy chose this one to leave. */
  SIZE,

  /** The entries weighed more than the maximum weight, and the policy chose this one to leave. */
  WEIGHT;

  /**
   * Tells whether the entry left to keep the cache within its bound.
   *
   * @return true for {@link #SIZE} and {@link #WEIGHT}
   */
  public boolean isEviction() {
    return this == SIZE || this == WEIGHT;
  }
}
