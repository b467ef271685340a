package org.theine.jcache.bench.speed;

import java.util.LinkedHashMap;
import java.util.Map;
import javax.cache.integration.CacheLoader;
import org.ehcache.spi.loaderwriter.CacheLoaderWriter;

/** Loads for each key the key itself. Stateless. */
final class Identity implements CacheLoader<Object, Object> {

  @Override
  public Object load(Object key) {
    return key;
  }

  @Override
  public Map<Object, Object> loadAll(Iterable<?> keys) {
    Map<Object, Object> loaded = new LinkedHashMap<>();
    keys.forEach(key -> loaded.put(key, key));
    return loaded;
  }

  /** The same for Ehcache's own interface; what is written goes nowhere. */
  static final class OfEhcache implements CacheLoaderWriter<Object, Object> {

    @Override
    public Object load(Object key) {
      return key;
    }

    @Override
    public void write(Object key, Object value) {}

    @Override
    public void delete(Object key) {}
  }
}
