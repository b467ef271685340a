package org.theine.jcache.bench.replay;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.jcache.configuration.CaffeineConfiguration;
import com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.cache.Cache;
import javax.cache.management.CacheStatisticsMXBean;
import org.cache2k.Cache2kBuilder;
import org.cache2k.jcache.ExtendedMutableConfiguration;
import org.cache2k.operation.CacheControl;
import org.ehcache.config.builders.CacheConfigurationBuilder;
import org.ehcache.config.builders.ResourcePoolsBuilder;
import org.ehcache.jsr107.Eh107Configuration;
import org.ehcache.jsr107.EhcacheCachingProvider;
import org.theine.jcache.TheineCache;
import org.theine.jcache.TheineCachingProvider;
import org.theine.jcache.TheineConfiguration;
import org.theine.jcache.bench.BoundedCaches;
import org.theine.jcache.bench.Versions;

/** The caches that can be compared, and how each is bounded and asked for what it holds. */
enum Provider {
  /** Ours. */
  THEINE("theine", true, Provider::theine),

  /** Caffeine by its own API, maintaining itself in the calling thread. */
  CAFFEINE("caffeine", true, Provider::caffeine),

  /** The adapter of Caffeine for JCache, maintaining itself in the calling thread. */
  CAFFEINE_JCACHE("caffeine-jcache", false, bound -> caffeineAdapter(bound, true)),

  /** The same as it comes: maintained by the common pool, so it may hold more than its bound. */
  CAFFEINE_JCACHE_DEFAULT("caffeine-jcache-default", false, bound -> caffeineAdapter(bound, false)),

  /** Ehcache, on the heap. */
  EHCACHE("ehcache", false, Provider::ehcache),

  /** cache2k through its provider for JCache. */
  CACHE2K("cache2k", false, Provider::cache2k);

  private static final String HASH_SEED = "theine.jcache.hash-seed";

  private final String title;
  private final boolean weighs;
  private final Function<Bound, ReplayedCache> maker;

  Provider(String title, boolean weighs, Function<Bound, ReplayedCache> maker) {
    this.title = title;
    this.weighs = weighs;
    this.maker = maker;
  }

  /** Finds a provider by its name. */
  static Provider named(String name) {
    return Arrays.stream(values())
        .filter(provider -> provider.title.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown provider '" + name + "'; the providers are " + names()));
  }

  private static String names() {
    return Arrays.stream(values()).map(Provider::title).collect(Collectors.joining(", "));
  }

  /** Its name for people, the command line and the table. */
  String title() {
    return title;
  }

  /** Which version of which library it is. */
  String version() {
    return switch (this) {
      case THEINE -> "theine-jcache " + Versions.of(TheineCache.class);
      case CAFFEINE -> "Caffeine " + Versions.of(Caffeine.class);
      case CAFFEINE_JCACHE, CAFFEINE_JCACHE_DEFAULT ->
          "adapter "
              + Versions.of(CaffeineConfiguration.class)
              + " on Caffeine "
              + Versions.of(Caffeine.class);
      case EHCACHE -> "Ehcache " + Versions.of(Eh107Configuration.class);
      case CACHE2K -> "cache2k " + Versions.of(ExtendedMutableConfiguration.class);
    };
  }

  /** Whether it is replayed under bounds of weight. */
  boolean weighs() {
    return weighs;
  }

  /** Makes an empty cache. */
  ReplayedCache open(Bound bound) {
    return maker.apply(bound);
  }

  private static ReplayedCache theine(Bound bound) {
    if (System.getProperty(HASH_SEED) == null) {
      System.setProperty(HASH_SEED, "1"); // the same hits in every run
    }
    TheineConfiguration<Long, Integer> configuration = new TheineConfiguration<>();
    configuration.setStoreByValue(false).setShards(bound.shards());
    if (bound.weighted()) {
      configuration.setMaximumWeight(bound.maximum(), () -> (key, weight) -> weight);
    } else {
      configuration.setMaximumSize(bound.maximum());
    }
    return new JCacheReplay(
        TheineCachingProvider.class.getName(),
        configuration,
        false,
        cache -> {
          TheineCache<?, ?> theine = cache.unwrap(TheineCache.class);
          return theine.weight();
        });
  }

  private static ReplayedCache caffeine(Bound bound) {
    Caffeine<Object, Object> builder = Caffeine.newBuilder().executor(Runnable::run);
    return new CaffeineReplay(
        bound.weighted()
            ? builder.maximumWeight(bound.maximum()).weigher((Long k, Integer w) -> w).build()
            : builder.maximumSize(bound.maximum()).build());
  }

  private static ReplayedCache caffeineAdapter(Bound bound, boolean sameThread) {
    CaffeineConfiguration<Long, Integer> configuration = new CaffeineConfiguration<>();
    configuration.setMaximumSize(OptionalLong.of(bound.maximum())).setStoreByValue(false);
    if (sameThread) {
      configuration.setExecutorFactory(() -> Runnable::run);
    }
    return new JCacheReplay(
        CaffeineCachingProvider.class.getName(), configuration, false, Provider::caffeineEntries);
  }

  private static long caffeineEntries(Cache<Long, Integer> cache) {
    return cache.unwrap(com.github.benmanes.caffeine.cache.Cache.class).asMap().size();
  }

  private static ReplayedCache ehcache(Bound bound) {
    return new JCacheReplay(
        EhcacheCachingProvider.class.getName(),
        Eh107Configuration.fromEhcacheCacheConfiguration(
            CacheConfigurationBuilder.newCacheConfigurationBuilder(
                Long.class, Integer.class, ResourcePoolsBuilder.heap(bound.maximum()))),
        true,
        Provider::putAndNotEvicted);
  }

  /** What Ehcache holds, without the walk, which would count as use of each entry. */
  private static long putAndNotEvicted(Cache<Long, Integer> cache) {
    CacheStatisticsMXBean statistics = BoundedCaches.statistics(cache);
    return statistics.getCachePuts() - statistics.getCacheEvictions();
  }

  private static ReplayedCache cache2k(Bound bound) {
    ExtendedMutableConfiguration<Long, Integer> configuration =
        ExtendedMutableConfiguration.of(
            Cache2kBuilder.of(Long.class, Integer.class)
                .entryCapacity(bound.maximum())
                .eternal(true));
    configuration.setTypes(Long.class, Integer.class).setStoreByValue(false);
    return new JCacheReplay(
        "org.cache2k.jcache.provider.JCacheProvider",
        configuration,
        false,
        cache -> CacheControl.of(cache.unwrap(org.cache2k.Cache.class)).getSize());
  }
}
