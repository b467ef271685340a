package org.theine.jcache;

import javax.cache.Cache;

/** Lets tests of other packages audit a cache. Stateless. */
public final class CacheAudit {
  private CacheAudit() {}

  /**
   * Walks all structures of a cache.
   *
   * @param cache one of this provider
   * @throws AssertionError if they disagree
   */
  public static void audit(Cache<?, ?> cache) {
    cache.unwrap(TheineCache.class).audit();
  }
}
