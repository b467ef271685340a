package org.theine.jcache.bench.speed;

import javax.cache.Cache;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.theine.jcache.bench.jmh.CacheMapping;
import org.theine.jcache.bench.jmh.Keys;
import org.theine.jcache.bench.jmh.Mapping;

/** A cache that has all its keys, if they fit, and the keys that it is asked for. */
@State(Scope.Benchmark)
public class CacheState {
  /** Whose cache. */
  @Param public Contestant contestant = Contestant.MAP;

  /** How it is configured. */
  @Param public Setting setting = Setting.ROOMY;

  /** What its keys are. */
  @Param public KeyKind kind = KeyKind.INTEGER;

  /** How many keys there are. */
  @Param("65536")
  public int keys;

  private @Nullable Cache<Object, Object> cache;
  private Mapping mapping = new org.theine.jcache.bench.jmh.MapMapping();
  private Object[] requests = {};

  /** Makes the cache and fills it. */
  @Setup
  public void fill() {
    cache = contestant.isProvider() ? Providers.open(contestant, setting, keys) : null;
    mapping = cache != null ? new CacheMapping(cache) : Floors.open(contestant, setting, keys);
    requests = kind.zipf(keys);
    putAll();
  }

  /** Puts anew what would expire before the end. */
  @Setup(Level.Iteration)
  public void refill() {
    if (setting.isBrief()) {
      for (int number = 0; number < keys; number++) {
        mapping.remove(kind.key(Keys.key(number)));
      }
      putAll();
    }
  }

  private void putAll() {
    for (int number = 0; number < keys; number++) {
      mapping.put(kind.key(Keys.key(number)), value(number));
    }
  }

  /** What is kept for a key at first. */
  Object value(int number) {
    return number;
  }

  /** What is measured. */
  Mapping mapping() {
    return mapping;
  }

  /** The cache; only of a provider. */
  Cache<Object, Object> cache() {
    Cache<Object, Object> held = cache;
    if (held == null) {
      throw new IllegalStateException(contestant + " is no JCache provider");
    }
    return held;
  }

  /** The key of a request. */
  Object request(int at) {
    return requests[at];
  }
}
