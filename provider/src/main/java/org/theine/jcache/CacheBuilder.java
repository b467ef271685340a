package org.theine.jcache;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import javax.cache.CacheException;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.config.CacheSettings;
import org.theine.jcache.integration.Closing;
import org.theine.jcache.integration.ContextLoader;
import org.theine.jcache.integration.Expiration;
import org.theine.jcache.integration.Loading;
import org.theine.jcache.integration.Serialization;
import org.theine.jcache.integration.ValueForm;
import org.theine.jcache.integration.WriteThrough;
import org.theine.jcache.store.StoreSettings;

/** Makes what a cache consists of from its configuration. For one cache and one thread. */
final class CacheBuilder<K, V> {
  private final String name;
  private final TheineConfiguration<K, V> configuration;
  private final ClassLoader classLoader;

  /** Closes the plug-ins made so far if a later one fails. */
  private final Closing closing = new Closing();

  /** Plug-ins made so far that are the cache's to close. */
  private final List<Object> made = new ArrayList<>();

  /**
   * Starts with what a program wants.
   *
   * @param requested its configuration, which is copied
   * @param settings what files and properties say
   */
  CacheBuilder(Configuration<K, V> requested, CacheSettings settings, UserClasses classes) {
    this.name = settings.cacheName();
    this.configuration = complete(requested);
    this.classLoader = classes.classLoader();
    ConfigurationMerge.apply(configuration, settings, classes);
  }

  private static <K, V> TheineConfiguration<K, V> complete(Configuration<K, V> requested) {
    if (requested instanceof CompleteConfiguration<K, V> complete) {
      return new TheineConfiguration<>(complete);
    }
    MutableConfiguration<K, V> plain = new MutableConfiguration<>();
    plain.setTypes(requested.getKeyType(), requested.getValueType());
    plain.setStoreByValue(requested.isStoreByValue());
    return new TheineConfiguration<>(plain);
  }

  String name() {
    return name;
  }

  TheineConfiguration<K, V> configuration() {
    return configuration;
  }

  EvictionEvents evictionEvents() {
    EvictionEvents asked = configuration.getEvictionEvents();
    return asked == null ? EvictionEvents.REMOVED : asked;
  }

  CacheParts<K, V> build() {
    long maximum = maximum();
    int shards = shards(maximum);
    Expiration expiration = null;
    try {
      expiration = Expiration.of(name, inContext(configuration.getExpiryPolicyFactory()));
      Loading<K, V> loading = loading();
      WriteThrough<K, V> writing = writing();
      ValueForm form = form();
      CachePlugIns<K, V> plugIns =
          new CachePlugIns<>(
              checkedType(configuration.getKeyType()),
              checkedType(configuration.getValueType()),
              form,
              loading,
              configuration.isReadThrough(),
              writing,
              expiration,
              create("weigher", configuration.getWeigherFactory()),
              executor(),
              List.copyOf(made));
      return new CacheParts<>(
          plugIns,
          new StoreSettings<>(
              name,
              maximum,
              configuration.getMaximumWeight() != null,
              shards,
              !expiration.isEternal(),
              create("ticker", configuration.getTickerFactory()),
              HashSeed.next(),
              keyCopier(form)));
    } catch (RuntimeException | Error e) {
      closeMade(expiration);
      Throwable further = closing.failure();
      if (further != null) {
        e.addSuppressed(further);
      }
      throw e;
    }
  }

  private void closeMade(@Nullable Expiration expiration) {
    made.forEach(closing::close);
    if (expiration != null) {
      expiration.close(closing);
    }
  }

  private long maximum() {
    Long weight = configuration.getMaximumWeight();
    if (weight != null) {
      return weight;
    }
    Long size = configuration.getMaximumSize();
    return size == null ? StoreSettings.UNBOUNDED : size;
  }

  private int shards(long maximum) {
    Integer asked = configuration.getShards();
    return asked != null
        ? asked
        : StoreSettings.defaultShards(maximum, configuration.getMaximumWeight() != null);
  }

  private Loading<K, V> loading() {
    Factory<CacheLoader<K, V>> factory = configuration.getCacheLoaderFactory();
    CacheLoader<K, V> loader = create("cache loader", factory);
    return loader == null ? Loading.none() : Loading.of(name, loader);
  }

  @SuppressWarnings("unchecked")
  private WriteThrough<K, V> writing() {
    if (!configuration.isWriteThrough()) {
      return WriteThrough.none();
    }
    CacheWriter<? super K, ? super V> writer =
        create("cache writer", configuration.getCacheWriterFactory());
    return writer == null ? WriteThrough.none() : WriteThrough.of(name, (CacheWriter<K, V>) writer);
  }

  private ValueForm form() {
    if (!configuration.isStoreByValue()) {
      return ValueForm.byReference();
    }
    Serializer serializer = create("serializer", configuration.getSerializerFactory());
    Copier<Object> copier = create("copier", configuration.getCopierFactory());
    return ValueForm.byValue(
        name,
        classLoader,
        configuration.getImmutableTypes(),
        serializer == null ? null : adapt(serializer),
        copier == null ? null : copier::copy);
  }

  private static Serialization adapt(Serializer serializer) {
    return new Serialization() {
      @Override
      public byte[] serialize(Object value) throws Exception {
        return serializer.serialize(value);
      }

      @Override
      public Object deserialize(byte[] bytes) throws Exception {
        return serializer.deserialize(bytes);
      }
    };
  }

  @SuppressWarnings("unchecked")
  private static <K> UnaryOperator<K> keyCopier(ValueForm form) {
    return form.isIdentity() ? UnaryOperator.identity() : key -> (K) form.copy(key);
  }

  private Executor executor() {
    Executor executor = create("executor", configuration.getExecutorFactory());
    return executor == null ? CacheExecutor.shared() : executor;
  }

  /** Null for Object, which needs no check. */
  private static @Nullable Class<?> checkedType(Class<?> type) {
    return type == Object.class ? null : type;
  }

  private Factory<ExpiryPolicy> inContext(Factory<? extends ExpiryPolicy> factory) {
    return () -> ContextLoader.create(factory, classLoader);
  }

  private <T> @Nullable T create(String what, @Nullable Factory<? extends T> factory) {
    if (factory == null) {
      return null;
    }
    T product;
    try {
      product = ContextLoader.create(factory, classLoader);
    } catch (Exception e) {
      throw new CacheException(
          "cache '" + name + "': the factory of its " + what + " failed: " + e.getMessage(), e);
    }
    if (product == null) {
      throw new CacheException(
          "cache '" + name + "': the factory of its " + what + " returned null");
    }
    if (!(product instanceof Executor)) { // may serve others too
      made.add(product);
    }
    return product;
  }
}
