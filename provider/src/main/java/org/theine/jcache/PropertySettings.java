package org.theine.jcache;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.Properties;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.store.StoreSettings;

/**
 * Settings that come as properties: of the system, or of the manager, for a cache by name or for
 * all. The first that is found in this order counts, and what a {@link TheineConfiguration} says in
 * code comes before all. Immutable.
 *
 * <pre>
 * theine.jcache.caches.NAME.SETTING   system property, then property of the manager
 * theine.jcache.defaults.SETTING      system property, then property of the manager
 *
 * maximum          largest number of entries, positive
 * shards           power of two
 * eviction-events  removed, evicted-only or none
 * </pre>
 */
final class PropertySettings {
  private static final String PREFIX = "theine.jcache.";

  private final String cacheName;
  private final Properties managerProperties;

  PropertySettings(String cacheName, Properties managerProperties) {
    this.cacheName = cacheName;
    this.managerProperties = managerProperties;
  }

  @Nullable Long maximum() {
    Found found = find("maximum");
    return found == null ? null : positive(found);
  }

  @Nullable Integer shards() {
    Found found = find("shards");
    if (found == null) {
      return null;
    }
    long shards = positive(found);
    if (shards > StoreSettings.MAXIMUM_SHARDS || Long.bitCount(shards) != 1) {
      throw found.refused("must be a power of two from 1 to " + StoreSettings.MAXIMUM_SHARDS);
    }
    return (int) shards;
  }

  @Nullable EvictionEvents evictionEvents() {
    Found found = find("eviction-events");
    if (found == null) {
      return null;
    }
    return switch (found.value.toLowerCase(Locale.ROOT)) {
      case "removed" -> EvictionEvents.REMOVED;
      case "evicted-only" -> EvictionEvents.EVICTED_ONLY;
      case "none" -> EvictionEvents.NONE;
      default -> throw found.refused("must be removed, evicted-only or none");
    };
  }

  /** A property and what it says. */
  private record Found(String property, String value) {
    IllegalArgumentException refused(String rule) {
      return new IllegalArgumentException("property " + property + " " + rule + ": " + value);
    }
  }

  private static long positive(Found found) {
    long number;
    try {
      number = Long.parseLong(found.value.trim());
    } catch (NumberFormatException e) {
      throw found.refused("must be a number");
    }
    if (number <= 0) {
      throw found.refused("must be positive");
    }
    return number;
  }

  private @Nullable Found find(String setting) {
    for (String scope : new String[] {"caches." + cacheName, "defaults"}) {
      String property = PREFIX + scope + "." + setting;
      String value = systemProperty(property);
      if (value == null) {
        value = managerProperties.getProperty(property);
      }
      if (value != null) {
        return new Found(property, value);
      }
    }
    return null;
  }

  private static @Nullable String systemProperty(String property) {
    try {
      return System.getProperty(property);
    } catch (SecurityException e) {
      throw new CacheException("property " + property + " may not be read", e);
    }
  }

  /** The seed of the hashes: random for each cache, or fixed so that runs repeat exactly. */
  static long hashSeed() {
    String property = PREFIX + "hash-seed";
    String value = systemProperty(property);
    if (value == null) {
      return new SecureRandom().nextLong();
    }
    try {
      return Long.parseLong(value.trim());
    } catch (NumberFormatException e) {
      throw new Found(property, value).refused("must be a number");
    }
  }
}
