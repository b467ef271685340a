package org.theine.jcache;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Factory;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryListener;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.event.EntryEvent;
import org.theine.jcache.event.EventKind;
import org.theine.jcache.event.ListenerRegistration;
import org.theine.jcache.integration.Closing;
import org.theine.jcache.integration.ContextLoader;

/** Makes registrations of the listeners that users configure. Safe for use by several threads. */
final class CacheListeners<K, V> {
  private final Cache<K, V> cache;
  private final CacheParts<K, V> parts;
  private final EvictionEvents evictionEvents;
  private final RemovalCause evictionCause;

  CacheListeners(
      Cache<K, V> cache,
      CacheParts<K, V> parts,
      EvictionEvents evictionEvents,
      RemovalCause evictionCause) {
    this.cache = cache;
    this.parts = parts;
    this.evictionEvents = evictionEvents;
    this.evictionCause = evictionCause;
  }

  void register(CacheEntryListenerConfiguration<K, V> configuration) {
    requireNew(configuration);
    ListenerRegistration<K, V> registration = registration(configuration);
    if (!parts.events.register(registration)) { // meanwhile
      Closing closing = new Closing();
      registration.takePlugIns().forEach(closing::close);
      parts.store.requireOpen();
      requireNew(configuration);
    }
  }

  private void requireNew(CacheEntryListenerConfiguration<K, V> configuration) {
    if (parts.events.find(configuration) != null) {
      throw new IllegalArgumentException(
          "cache '" + parts.name + "': this listener configuration is registered already");
    }
  }

  /** Takes a listener away; null if it was not registered. */
  @Nullable ListenerRegistration<K, V> deregister(
      CacheEntryListenerConfiguration<K, V> configuration) {
    ListenerRegistration<K, V> registration = parts.events.find(configuration);
    if (registration != null) {
      parts.events.deregister(registration);
    }
    return registration;
  }

  private ListenerRegistration<K, V> registration(
      CacheEntryListenerConfiguration<K, V> configuration) {
    CacheEntryListener<? super K, ? super V> listener =
        create("listener", configuration.getCacheEntryListenerFactory());
    Factory<? extends CacheEntryEventFilter<? super K, ? super V>> filters =
        configuration.getCacheEntryEventFilterFactory();
    try {
      return new ListenerRegistration<>(
          parts.name,
          configuration,
          listener,
          filters == null ? null : create("listener's filter", filters),
          handlers(listener),
          this::view);
    } catch (Throwable e) {
      Throwable further = new Closing().close(listener).failure();
      if (further != null) {
        e.addSuppressed(further);
      }
      throw e;
    }
  }

  private <T> T create(String what, Factory<? extends T> factory) {
    T product;
    try {
      product = ContextLoader.create(factory, cache.getCacheManager().getClassLoader());
    } catch (Exception e) {
      throw new CacheException(
          "cache '" + parts.name + "': the factory of a " + what + " failed", e);
    }
    if (product == null) {
      throw new CacheException(
          "cache '" + parts.name + "': the factory of a " + what + " returned null");
    }
    return product;
  }

  @SuppressWarnings("unchecked")
  private Map<EventKind, Consumer<Iterable<CacheEntryEvent<? extends K, ? extends V>>>> handlers(
      CacheEntryListener<? super K, ? super V> listener) {
    Map<EventKind, Consumer<Iterable<CacheEntryEvent<? extends K, ? extends V>>>> handlers =
        new EnumMap<>(EventKind.class);
    if (listener instanceof CacheEntryCreatedListener<?, ?> created) {
      handlers.put(EventKind.CREATED, ((CacheEntryCreatedListener<K, V>) created)::onCreated);
    }
    if (listener instanceof CacheEntryUpdatedListener<?, ?> updated) {
      handlers.put(EventKind.UPDATED, ((CacheEntryUpdatedListener<K, V>) updated)::onUpdated);
    }
    if (listener instanceof CacheEntryExpiredListener<?, ?> expired) {
      handlers.put(EventKind.EXPIRED, ((CacheEntryExpiredListener<K, V>) expired)::onExpired);
    }
    if (listener instanceof CacheEntryRemovedListener<?, ?> removed) {
      handlers.put(EventKind.REMOVED, ((CacheEntryRemovedListener<K, V>) removed)::onRemoved);
      if (evictionEvents == EvictionEvents.REMOVED) {
        handlers.put(EventKind.EVICTED, ((CacheEntryRemovedListener<K, V>) removed)::onRemoved);
      }
    }
    if (listener instanceof CacheEntryEvictedListener<?, ?> evicted
        && evictionEvents != EvictionEvents.NONE) {
      handlers.put(EventKind.EVICTED, ((CacheEntryEvictedListener<K, V>) evicted)::onEvicted);
    }
    return handlers;
  }

  private CacheEntryEvent<K, V> view(EntryEvent<K> event, boolean withOldValue) {
    RemovalCause cause =
        switch (event.kind()) {
          case CREATED, UPDATED -> null;
          case REMOVED -> RemovalCause.EXPLICIT;
          case EXPIRED -> RemovalCause.EXPIRED;
          case EVICTED -> evictionCause;
        };
    return new TheineEntryEvent<>(cache, parts, event, withOldValue, cause);
  }
}
