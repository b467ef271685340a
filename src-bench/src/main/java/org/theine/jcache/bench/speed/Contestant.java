package org.theine.jcache.bench.speed;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.jcache.configuration.CaffeineConfiguration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.cache2k.core.CacheManagerImpl;
import org.cache2k.jcache.ExtendedMutableConfiguration;
import org.ehcache.jsr107.Eh107Configuration;
import org.jsr107.ri.spi.RICachingProvider;
import org.theine.jcache.TheineCache;
import org.theine.jcache.bench.Arguments;
import org.theine.jcache.bench.Versions;
import org.theine.jcache.bench.jmh.CacheMapping;
import org.theine.jcache.bench.jmh.Mapping;

/** Who is measured: JCache providers, and floors that have another, smaller API. */
public enum Contestant {
  /** The floor of all: no bound, no expiry, no statistics. */
  MAP("ConcurrentHashMap", false),

  /** A floor: Caffeine by its own API. */
  CAFFEINE("Caffeine", false),

  /** A floor: cache2k by its own API. */
  CACHE2K("cache2k", false),

  /** Ours. */
  THEINE("theine-jcache", true),

  /** The adapter of Caffeine. */
  CAFFEINE_JCACHE("Caffeine-jcache", true),

  /** Ehcache, on the heap. */
  EHCACHE_JCACHE("Ehcache", true),

  /** The adapter of cache2k. */
  CACHE2K_JCACHE("cache2k-jcache", true),

  /** The reference implementation, which knows no bound. */
  REFERENCE("JCache RI", true);

  private final String title;
  private final boolean provider;

  Contestant(String title, boolean provider) {
    this.title = title;
    this.provider = provider;
  }

  /**
   * Returns its name for people.
   *
   * @return a word or two
   */
  public String title() {
    return title;
  }

  /** Which version of which library it is. */
  String version() {
    return switch (this) {
      case MAP -> "of the Java virtual machine";
      case CAFFEINE -> Versions.of(Caffeine.class) + ", by its own API";
      case CACHE2K -> Versions.of(CacheManagerImpl.class) + ", by its own API";
      case THEINE -> Versions.of(TheineCache.class);
      case CAFFEINE_JCACHE ->
          Versions.of(CaffeineConfiguration.class) + " on Caffeine " + Versions.of(Caffeine.class);
      case EHCACHE_JCACHE -> Versions.of(Eh107Configuration.class);
      case CACHE2K_JCACHE -> Versions.of(ExtendedMutableConfiguration.class);
      case REFERENCE -> Versions.of(RICachingProvider.class) + "; knows no bound";
    };
  }

  /**
   * Makes an empty cache, by whichever API it has.
   *
   * @param setting how it is configured
   * @param keys for how many keys
   * @return the cache
   */
  public Mapping open(Setting setting, int keys) {
    return provider
        ? new CacheMapping(Providers.open(this, setting, keys))
        : Floors.open(this, setting, keys);
  }

  /**
   * Returns whether it is used through {@code javax.cache}.
   *
   * @return whether it is a JCache provider
   */
  public boolean isProvider() {
    return provider;
  }

  /**
   * Finds a contestant.
   *
   * @param title its name for people, in small letters or capital ones
   * @return who has it
   * @throws IllegalArgumentException if nobody has
   */
  public static Contestant titled(String title) {
    return Arguments.named("contestant", values(), Contestant::title, title);
  }

  /**
   * Finds some.
   *
   * @param titles their names for people, separated by commas
   * @param always who takes part in any case
   * @return all of them
   * @throws IllegalArgumentException if nobody has a name
   */
  public static Set<Contestant> among(String titles, Contestant... always) {
    Set<Contestant> found = EnumSet.copyOf(Arrays.asList(always));
    found.addAll(Arguments.list(titles, Contestant::titled));
    return found;
  }

  /** Whether it is another one's provider, and can be bounded as ours can. */
  boolean isRival() {
    return provider && this != THEINE && this != REFERENCE;
  }
}
