package org.theine.jcache.osgi.application;

import java.io.Serial;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;

/** Keeps what it is told. */
final class Recorder
    implements CacheEntryCreatedListener<String, Person>,
        CacheEntryUpdatedListener<String, Person>,
        CacheEntryRemovedListener<String, Person>,
        Serializable {
  @Serial private static final long serialVersionUID = 1;

  @SuppressWarnings("serial") // never written
  private final List<String> events = new CopyOnWriteArrayList<>();

  List<String> events() {
    return List.copyOf(events);
  }

  @Override
  public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends Person>> told) {
    record(told);
  }

  @Override
  public void onUpdated(Iterable<CacheEntryEvent<? extends String, ? extends Person>> told) {
    record(told);
  }

  @Override
  public void onRemoved(Iterable<CacheEntryEvent<? extends String, ? extends Person>> told) {
    record(told);
  }

  private void record(Iterable<CacheEntryEvent<? extends String, ? extends Person>> told) {
    told.forEach(event -> events.add(event.getEventType() + " " + event.getValue()));
  }
}
