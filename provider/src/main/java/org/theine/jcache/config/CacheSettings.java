package org.theine.jcache.config;

import java.util.Collection;
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

  /** What is missing or too much, or null if these settings fit together. */
  @Nullable Value contradiction() {
    Value weight = get(Setting.MAXIMUM_WEIGHT);
    boolean weighs = weight != null && !Kind.UNBOUNDED.equals(weight.content());
    return weighs && get(Setting.WEIGHER) == null ? weight : null;
  }
}
