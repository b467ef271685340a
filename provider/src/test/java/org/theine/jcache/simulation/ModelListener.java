package org.theine.jcache.simulation;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryListener;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.CacheEntryEvictedListener;
import org.theine.jcache.RemovalCause;
import org.theine.jcache.TheineCacheEntryEvent;
import org.theine.jcache.event.EventKind;
import org.theine.jcache.simulation.ModelEvents.Event;

/** A listener of the model. */
final class ModelListener {
  /** A task of the executor tells so many, then asks for another one. */
  private static final int BATCH = 1024;

  final CacheEntryListenerConfiguration<Key, Val> configuration;
  final boolean synchronous;
  private final ModelCache cache;
  private final World world;
  private final CacheEntryListener<? super Key, ? super Val> listener;
  private final @Nullable CacheEntryEventFilter<? super Key, ? super Val> filter;
  private final Deque<Event> waiting = new ArrayDeque<>();
  private boolean scheduled;
  private boolean ended;
  private boolean closed;

  ModelListener(
      ModelCache cache, World world, CacheEntryListenerConfiguration<Key, Val> configuration) {
    this.cache = cache;
    this.world = world;
    this.configuration = configuration;
    this.synchronous = configuration.isSynchronous();
    this.listener = configuration.getCacheEntryListenerFactory().create();
    this.filter =
        configuration.getCacheEntryEventFilterFactory() == null
            ? null
            : configuration.getCacheEntryEventFilterFactory().create();
  }

  boolean hears(EventKind kind) {
    return switch (kind) {
      case CREATED -> listener instanceof CacheEntryCreatedListener;
      case UPDATED -> listener instanceof CacheEntryUpdatedListener;
      case REMOVED -> listener instanceof CacheEntryRemovedListener;
      case EXPIRED -> listener instanceof CacheEntryExpiredListener;
      case EVICTED -> hearsEvictions();
    };
  }

  private boolean hearsEvictions() {
    return switch (world.settings.evictionEvents()) {
      case NONE -> false;
      case EVICTED_ONLY -> listener instanceof CacheEntryEvictedListener;
      case REMOVED ->
          listener instanceof CacheEntryEvictedListener
              || listener instanceof CacheEntryRemovedListener;
    };
  }

  void enqueue(Event event) {
    if (!ended) {
      waiting.add(event);
    }
  }

  void schedule(ModelEvents events) {
    if (waiting.isEmpty() || scheduled) {
      return;
    }
    scheduled = true;
    try {
      world.plugIns.executor.execute(() -> drain(events));
    } catch (Throwable e) {
      scheduled = false; // with the next event
    }
  }

  private void drain(ModelEvents events) {
    events.quietly(
        () -> {
          Event event;
          for (int i = 0; i < BATCH && (event = waiting.poll()) != null; i++) {
            try {
              tell(event);
            } catch (CacheEntryListenerException e) {
              // logged
            }
          }
          scheduled = false;
        });
    schedule(events);
  }

  @SuppressWarnings("unchecked")
  void tell(Event event) {
    if (ended) {
      return;
    }
    try {
      CacheEntryEvent<Key, Val> view = new View(event);
      if (filter != null && !filter.evaluate(view)) {
        return;
      }
      List<CacheEntryEvent<? extends Key, ? extends Val>> views = List.of(view);
      switch (event.kind) {
        case CREATED -> ((CacheEntryCreatedListener<Key, Val>) listener).onCreated(views);
        case UPDATED -> ((CacheEntryUpdatedListener<Key, Val>) listener).onUpdated(views);
        case REMOVED -> ((CacheEntryRemovedListener<Key, Val>) listener).onRemoved(views);
        case EXPIRED -> ((CacheEntryExpiredListener<Key, Val>) listener).onExpired(views);
        case EVICTED -> {
          if (listener instanceof CacheEntryEvictedListener) {
            ((CacheEntryEvictedListener<Key, Val>) listener).onEvicted(views);
          } else {
            ((CacheEntryRemovedListener<Key, Val>) listener).onRemoved(views);
          }
        }
      }
    } catch (CacheEntryListenerException e) {
      throw e;
    } catch (Throwable e) {
      throw new CacheEntryListenerException(
          "a listener of cache '" + Settings.CACHE + "' failed", e);
    }
  }

  /** Hears nothing any more. */
  void end() {
    ended = true;
    waiting.clear();
  }

  void close() {
    if (!closed) {
      closed = true;
      close(listener);
      close(filter);
    }
  }

  static void close(@Nullable Object plugIn) {
    try {
      if (plugIn instanceof Closeable closeable) {
        closeable.close();
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (Throwable e) {
      // logged
    }
  }

  private final class View extends CacheEntryEvent<Key, Val>
      implements TheineCacheEntryEvent<Key, Val> {
    private static final long serialVersionUID = 1L;
    private final transient Event event;

    View(Event event) {
      super(cache, event.kind.type());
      this.event = event;
    }

    @Override
    public Key getKey() {
      return event.key;
    }

    @Override
    public @Nullable Val getValue() {
      return switch (event.kind) {
        case CREATED, UPDATED -> cache.given(event.value);
        case REMOVED, EXPIRED, EVICTED -> getOldValue();
      };
    }

    @Override
    public @Nullable Val getOldValue() {
      Object old = event.old;
      return isOldValueAvailable() && old != null ? cache.given(old) : null;
    }

    @Override
    public boolean isOldValueAvailable() {
      return configuration.isOldValueRequired() && event.old != null;
    }

    @Override
    public RemovalCause cause() {
      return switch (event.kind) {
        case EXPIRED -> RemovalCause.EXPIRED;
        case EVICTED ->
            world.settings.maximumWeight() > 0 ? RemovalCause.WEIGHT : RemovalCause.SIZE;
        default -> RemovalCause.EXPLICIT;
      };
    }

    @Override
    public <T> T unwrap(Class<T> type) {
      return type.cast(this);
    }
  }
}
