package org.theine.jcache.simulation;

import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryListener;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.event.EventType;
import org.theine.jcache.CacheEntryEvictedListener;
import org.theine.jcache.TheineCacheEntryEvent;
import org.theine.jcache.simulation.Settings.Listening;

/** The listeners of a simulation. Stateless. */
final class Listeners {
  private Listeners() {}

  static CacheEntryListenerConfiguration<Key, Val> configuration(
      World world, int number, Listening listening) {
    return new MutableCacheEntryListenerConfiguration<>(
        () -> listener(world, number, listening.hears()),
        listening.filtered() ? () -> new Filter(world, number) : null,
        listening.oldValue(),
        listening.synchronous());
  }

  private static CacheEntryListener<Key, Val> listener(
      World world, int number, Settings.Hears hears) {
    return switch (hears) {
      case ALL -> new All(world, number);
      case ALL_AND_EVICTIONS -> new AllAndEvictions(world, number);
      case EVICTIONS -> new Evictions(world, number);
      case CREATIONS -> new Creations(world, number);
      case UPDATES -> new Updates(world, number);
      case ENDS -> new Ends(world, number);
    };
  }

  /** Records an event as a listener or filter sees it. */
  private static void see(
      World world, Plug plug, int number, CacheEntryEvent<? extends Key, ? extends Val> event) {
    Val value = world.keepIfAny(event.getValue());
    Val old = event.isOldValueAvailable() ? event.getOldValue() : null;
    EventType type = event.getEventType();
    String cause =
        type == EventType.CREATED || type == EventType.UPDATED
            ? ""
            : " " + event.unwrap(TheineCacheEntryEvent.class).cause();
    world.call(plug, event.getKey(), Val.code(value), Val.code(old), number + " " + type + cause);
  }

  private static final class Filter extends PlugIns.Closing
      implements CacheEntryEventFilter<Key, Val> {
    private final int number;

    Filter(World world, int number) {
      super(world, "filter " + number);
      this.number = number;
    }

    @Override
    public boolean evaluate(CacheEntryEvent<? extends Key, ? extends Val> event) {
      see(world, Plug.FILTER, number, event);
      return !world.choices.oneIn(3);
    }
  }

  private abstract static class Spy extends PlugIns.Closing {
    private final int number;

    Spy(World world, int number) {
      super(world, "listener " + number);
      this.number = number;
    }

    final void hear(Iterable<CacheEntryEvent<? extends Key, ? extends Val>> events) {
      events.forEach(event -> see(world, Plug.LISTENER, number, event));
    }
  }

  private static final class Creations extends Spy implements CacheEntryCreatedListener<Key, Val> {
    Creations(World world, int number) {
      super(world, number);
    }

    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends Key, ? extends Val>> events) {
      hear(events);
    }
  }

  private static final class Updates extends Spy implements CacheEntryUpdatedListener<Key, Val> {
    Updates(World world, int number) {
      super(world, number);
    }

    @Override
    public void onUpdated(Iterable<CacheEntryEvent<? extends Key, ? extends Val>> events) {
      hear(events);
    }
  }

  private static final class Evictions extends Spy implements CacheEntryEvictedListener<Key, Val> {
    Evictions(World world, int number) {
      super(world, number);
    }

    @Override
    public void onEvicted(Iterable<CacheEntryEvent<? extends Key, ? extends Val>> events) {
      hear(events);
    }
  }

  private static class Ends extends Spy
      implements CacheEntryRemovedListener<Key, Val>, CacheEntryExpiredListener<Key, Val> {
    Ends(World world, int number) {
      super(world, number);
    }

    @Override
    public void onRemoved(Iterable<CacheEntryEvent<? extends Key, ? extends Val>> events) {
      hear(events);
    }

    @Override
    public void onExpired(Iterable<CacheEntryEvent<? extends Key, ? extends Val>> events) {
      hear(events);
    }
  }

  private static class All extends Ends
      implements CacheEntryCreatedListener<Key, Val>, CacheEntryUpdatedListener<Key, Val> {
    All(World world, int number) {
      super(world, number);
    }

    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends Key, ? extends Val>> events) {
      hear(events);
    }

    @Override
    public void onUpdated(Iterable<CacheEntryEvent<? extends Key, ? extends Val>> events) {
      hear(events);
    }
  }

  private static final class AllAndEvictions extends All
      implements CacheEntryEvictedListener<Key, Val> {
    AllAndEvictions(World world, int number) {
      super(world, number);
    }

    @Override
    public void onEvicted(Iterable<CacheEntryEvent<? extends Key, ? extends Val>> events) {
      hear(events);
    }
  }
}
