package org.theine.jcache.bench.speed;

import java.io.Serializable;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryUpdatedListener;

/** Hears of creations and updates, and does next to nothing. Thread-safe but for its count. */
final class Hearer
    implements CacheEntryCreatedListener<Object, Object>,
        CacheEntryUpdatedListener<Object, Object>,
        Serializable {
  private static final long serialVersionUID = 1;

  private long heard;

  @Override
  public void onCreated(Iterable<CacheEntryEvent<? extends Object, ? extends Object>> events) {
    events.forEach(event -> heard++);
  }

  @Override
  public void onUpdated(Iterable<CacheEntryEvent<? extends Object, ? extends Object>> events) {
    events.forEach(event -> heard++);
  }

  /** How many events it has heard of. */
  long heard() {
    return heard;
  }
}
