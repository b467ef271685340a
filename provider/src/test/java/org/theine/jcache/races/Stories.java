package org.theine.jcache.races;

import java.util.Queue;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import org.theine.jcache.RemovalCause;
import org.theine.jcache.TheineCacheEntryEvent;

/**
 * Writes down what it is told of each key, in the short form of {@link KeyState#story}. An event
 * that does not follow from the one before is a misfit. Guarded by itself.
 */
final class Stories
    implements CacheEntryCreatedListener<Key, Box>,
        CacheEntryUpdatedListener<Key, Box>,
        CacheEntryRemovedListener<Key, Box>,
        CacheEntryExpiredListener<Key, Box> {
  private static final int UNKNOWN = -2;

  private final StringBuilder[] stories = new StringBuilder[Answers.KEYS + 1];
  private final int[] told = new int[Answers.KEYS + 1];
  private final Queue<String> misfits;
  private boolean gaps;

  Stories(Queue<String> misfits) {
    this.misfits = misfits;
    for (int key = 0; key < stories.length; key++) {
      stories[key] = new StringBuilder();
    }
    begin(true);
  }

  /**
   * Forgets everything.
   *
   * @param withGaps whether something may be going on that tells nobody
   */
  synchronized void begin(boolean withGaps) {
    gaps = withGaps;
    for (int key = 0; key < stories.length; key++) {
      stories[key].setLength(0);
      told[key] = UNKNOWN;
    }
  }

  synchronized String of(int key) {
    return stories[key].toString();
  }

  private void tell(
      char letter, CacheEntryEvent<? extends Key, ? extends Box> event, boolean leaves) {
    Callback.LISTENER.reached();
    // The getters of a cache by value run code of the user's: not under the monitor.
    int value = Box.numberIn(event.getValue());
    write(letter, event.getKey().number, value, Box.numberIn(event.getOldValue()), leaves);
  }

  private synchronized void write(char letter, int key, int value, int old, boolean leaves) {
    stories[key].append(letter).append(value);
    if (letter == 'U') {
      stories[key].append('<').append(old);
    }
    stories[key].append(' ');
    if (!gaps && told[key] != UNKNOWN && told[key] != old) {
      misfits.add("events of key %d: %s after %d".formatted(key, stories[key], told[key]));
    }
    told[key] = leaves ? KeyState.NOTHING : value;
  }

  @Override
  public void onCreated(Iterable<CacheEntryEvent<? extends Key, ? extends Box>> events) {
    events.forEach(event -> tell('C', event, false));
  }

  @Override
  public void onUpdated(Iterable<CacheEntryEvent<? extends Key, ? extends Box>> events) {
    events.forEach(event -> tell('U', event, false));
  }

  @Override
  public void onRemoved(Iterable<CacheEntryEvent<? extends Key, ? extends Box>> events) {
    events.forEach(event -> tell(letterOf(event), event, true));
  }

  private static char letterOf(CacheEntryEvent<?, ?> event) {
    RemovalCause cause = event.unwrap(TheineCacheEntryEvent.class).cause();
    return cause == RemovalCause.EXPLICIT ? 'R' : 'E';
  }

  @Override
  public void onExpired(Iterable<CacheEntryEvent<? extends Key, ? extends Box>> events) {
    events.forEach(event -> tell('X', event, true));
  }
}
