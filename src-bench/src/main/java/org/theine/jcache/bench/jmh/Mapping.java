package org.theine.jcache.bench.jmh;

import org.jspecify.annotations.Nullable;

/** What is measured, so that each benchmark is written once. A run has one implementation. */
public interface Mapping {
  @Nullable Object get(Object key);

  void put(Object key, Object value);

  boolean remove(Object key);
}
