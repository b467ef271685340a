package org.theine.jcache.simulation;

import javax.cache.Cache;

/** A mapping that the model hands out. */
record ModelEntry(Key getKey, Val getValue) implements Cache.Entry<Key, Val> {
  @Override
  public <T> T unwrap(Class<T> type) {
    return type.cast(this);
  }
}
