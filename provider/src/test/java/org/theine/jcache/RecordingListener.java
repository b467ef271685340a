package org.theine.jcache;

import java.util.ArrayList;
import java.util.List;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;

/**
 * Writes down what it is told, as {@code "UPDATED 1=b was a"}; {@code was} only if there is an old
 * value. Safe for use by several threads.
 */
class RecordingListener<K, V>
    implements CacheEntryCreatedListener<K, V>,
        CacheEntryUpdatedListener<K, V>,
        CacheEntryRemovedListener<K, V>,
        CacheEntryExpiredListener<K, V> {
  private final List<String> told = new ArrayList<>();

  /** What was told since the last call. */
  final synchronized List<String> take() {
    List<String> taken = List.copyOf(told);
    told.clear();
    return taken;
  }

  final synchronized int count() {
    return told.size();
  }

  final synchronized void record(Iterable<CacheEntryEvent<? extends K, ? extends V>> events) {
    for (CacheEntryEvent<? extends K, ? extends V> event : events) {
      told.add(
          event.getEventType()
              + " "
              + event.getKey()
              + "="
              + event.getValue()
              + (event.isOldValueAvailable() ? " was " + event.getOldValue() : ""));
    }
  }

  @Override
  public void onCreated(Iterable<CacheEntryEvent<? extends K, ? extends V>> events) {
    record(events);
  }

  @Override
  public void onUpdated(Iterable<CacheEntryEvent<? extends K, ? extends V>> events) {
    record(events);
  }

  @Override
  public void onRemoved(Iterable<CacheEntryEvent<? extends K, ? extends V>> events) {
    record(events);
  }

  @Override
  public void onExpired(Iterable<CacheEntryEvent<? extends K, ? extends V>> events) {
    record(events);
  }
}
