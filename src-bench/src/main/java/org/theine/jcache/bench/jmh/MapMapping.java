package org.theine.jcache.bench.jmh;

import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The measure of all: {@link ConcurrentHashMap}. */
public final class MapMapping implements Mapping {
  private final ConcurrentHashMap<Object, Object> map = new ConcurrentHashMap<>();

  @Override
  public @Nullable Object get(Object key) {
    return map.get(key);
  }

  @Override
  public void put(Object key, Object value) {
    map.put(key, value);
  }

  @Override
  public boolean remove(Object key) {
    return map.remove(key) != null;
  }
}
