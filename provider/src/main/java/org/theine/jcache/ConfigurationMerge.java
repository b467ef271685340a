package org.theine.jcache;

import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javax.cache.configuration.Factory;
import javax.cache.configuration.FactoryBuilder.SingletonFactory;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryListener;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.config.CacheSettings;
import org.theine.jcache.config.Kind;
import org.theine.jcache.config.ListenerSettings;
import org.theine.jcache.config.Setting;
import org.theine.jcache.config.Value;
import org.theine.jcache.integration.FixedExpiryPolicy;

/**
 * Adds what files and properties say to what a program says of one cache. Where a configuration
 * still has the default of JCache it says nothing, since there is no other way to say nothing;
 * whatever else it says counts before the settings. For one thread.
 */
final class ConfigurationMerge<K, V> {
  private final TheineConfiguration<K, V> configuration;
  private final CacheSettings settings;
  private final UserClasses classes;

  private ConfigurationMerge(
      TheineConfiguration<K, V> configuration, CacheSettings settings, UserClasses classes) {
    this.configuration = configuration;
    this.settings = settings;
    this.classes = classes;
  }

  /** Changes the configuration, which must be nobody else's, to what holds for the cache. */
  static <K, V> void apply(
      TheineConfiguration<K, V> configuration, CacheSettings settings, UserClasses classes) {
    if (!settings.values().isEmpty()) {
      new ConfigurationMerge<>(configuration, settings, classes).apply();
    }
  }

  private void apply() {
    types();
    bound();
    expiry();
    switches();
    copies();
    plugIns();
    listeners();
    setIfSilent(configuration.getShards(), Setting.SHARDS, Integer.class, configuration::setShards);
    setIfSilent(
        configuration.getEvictionEvents(),
        Setting.EVICTION_EVENTS,
        String.class,
        word -> configuration.setEvictionEvents(evictionEvents(word)));
  }

  private <T> void setIfSilent(
      @Nullable Object inCode, Setting setting, Class<T> type, Consumer<T> set) {
    T content = settings.get(setting, type);
    if (inCode == null && content != null) {
      set.accept(content);
    }
  }

  private static EvictionEvents evictionEvents(String word) {
    return EvictionEvents.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  @SuppressWarnings("unchecked")
  private void types() {
    Class<K> key = configuration.getKeyType();
    Class<V> value = configuration.getValueType();
    Value keySetting = settings.get(Setting.KEY_TYPE);
    Value valueSetting = settings.get(Setting.VALUE_TYPE);
    if (key == Object.class && keySetting != null) {
      key = (Class<K>) classes.type(keySetting);
    }
    if (value == Object.class && valueSetting != null) {
      value = (Class<V>) classes.type(valueSetting);
    }
    configuration.setTypes(key, value);
  }

  private void bound() {
    if (configuration.getMaximumSize() != null || configuration.getMaximumWeight() != null) {
      return;
    }
    Long size = settings.get(Setting.MAXIMUM, Long.class);
    if (size != null && !size.equals(Kind.UNBOUNDED)) {
      configuration.setMaximumSize(size);
    }
    Long weight = settings.get(Setting.MAXIMUM_WEIGHT, Long.class);
    Value weigher = settings.get(Setting.WEIGHER);
    if (weight != null && !weight.equals(Kind.UNBOUNDED)) {
      if (weigher
          == null) { // the settings were checked, so a program asks for what no block is for
        throw settings.get(Setting.MAXIMUM_WEIGHT).refused("needs a weigher", null);
      }
      configuration.setMaximumWeight(weight, weigher(weigher));
    }
  }

  @SuppressWarnings("unchecked")
  private Factory<Weigher<? super K, ? super V>> weigher(Value value) {
    return (Factory<Weigher<? super K, ? super V>>)
        (Factory<?>) classes.factory(value, Weigher.class);
  }

  // ---------------------------------------------------------------------------------------- expiry

  private void expiry() {
    if (!EternalExpiryPolicy.factoryOf().equals(configuration.getExpiryPolicyFactory())) {
      return;
    }
    Value policy = settings.get(Setting.EXPIRY_POLICY);
    Duration ttl = settings.get(Setting.TTL, Duration.class);
    Duration tti = settings.get(Setting.TTI, Duration.class);
    if (policy != null) {
      configuration.setExpiryPolicyFactory(classes.factory(policy, ExpiryPolicy.class));
    } else if (ttl != null) {
      setExpiry(ttl, ttl, null);
    } else if (tti != null) {
      setExpiry(tti, tti, tti);
    } else {
      setExpiry(
          settings.get(Setting.EXPIRE_AFTER_CREATE, Duration.class),
          settings.get(Setting.EXPIRE_AFTER_UPDATE, Duration.class),
          settings.get(Setting.EXPIRE_AFTER_ACCESS, Duration.class));
    }
  }

  private void setExpiry(
      @Nullable Duration create, @Nullable Duration update, @Nullable Duration access) {
    if (isFinite(create) || isFinite(update) || isFinite(access)) { // else it is eternal as it is
      configuration.setExpiryPolicyFactory(
          new SingletonFactory<>(
              new FixedExpiryPolicy(create == null ? Duration.ETERNAL : create, update, access)));
    }
  }

  private static boolean isFinite(@Nullable Duration duration) {
    return duration != null && !duration.isEternal();
  }

  // -------------------------------------------------------------------------------------- the rest

  private void switches() {
    if (isOn(Setting.STATISTICS)) {
      configuration.setStatisticsEnabled(true);
    }
    if (isOn(Setting.MANAGEMENT)) {
      configuration.setManagementEnabled(true);
    }
    if (isOn(Setting.READ_THROUGH)) {
      configuration.setReadThrough(true);
    }
    if (isOn(Setting.WRITE_THROUGH)) {
      configuration.setWriteThrough(true);
    }
    if (Boolean.FALSE.equals(settings.get(Setting.STORE_BY_VALUE, Boolean.class))) {
      configuration.setStoreByValue(false);
    }
  }

  private boolean isOn(Setting setting) {
    return Boolean.TRUE.equals(settings.get(setting, Boolean.class));
  }

  @SuppressWarnings("unchecked")
  private void copies() {
    Value types = settings.get(Setting.IMMUTABLE_TYPES);
    if (types != null && configuration.getImmutableTypes().isEmpty()) {
      configuration.setImmutableTypes(classes.types(types).toArray(Class<?>[]::new));
    }
    Value copier = settings.get(Setting.COPIER);
    if (copier != null && configuration.getCopierFactory() == null) {
      configuration.setCopierFactory(
          (Factory<Copier<Object>>) (Factory<?>) classes.factory(copier, Copier.class));
    }
    Value serializer = settings.get(Setting.SERIALIZER);
    if (serializer != null && configuration.getSerializerFactory() == null) {
      configuration.setSerializerFactory(classes.factory(serializer, Serializer.class));
    }
  }

  @SuppressWarnings("unchecked")
  private void plugIns() {
    Value loader = settings.get(Setting.LOADER);
    if (loader != null && configuration.getCacheLoaderFactory() == null) {
      configuration.setCacheLoaderFactory(
          (Factory<CacheLoader<K, V>>) (Factory<?>) classes.factory(loader, CacheLoader.class));
    }
    Value writer = settings.get(Setting.WRITER);
    if (writer != null && configuration.getCacheWriterFactory() == null) {
      configuration.setCacheWriterFactory(
          (Factory<CacheWriter<K, V>>) (Factory<?>) classes.factory(writer, CacheWriter.class));
    }
    Value executor = settings.get(Setting.EXECUTOR);
    if (executor != null && configuration.getExecutorFactory() == null) {
      configuration.setExecutorFactory(classes.factory(executor, Executor.class));
    }
  }

  private void listeners() {
    Value value = settings.get(Setting.LISTENERS);
    if (value != null && isEmpty(configuration.getCacheEntryListenerConfigurations())) {
      UserClasses.listeners(value).forEach(listener -> add(value, listener));
    }
  }

  private static boolean isEmpty(Iterable<?> listeners) {
    return !listeners.iterator().hasNext();
  }

  @SuppressWarnings("unchecked")
  private void add(Value value, ListenerSettings listener) {
    Factory<?> factory = classes.factory(value, listener.listener(), CacheEntryListener.class);
    String filter = listener.filter();
    Factory<?> filterFactory =
        filter == null ? null : classes.factory(value, filter, CacheEntryEventFilter.class);
    configuration.addCacheEntryListenerConfiguration(
        new MutableCacheEntryListenerConfiguration<>(
            (Factory<CacheEntryListener<K, V>>) factory,
            (Factory<CacheEntryEventFilter<K, V>>) filterFactory,
            listener.oldValueRequired(),
            listener.synchronous()));
  }
}
