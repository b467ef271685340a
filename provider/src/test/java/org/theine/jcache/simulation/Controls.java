package org.theine.jcache.simulation;

import java.util.Iterator;
import javax.cache.Cache;

/** A cache, or its model, and what the simulation does to it beyond JCache. For one thread. */
interface Controls {
  Cache<Key, Val> cache();

  Iterator<Cache.Entry<Key, Val>> iterator();

  /**
   * Closes the cache in one of the ways there are.
   *
   * @param way by itself, its manager or its provider, from 0 to 3
   */
  void end(int way);

  void expireNow();

  /** What the thread does that lets entries expire. */
  void tick();

  void setMaximum(long maximum);

  void enableStatistics(boolean enabled);

  void clearStatistics();
}
