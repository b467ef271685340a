package org.theine.jcache.bench.speed;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.concurrent.TimeUnit;
import org.cache2k.Cache2kBuilder;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.bench.jmh.MapMapping;
import org.theine.jcache.bench.jmh.Mapping;

/** Makes what has an API of its own. Stateless. */
final class Floors {
  private Floors() {}

  static Mapping open(Contestant contestant, Setting setting, int keys) {
    return switch (contestant) {
      case MAP -> new MapMapping();
      case CAFFEINE -> caffeine(setting, keys);
      case CACHE2K -> cache2k(setting, keys);
      default -> throw new IllegalArgumentException(contestant + " is no floor");
    };
  }

  private static Mapping caffeine(Setting setting, int keys) {
    Caffeine<Object, Object> builder = Caffeine.newBuilder();
    if (setting == Setting.WEIGHTED) {
      builder.maximumWeight(setting.maximum(keys)).weigher((key, value) -> 1);
    } else if (setting.maximum(keys) > 0) {
      builder.maximumSize(setting.maximum(keys));
    }
    if (setting.evicts()) {
      builder.executor(Runnable::run); // else it holds more than its bound, and so misses less
    }
    if (setting.prolongs()) {
      builder.expireAfterAccess(setting.life());
    } else if (setting.expires()) {
      builder.expireAfterWrite(setting.life());
    }
    if (setting == Setting.READ_THROUGH) {
      return new CaffeineMapping(builder.build(key -> key));
    }
    return new CaffeineMapping(builder.build());
  }

  private static Mapping cache2k(Setting setting, int keys) {
    Cache2kBuilder<Object, Object> builder = Cache2kBuilder.of(Object.class, Object.class);
    long maximum = setting.maximum(keys);
    builder.name("floor-" + System.nanoTime());
    builder.entryCapacity(maximum > 0 ? maximum : Long.MAX_VALUE);
    if (setting.prolongs()) {
      throw new IllegalArgumentException("cache2k has no setting " + setting);
    }
    if (setting.expires()) {
      builder.expireAfterWrite(setting.life().toMillis(), TimeUnit.MILLISECONDS);
    } else {
      builder.eternal(true);
    }
    if (setting == Setting.READ_THROUGH) {
      builder.loader(key -> key);
    }
    return new Cache2kMapping(builder.build());
  }

  /** Caffeine. */
  record CaffeineMapping(com.github.benmanes.caffeine.cache.Cache<Object, Object> cache)
      implements Mapping {

    @Override
    public @Nullable Object get(Object key) {
      return cache
              instanceof com.github.benmanes.caffeine.cache.LoadingCache<Object, Object> loading
          ? loading.get(key)
          : cache.getIfPresent(key);
    }

    @Override
    public void put(Object key, Object value) {
      cache.put(key, value);
    }

    @Override
    public boolean remove(Object key) {
      return cache.asMap().remove(key) != null;
    }
  }

  /** cache2k. */
  record Cache2kMapping(org.cache2k.Cache<Object, Object> cache) implements Mapping {

    @Override
    public @Nullable Object get(Object key) {
      return cache.get(key);
    }

    @Override
    public void put(Object key, Object value) {
      cache.put(key, value);
    }

    @Override
    public boolean remove(Object key) {
      return cache.containsAndRemove(key);
    }
  }
}
