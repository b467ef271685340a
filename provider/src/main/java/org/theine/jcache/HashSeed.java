package org.theine.jcache;

import java.security.SecureRandom;
import javax.cache.CacheException;

/**
 * The seed of a cache's hashes: random, so that nobody outside can find keys that meet in them, or
 * fixed by the system property {@code theine.jcache.hash-seed}, so that runs repeat exactly.
 */
final class HashSeed {
  private static final String PROPERTY = "theine.jcache.hash-seed";

  private HashSeed() {}

  /**
   * The seed for a new cache.
   *
   * @throws CacheException if the property is no number
   */
  static long next() {
    String fixed;
    try {
      fixed = System.getProperty(PROPERTY);
    } catch (SecurityException e) {
      throw new CacheException("system property " + PROPERTY + " may not be read", e);
    }
    if (fixed == null) {
      return new SecureRandom().nextLong();
    }
    try {
      return Long.parseLong(fixed.strip());
    } catch (NumberFormatException e) {
      throw new CacheException("system property " + PROPERTY + " must be a number: " + fixed, e);
    }
  }
}
