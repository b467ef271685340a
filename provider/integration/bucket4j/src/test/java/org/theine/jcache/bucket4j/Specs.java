package org.theine.jcache.bucket4j;

import io.github.bucket4j.distributed.proxy.AbstractProxyManagerBuilder;
import io.github.bucket4j.grid.jcache.Bucket4jJCache;
import io.github.bucket4j.grid.jcache.Bucket4jJCache.JCacheProxyManagerBuilder;
import io.github.bucket4j.grid.jcache.JCacheProxyManager;
import io.github.bucket4j.tck.ProxyManagerSpec;
import java.io.Serial;
import java.io.Serializable;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.TheineConfiguration;

/** The caches that the kit is run with. Safe for use by any thread. */
final class Specs {
  private static final AtomicLong NUMBERS = new AtomicLong();

  private final CacheManager manager;

  /** A key that is copied by serialisation. */
  private record Account(String country, StringBuilder number) implements Serializable {
    @Serial private static final long serialVersionUID = 1;

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Account that && toString().equals(that.toString());
    }

    @Override
    public int hashCode() {
      return toString().hashCode();
    }
  }

  Specs(CacheManager manager) {
    this.manager = manager;
  }

  ProxyManagerSpec<?, ?, ?> bounded() {
    return spec(
        "bounded",
        NUMBERS::incrementAndGet,
        new TheineConfiguration<Long, byte[]>()
            .setTypes(Long.class, byte[].class)
            .setMaximumSize(100));
  }

  ProxyManagerSpec<?, ?, ?> plain() {
    return spec("plain", () -> UUID.randomUUID().toString(), new MutableConfiguration<>());
  }

  ProxyManagerSpec<?, ?, ?> boundedByBytes() {
    return spec(
        "bounded by bytes",
        NUMBERS::incrementAndGet,
        new TheineConfiguration<Long, byte[]>()
            .setMaximumWeight(100_000, () -> (key, bytes) -> bytes.length));
  }

  ProxyManagerSpec<?, ?, ?> byReference() {
    return spec(
        "by reference",
        NUMBERS::incrementAndGet,
        new MutableConfiguration<Long, byte[]>().setStoreByValue(false));
  }

  ProxyManagerSpec<?, ?, ?> ownKeys() {
    return spec(
        "keys of an own class",
        () -> new Account("uk", new StringBuilder().append(NUMBERS.incrementAndGet())),
        new MutableConfiguration<Account, byte[]>().setStatisticsEnabled(true));
  }

  private <K> ProxyManagerSpec<K, JCacheProxyManager<K>, JCacheProxyManagerBuilder<K>> spec(
      String name, Supplier<K> keys, Configuration<K, byte[]> configuration) {
    Cache<K, byte[]> cache = manager.createCache(name, configuration);
    Supplier<AbstractProxyManagerBuilder<K, JCacheProxyManager<K>, JCacheProxyManagerBuilder<K>>>
        builder = () -> Bucket4jJCache.entryProcessorBasedBuilder(cache);
    return new ProxyManagerSpec<>(name, keys, builder);
  }
}
