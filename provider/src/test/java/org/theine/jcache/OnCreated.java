package org.theine.jcache;

import java.util.function.Consumer;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;

/** Calls an action with the key of each new entry. */
record OnCreated(Consumer<Integer> action) implements CacheEntryCreatedListener<Integer, String> {
  @Override
  public void onCreated(Iterable<CacheEntryEvent<? extends Integer, ? extends String>> events) {
    events.forEach(event -> action.accept(event.getKey()));
  }
}
