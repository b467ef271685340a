package org.theine.jcache;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.config.Sizes;
import org.theine.jcache.store.StoreSettings;

/**
 * The configuration of a cache: everything that JCache knows, and what this provider adds to it.
 * Not thread-safe; a cache copies it when it is made, so later changes do not reach the cache.
 *
 * <pre>{@code
 * Cache<String, Image> images = manager.createCache("images",
 *     new TheineConfiguration<String, Image>()
 *         .setMaximumBytes("128M", ImageWeigher::new)
 *         .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(Duration.TEN_MINUTES)));
 * }</pre>
 *
 * <p>A setting that was never set is null to its getter, and means the default that its setter
 * names. Plug-ins are given by factories, which must be serializable if the configuration is to be
 * serialised; each cache makes instances of its own.
 *
 * <p>Two of these configurations are equal when all settings are equal, this provider's too. (A
 * plain {@code MutableConfiguration} that is asked compares what it knows.)
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public class TheineConfiguration<K, V> extends MutableConfiguration<K, V> {

  private static final long serialVersionUID = 1L;

  /** Entries at most. */
  private @Nullable Long maximumSize;

  /** Total weight at most, in the unit of the weigher. */
  private @Nullable Long maximumWeight;

  /** Set together with the maximum weight. */
  private @Nullable Factory<? extends Weigher<? super K, ? super V>> weigherFactory;

  /** Who is told of evictions. */
  private @Nullable EvictionEvents evictionEvents;

  /** Copies instead of serialising. */
  private @Nullable Factory<? extends Copier<Object>> copierFactory;

  /** Serialises instead of Java. */
  private @Nullable Factory<? extends Serializer> serializerFactory;

  /** Runs what is asynchronous. */
  private @Nullable Factory<? extends Executor> executorFactory;

  /** Nanoseconds that never go back. */
  private @Nullable Factory<? extends LongSupplier> tickerFactory;

  /** A power of two. */
  private @Nullable Integer shards;

  /** Classes declared immutable, in the order given. */
  private final LinkedHashSet<Class<?>> immutableTypes = new LinkedHashSet<>();

  /** Makes a configuration with the defaults of JCache and none of this provider's settings. */
  public TheineConfiguration() {}

  /**
   * Makes a copy of a configuration.
   *
   * @param configuration what to copy; this provider's settings are copied too if it has any
   */
  public TheineConfiguration(CompleteConfiguration<K, V> configuration) {
    super(configuration);
    if (configuration instanceof TheineConfiguration<K, V> other) {
      maximumSize = other.maximumSize;
      maximumWeight = other.maximumWeight;
      weigherFactory = other.weigherFactory;
      evictionEvents = other.evictionEvents;
      copierFactory = other.copierFactory;
      serializerFactory = other.serializerFactory;
      executorFactory = other.executorFactory;
      tickerFactory = other.tickerFactory;
      shards = other.shards;
      immutableTypes.addAll(other.immutableTypes);
    }
  }

  /**
   * Returns the largest number of entries.
   *
   * @return the maximum, one or more, or null if the number of entries is not bounded
   */
  public @Nullable Long getMaximumSize() {
    return maximumSize;
  }

  /**
   * Bounds the number of entries. By default a cache has no bound.
   *
   * @param maximumSize from one; {@link Long#MAX_VALUE} is no bound, whatever files say
   * @return this configuration
   * @throws IllegalArgumentException if it is zero or less
   * @throws IllegalStateException if a maximum weight is set
   */
  public TheineConfiguration<K, V> setMaximumSize(long maximumSize) {
    requirePositive("maximumSize", maximumSize);
    requireOneBound(maximumSize, maximumWeight);
    this.maximumSize = maximumSize;
    return this;
  }

  /**
   * Returns the largest total weight.
   *
   * @return the maximum in the weigher's unit, one or more, or null if the weight is not bounded
   */
  public @Nullable Long getMaximumWeight() {
    return maximumWeight;
  }

  /**
   * Returns the factory of the weigher.
   *
   * @return the factory, or null exactly when {@link #getMaximumWeight} is null
   */
  public @Nullable Factory<? extends Weigher<? super K, ? super V>> getWeigherFactory() {
    return weigherFactory;
  }

  /**
   * Bounds the total weight of the entries, in a unit of the caller's choice. By default a cache
   * has no bound.
   *
   * @param maximumWeight the largest total weight, one or more
   * @param weigherFactory makes the weigher
   * @return this configuration
   * @throws IllegalArgumentException if the weight is zero or less
   * @throws IllegalStateException if a maximum size is set
   */
  public TheineConfiguration<K, V> setMaximumWeight(
      long maximumWeight, Factory<? extends Weigher<? super K, ? super V>> weigherFactory) {
    requirePositive("maximumWeight", maximumWeight);
    Objects.requireNonNull(weigherFactory, "weigherFactory");
    requireOneBound(maximumSize, maximumWeight);
    this.maximumWeight = maximumWeight;
    this.weigherFactory = weigherFactory;
    return this;
  }

  /**
   * Bounds the total weight of the entries in bytes; the weigher answers in bytes.
   *
   * <p>The bytes are a number and optionally one of the units K, M, G, T, which are powers of 1024
   * with or without a following {@code B} or {@code iB}: {@code "128M"}, {@code "1.5G"}, {@code
   * "512 KiB"}, {@code "100mb"}. A number without a unit counts bytes; a fraction of a byte is cut
   * off.
   *
   * @param maximumBytes the largest number of bytes, one or more
   * @param weigherFactory makes the weigher
   * @return this configuration
   * @throws IllegalArgumentException if the text is no such number, or it is less than one
   * @throws IllegalStateException if a maximum size is set
   */
  public TheineConfiguration<K, V> setMaximumBytes(
      String maximumBytes, Factory<? extends Weigher<? super K, ? super V>> weigherFactory) {
    return setMaximumWeight(Sizes.parse("maximumBytes", maximumBytes), weigherFactory);
  }

  /**
   * Returns who is told of evictions.
   *
   * @return the setting, or null for the default
   */
  public @Nullable EvictionEvents getEvictionEvents() {
    return evictionEvents;
  }

  /**
   * Chooses who is told of evictions. The default is {@link EvictionEvents#REMOVED}.
   *
   * @param evictionEvents the choice
   * @return this configuration
   */
  public TheineConfiguration<K, V> setEvictionEvents(EvictionEvents evictionEvents) {
    this.evictionEvents = Objects.requireNonNull(evictionEvents, "evictionEvents");
    return this;
  }

  /**
   * Returns the factory of the copier.
   *
   * @return the factory, or null if keys and values are copied by serialisation
   */
  public @Nullable Factory<? extends Copier<Object>> getCopierFactory() {
    return copierFactory;
  }

  /**
   * Makes a cache that stores by value copy keys and values by a copier instead of serialising
   * them. The default is serialisation. Without effect on a cache that stores by reference.
   *
   * @param copierFactory makes the copier, which must know every mutable class that the cache
   *     meets; null returns to the default
   * @return this configuration
   */
  public TheineConfiguration<K, V> setCopierFactory(
      @Nullable Factory<? extends Copier<Object>> copierFactory) {
    this.copierFactory = copierFactory;
    return this;
  }

  /**
   * Returns the factory of the serializer.
   *
   * @return the factory, or null for Java serialisation
   */
  public @Nullable Factory<? extends Serializer> getSerializerFactory() {
    return serializerFactory;
  }

  /**
   * Makes a cache that stores by value serialise keys and values by a serializer. The default is
   * Java serialisation. Without effect on a cache that stores by reference; a copier, if there is
   * one, comes first.
   *
   * @param serializerFactory makes the serializer; null returns to the default
   * @return this configuration
   */
  public TheineConfiguration<K, V> setSerializerFactory(
      @Nullable Factory<? extends Serializer> serializerFactory) {
    this.serializerFactory = serializerFactory;
    return this;
  }

  /**
   * Returns the classes that are declared immutable.
   *
   * @return the classes, an unmodifiable view, empty by default
   */
  public Set<Class<?>> getImmutableTypes() {
    return Collections.unmodifiableSet(immutableTypes);
  }

  /**
   * Declares classes immutable: a cache that stores by value keeps and hands out their instances as
   * they are. Holds for exactly these classes, not for their subclasses. Strings, numbers, enums,
   * {@code java.time} and the like, and records of such, are known without being named.
   *
   * @param immutableTypes the classes, in place of those declared before
   * @return this configuration
   */
  public TheineConfiguration<K, V> setImmutableTypes(Class<?>... immutableTypes) {
    List<Class<?>> types = List.of(immutableTypes);
    this.immutableTypes.clear();
    this.immutableTypes.addAll(types);
    return this;
  }

  /**
   * Returns the factory of the executor.
   *
   * @return the factory, or null for the provider's own threads
   */
  public @Nullable Factory<? extends Executor> getExecutorFactory() {
    return executorFactory;
  }

  /**
   * Chooses who runs asynchronous listeners and loads. The default is the provider's own daemon
   * threads.
   *
   * @param executorFactory makes, or finds, the executor; the cache never shuts it down; null
   *     returns to the default
   * @return this configuration
   */
  public TheineConfiguration<K, V> setExecutorFactory(
      @Nullable Factory<? extends Executor> executorFactory) {
    this.executorFactory = executorFactory;
    return this;
  }

  /**
   * Returns the factory of the ticker.
   *
   * @return the factory, or null for {@link System#nanoTime}
   */
  public @Nullable Factory<? extends LongSupplier> getTickerFactory() {
    return tickerFactory;
  }

  /**
   * Gives the cache a clock that a test turns by hand. The default is {@link System#nanoTime}.
   *
   * @param tickerFactory makes the ticker, which answers in nanoseconds that never go back; null
   *     returns to the default
   * @return this configuration
   */
  public TheineConfiguration<K, V> setTickerFactory(
      @Nullable Factory<? extends LongSupplier> tickerFactory) {
    this.tickerFactory = tickerFactory;
    return this;
  }

  /**
   * Returns the number of shards.
   *
   * @return the number, a power of two, or null for the automatic choice
   */
  public @Nullable Integer getShards() {
    return shards;
  }

  /**
   * Fixes how many parts the cache has that are locked each by itself. The default is chosen by the
   * number of processors and the maximum; few users gain by another.
   *
   * @param shards the number, a power of two from 1 to 65536; null returns to the default
   * @return this configuration
   * @throws IllegalArgumentException if it is no such power
   */
  public TheineConfiguration<K, V> setShards(@Nullable Integer shards) {
    this.shards = shards == null ? null : StoreSettings.requireShards(shards);
    return this;
  }

  @Override
  public TheineConfiguration<K, V> setTypes(Class<K> keyType, Class<V> valueType) {
    super.setTypes(keyType, valueType);
    return this;
  }

  @Override
  public TheineConfiguration<K, V> addCacheEntryListenerConfiguration(
      CacheEntryListenerConfiguration<K, V> listener) {
    super.addCacheEntryListenerConfiguration(listener);
    return this;
  }

  @Override
  public TheineConfiguration<K, V> removeCacheEntryListenerConfiguration(
      CacheEntryListenerConfiguration<K, V> listener) {
    super.removeCacheEntryListenerConfiguration(listener);
    return this;
  }

  @Override
  public TheineConfiguration<K, V> setCacheLoaderFactory(
      @Nullable Factory<? extends CacheLoader<K, V>> factory) {
    super.setCacheLoaderFactory(factory);
    return this;
  }

  @Override
  public TheineConfiguration<K, V> setCacheWriterFactory(
      @Nullable Factory<? extends CacheWriter<? super K, ? super V>> factory) {
    super.setCacheWriterFactory(factory);
    return this;
  }

  @Override
  public TheineConfiguration<K, V> setExpiryPolicyFactory(
      @Nullable Factory<? extends ExpiryPolicy> factory) {
    super.setExpiryPolicyFactory(factory);
    return this;
  }

  @Override
  public TheineConfiguration<K, V> setReadThrough(boolean readThrough) {
    super.setReadThrough(readThrough);
    return this;
  }

  @Override
  public TheineConfiguration<K, V> setWriteThrough(boolean writeThrough) {
    super.setWriteThrough(writeThrough);
    return this;
  }

  @Override
  public TheineConfiguration<K, V> setStoreByValue(boolean storeByValue) {
    super.setStoreByValue(storeByValue);
    return this;
  }

  @Override
  public TheineConfiguration<K, V> setStatisticsEnabled(boolean enabled) {
    super.setStatisticsEnabled(enabled);
    return this;
  }

  @Override
  public TheineConfiguration<K, V> setManagementEnabled(boolean enabled) {
    super.setManagementEnabled(enabled);
    return this;
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof TheineConfiguration<?, ?> other
        && super.equals(other)
        && isManagementEnabled == other.isManagementEnabled
        && settings().equals(other.settings());
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + settings().hashCode();
  }

  private static void requirePositive(String name, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + " must be positive: " + value);
    }
  }

  private static void requireOneBound(@Nullable Long size, @Nullable Long weight) {
    if (size != null && weight != null) {
      throw new IllegalStateException(
          "a cache has a maximumSize or a maximumWeight, not both: " + size + ", " + weight);
    }
  }

  /** This provider's settings in a fixed order, unset ones as null. */
  private List<@Nullable Object> settings() {
    return Arrays.asList(
        maximumSize,
        maximumWeight,
        weigherFactory,
        evictionEvents,
        copierFactory,
        serializerFactory,
        executorFactory,
        tickerFactory,
        shards,
        immutableTypes);
  }
}
