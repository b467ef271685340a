package org.theine.jcache.bench.speed;

import com.github.benmanes.caffeine.jcache.configuration.CaffeineConfiguration;
import com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider;
import java.util.Optional;
import java.util.OptionalLong;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import org.cache2k.Cache2kBuilder;
import org.cache2k.jcache.ExtendedMutableConfiguration;
import org.cache2k.jcache.JCacheConfig;
import org.ehcache.config.builders.CacheConfigurationBuilder;
import org.ehcache.config.builders.ExpiryPolicyBuilder;
import org.ehcache.config.builders.ResourcePoolsBuilder;
import org.ehcache.impl.copy.SerializingCopier;
import org.ehcache.jsr107.Eh107Configuration;
import org.ehcache.jsr107.EhcacheCachingProvider;
import org.theine.jcache.TheineCachingProvider;
import org.theine.jcache.TheineConfiguration;

/**
 * Makes caches of JCache providers, each bounded by its own configuration, since JCache knows no
 * bounds. Stateless.
 */
public final class Providers {
  private Providers() {}

  /**
   * Returns the manager of a provider.
   *
   * @param contestant a provider
   * @return its default manager
   */
  public static CacheManager manager(Contestant contestant) {
    String provider =
        switch (contestant) {
          case THEINE -> TheineCachingProvider.class.getName();
          case CAFFEINE_JCACHE -> CaffeineCachingProvider.class.getName();
          case EHCACHE_JCACHE -> EhcacheCachingProvider.class.getName();
          case CACHE2K_JCACHE -> "org.cache2k.jcache.provider.JCacheProvider";
          case REFERENCE -> "org.jsr107.ri.spi.RICachingProvider";
          default -> throw new IllegalArgumentException(contestant + " is no provider");
        };
    return Caching.getCachingProvider(provider).getCacheManager();
  }

  /**
   * Makes a new cache.
   *
   * @param contestant a provider
   * @param setting how it is configured
   * @param keys for how many keys
   * @return the cache
   */
  public static Cache<Object, Object> open(Contestant contestant, Setting setting, int keys) {
    return open(contestant, setting, keys, new Hearer());
  }

  /** The same; if the setting has a listener, it is this one. */
  static Cache<Object, Object> open(
      Contestant contestant, Setting setting, int keys, Hearer hearer) {
    String name = setting.name() + "-" + System.nanoTime();
    CacheManager manager = manager(contestant);
    Cache<Object, Object> cache =
        manager.createCache(name, configuration(contestant, setting, keys, hearer));
    if (setting == Setting.STATISTICS) {
      manager.enableStatistics(name, true);
    }
    if (setting == Setting.LISTENER && contestant == Contestant.EHCACHE_JCACHE) {
      cache.registerCacheEntryListener(
          listener(hearer)); // its own configuration knows none of JCache
    }
    return cache;
  }

  /** How the provider is told of a setting. */
  static Configuration<Object, Object> configuration(
      Contestant contestant, Setting setting, int keys, Hearer hearer) {
    long maximum = setting.maximum(keys);
    return switch (contestant) {
      case THEINE -> {
        TheineConfiguration<Object, Object> configuration = new TheineConfiguration<>();
        withLoader(setting, common(setting, configuration, hearer));
        if (setting == Setting.WEIGHTED) {
          configuration.setMaximumWeight(maximum, () -> (key, value) -> 1);
        } else if (maximum > 0) {
          configuration.setMaximumSize(maximum);
        }
        yield configuration;
      }
      case CAFFEINE_JCACHE -> caffeine(setting, maximum, hearer);
      case EHCACHE_JCACHE -> ehcache(setting, maximum);
      case CACHE2K_JCACHE -> {
        ExtendedMutableConfiguration<Object, Object> configuration =
            ExtendedMutableConfiguration.of(
                Cache2kBuilder.of(Object.class, Object.class)
                    .entryCapacity(maximum > 0 ? maximum : Long.MAX_VALUE)
                    .eternal(!setting.expires())
                    .with(JCacheConfig.class, section -> section.copyAlwaysIfRequested(true)));
        configuration.setTypes(Object.class, Object.class);
        yield withLoader(setting, common(setting, configuration, hearer));
      }
      case REFERENCE -> withLoader(setting, common(setting, new MutableConfiguration<>(), hearer));
      default -> throw new IllegalArgumentException(contestant + " is no provider");
    };
  }

  private static <C extends MutableConfiguration<Object, Object>> C common(
      Setting setting, C configuration, Hearer hearer) {
    configuration.setStoreByValue(setting == Setting.BY_VALUE);
    if (setting.expires()) {
      configuration.setExpiryPolicyFactory(setting.expiry());
    }
    if (setting == Setting.LISTENER) {
      configuration.addCacheEntryListenerConfiguration(listener(hearer));
    }
    return configuration;
  }

  private static CacheEntryListenerConfiguration<Object, Object> listener(Hearer hearer) {
    return new MutableCacheEntryListenerConfiguration<>(
        FactoryBuilder.factoryOf(hearer), null, false, true);
  }

  private static <C extends MutableConfiguration<Object, Object>> C withLoader(
      Setting setting, C configuration) {
    if (setting == Setting.READ_THROUGH) {
      configuration.setReadThrough(true).setCacheLoaderFactory(Identity::new);
    }
    return configuration;
  }

  private static Configuration<Object, Object> caffeine(
      Setting setting, long maximum, Hearer hearer) {
    CaffeineConfiguration<Object, Object> configuration =
        new CaffeineConfiguration<>(
            withLoader(setting, common(setting, new MutableConfiguration<>(), hearer)));
    if (setting == Setting.WEIGHTED) {
      configuration
          .setMaximumWeight(OptionalLong.of(maximum))
          .setWeigherFactory(Optional.of(() -> (key, value) -> 1));
    } else if (maximum > 0) {
      configuration.setMaximumSize(OptionalLong.of(maximum));
    }
    if (setting.evicts()) { // else it holds more than its bound, and so misses less
      configuration.setExecutorFactory(() -> Runnable::run);
    }
    return configuration;
  }

  private static Configuration<Object, Object> ehcache(Setting setting, long maximum) {
    ResourcePoolsBuilder pools =
        maximum > 0
            ? ResourcePoolsBuilder.heap(maximum)
            : ResourcePoolsBuilder.newResourcePoolsBuilder()
                .heap(Long.MAX_VALUE, org.ehcache.config.units.EntryUnit.ENTRIES);
    CacheConfigurationBuilder<Object, Object> builder =
        CacheConfigurationBuilder.newCacheConfigurationBuilder(Object.class, Object.class, pools);
    if (setting == Setting.TOGETHER) {
      builder = builder.withExpiry(new Until.OfEhcache());
    } else if (setting.expires()) {
      builder =
          builder.withExpiry(
              setting.prolongs()
                  ? ExpiryPolicyBuilder.timeToIdleExpiration(setting.life())
                  : ExpiryPolicyBuilder.timeToLiveExpiration(setting.life()));
    }
    if (setting == Setting.BY_VALUE) {
      builder =
          builder
              .withKeyCopier(SerializingCopier.asCopierClass())
              .withValueCopier(SerializingCopier.asCopierClass());
    }
    if (setting == Setting.READ_THROUGH) {
      builder = builder.withLoaderWriter(new Identity.OfEhcache());
    }
    return Eh107Configuration.fromEhcacheCacheConfiguration(builder.build());
  }
}
