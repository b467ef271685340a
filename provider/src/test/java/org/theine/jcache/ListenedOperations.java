package org.theine.jcache;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;

/**
 * The operations on a cache with a listener that keeps a mirror of it by what it is told: the
 * events of a key come in order, exactly once and one at a time, or they do not fit the mirror.
 * Public since Lincheck uses it by reflection.
 */
public abstract class ListenedOperations extends CacheOperations {
  private final Mirror mirror = new Mirror();

  ListenedOperations(TheineConfiguration<Integer, Object> configuration) {
    this(configuration, true);
  }

  ListenedOperations(TheineConfiguration<Integer, Object> configuration, boolean synchronous) {
    super(configuration);
    cache.registerCacheEntryListener(
        synchronous ? Caches.synchronous(mirror) : Caches.asynchronous(mirror));
  }

  /** At rest the mirror shows what the cache has. */
  @Override
  public void audit() {
    super.audit();
    Map<Integer, Object> entries = new HashMap<>();
    cache.forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
    mirror.requireShows(entries);
  }

  /** What the listener was told. Guarded by itself. */
  private static final class Mirror
      implements CacheEntryCreatedListener<Integer, Object>,
          CacheEntryUpdatedListener<Integer, Object>,
          CacheEntryRemovedListener<Integer, Object>,
          CacheEntryExpiredListener<Integer, Object> {
    private final Map<Integer, Object> entries = new HashMap<>();
    private final StringBuilder misfits = new StringBuilder();

    private synchronized void change(
        Iterable<CacheEntryEvent<? extends Integer, ?>> events, boolean leaves) {
      for (CacheEntryEvent<? extends Integer, ?> event : events) {
        Object before =
            leaves ? entries.remove(event.getKey()) : entries.put(event.getKey(), event.getValue());
        if (!Objects.equals(before, event.getOldValue())) {
          misfits.append(event.getEventType()).append(" of ").append(event.getKey());
          misfits.append(": was ").append(event.getOldValue());
          misfits.append(", told before: ").append(before).append("; ");
        }
      }
    }

    synchronized void requireShows(Map<Integer, Object> present) {
      if (!misfits.isEmpty()) {
        throw new IllegalStateException(misfits.toString());
      }
      if (!entries.equals(present)) {
        throw new IllegalStateException("told: " + entries + ", there: " + present);
      }
    }

    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends Integer, ?>> events) {
      change(events, false);
    }

    @Override
    public void onUpdated(Iterable<CacheEntryEvent<? extends Integer, ?>> events) {
      change(events, false);
    }

    @Override
    public void onRemoved(Iterable<CacheEntryEvent<? extends Integer, ?>> events) {
      change(events, true);
    }

    @Override
    public void onExpired(Iterable<CacheEntryEvent<? extends Integer, ?>> events) {
      change(events, true);
    }
  }
}
