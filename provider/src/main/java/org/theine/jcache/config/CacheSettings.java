package org.theine.jcache.config;

import java.util.Collection;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/** What files and properties say of one cache, everything considered. Immutable. */
public final class CacheSettings {
  private final String cacheName;
  private final Section section;

  CacheSettings(String cacheName, Section section) {
    this.cacheName = cacheName;
    this.section = section;
  }

  /**
   * Returns the cache these settings are for.
   *
   * @return its name
   */
  public String cacheName() {
    return cacheName;
  }

  /**
   * Returns what is said of a setting.
   *
   * @param setting which
   * @return the value, or null if nothing is said
   */
  public @Nullable Value get(Setting setting) {
    return section.get(setting);
  }

  /**
   * Returns what is said of a setting.
   *
   * @param <T> the type that the setting's kind makes of it
   * @param setting which
   * @param type that type
   * @return the content, or null if nothing is said
   */
  public <T> @Nullable T get(Setting setting, Class<T> type) {
    Value value = section.get(setting);
    return value == null ? null : value.as(type);
  }

  /**
   * Returns all that is said.
   *
   * @return the values, unmodifiable
   */
  public Collection<Value> values() {
    return section.values().values();
  }

  /** What cannot do what it says, as the problem that it is; null if all can. */
  @Nullable CacheException contradiction(boolean isWhole) {
    Value weight = get(Setting.MAXIMUM_WEIGHT);
    if (weight != null && !Kind.UNBOUNDED.equals(weight.content())) {
      return needs(weight, Setting.WEIGHER);
    }
    Value weigher = get(Setting.WEIGHER);
    if (isWhole && weigher != null && weigher.whose().contains("'" + cacheName + "'")) {
      return needs(weigher, Setting.MAXIMUM_WEIGHT);
    }
    CacheException reads = isWhole ? needsIfOn(Setting.READ_THROUGH, Setting.LOADER) : null;
    return reads == null && isWhole ? needsIfOn(Setting.WRITE_THROUGH, Setting.WRITER) : reads;
  }

  private @Nullable CacheException needsIfOn(Setting setting, Setting other) {
    Value value = get(setting);
    return value != null && value.as(Boolean.class) ? needs(value, other) : null;
  }

  private @Nullable CacheException needs(Value value, Setting other) {
    return get(other) == null ? value.refused("needs a " + other.key(), null) : null;
  }
}
