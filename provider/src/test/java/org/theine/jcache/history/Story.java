package org.theine.jcache.history;

import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import org.jspecify.annotations.Nullable;

/**
 * What a listener is told during a history. The story of a key has no gap: each event says what the
 * one before has left, and the last one what is there at rest. Guarded by itself.
 */
final class Story
    implements CacheEntryCreatedListener<Key, Stamp>,
        CacheEntryUpdatedListener<Key, Stamp>,
        CacheEntryRemovedListener<Key, Stamp>,
        CacheEntryExpiredListener<Key, Stamp> {
  private final Subject subject;

  /** By key, as far as it was told. */
  private final int[] told = new int[Call.KEYS];

  private @Nullable String misfit;

  Story(Subject subject) {
    this.subject = subject;
  }

  synchronized void clear() {
    misfit = null;
    java.util.Arrays.fill(told, 0);
  }

  /**
   * What does not fit, or null; at rest.
   *
   * @param silently what has left need not have been told, or not yet
   */
  synchronized @Nullable String misfit(boolean silently) {
    String first = misfit;
    for (int key = 0; key < Call.KEYS && first == null; key++) {
      int left = subject.history.left[key];
      if (told[key] != left && !(silently && left == 0)) {
        first = "the listener was told that k" + key + " is " + Stamp.nameOf(told[key]);
      }
    }
    return first;
  }

  private synchronized void tell(Iterable<CacheEntryEvent<? extends Key, ? extends Stamp>> events) {
    for (CacheEntryEvent<? extends Key, ? extends Stamp> event : events) {
      if (subject.isOwn(event.getKey())) {
        tell(event, subject.indexOf(event.getKey()));
      }
    }
  }

  private void tell(CacheEntryEvent<? extends Key, ? extends Stamp> event, int key) {
    if (key < 0 || key >= Call.KEYS) {
      return; // an entry of an earlier history that expires now
    }
    Stamp before = event.getOldValue();
    int code = before == null ? 0 : before.code();
    boolean cleared = code == 0 && subject.clears();
    if (code != told[key] && !cleared && misfit == null) {
      misfit =
          "%s of k%d says that it was %s, told before: %s"
              .formatted(event.getEventType(), key, before, Stamp.nameOf(told[key]));
    }
    boolean leaves =
        switch (event.getEventType()) {
          case CREATED, UPDATED -> false;
          case REMOVED, EXPIRED -> true;
        };
    told[key] = leaves ? 0 : event.getValue().code();
  }

  @Override
  public void onCreated(Iterable<CacheEntryEvent<? extends Key, ? extends Stamp>> events) {
    tell(events);
  }

  @Override
  public void onUpdated(Iterable<CacheEntryEvent<? extends Key, ? extends Stamp>> events) {
    tell(events);
  }

  @Override
  public void onRemoved(Iterable<CacheEntryEvent<? extends Key, ? extends Stamp>> events) {
    tell(events);
  }

  @Override
  public void onExpired(Iterable<CacheEntryEvent<? extends Key, ? extends Stamp>> events) {
    tell(events);
  }
}
