package org.theine.jcache;

import org.jspecify.annotations.Nullable;
import org.theine.jcache.event.EventKind;
import org.theine.jcache.integration.Expiration;
import org.theine.jcache.store.Entry;

/**
 * The changes that operations end in: of a locked entry, with its expiry, its event and the bound.
 * Safe for use by several threads.
 */
final class Commits<K, V> {
  private final CacheParts<K, V> parts;

  Commits(CacheParts<K, V> parts) {
    this.parts = parts;
  }

  /**
   * How long a value that is to be written will live. Asked before the writer is told: what fails
   * after that would leave the cache behind the store.
   *
   * @param current the value before, or null
   */
  long durationAfter(@Nullable Object current) {
    return current == null ? parts.expiration.creation() : parts.expiration.update();
  }

  /**
   * Stores a value for a key that has no entry, where no user code runs.
   *
   * @return false, and nothing done, if it has one by now, or if a new one is not to be added
   */
  boolean add(K key, int hash, @Nullable Object value) {
    long duration = parts.expiration.creation();
    return value != null && duration != 0 && parts.exclusive.add(key, hash, value, duration);
  }

  /**
   * Stores a value.
   *
   * @param current the value before, or null
   * @param duration from {@link #durationAfter}
   * @return whether there was an entry after it, be it for an instant; false if a new one was not
   *     to be added
   */
  boolean write(
      Entry<K, Object> entry, @Nullable Object current, Object value, int weight, long duration) {
    if (current != null) {
      update(entry, current, value, weight, duration);
      return true;
    }
    if (duration == 0) {
      return false;
    }
    if (!parts.exclusive.fits(weight)) {
      parts.arrived(entry, value);
      parts.exclusive.refuse(entry, value);
    } else if (parts.exclusive.insert(entry, value, weight, duration)) {
      parts.exclusive.settle(entry);
    } else { // after a clear or the end: told and counted as if just before, but not stored
      parts.arrived(entry, value);
    }
    return true;
  }

  /**
   * Stores a loaded value. After a clear in between only those who wait get it, and nobody is told:
   * the key may be another operation's by now.
   *
   * @param current the value before, or null
   */
  void load(Entry<K, Object> entry, @Nullable Object current, Object value, int weight) {
    long duration = durationAfter(current);
    if (parts.exclusive.endAsking(entry)) {
      write(entry, current, value, weight, duration);
    }
  }

  private void update(
      Entry<K, Object> entry, Object current, Object value, int weight, long duration) {
    boolean fits = parts.exclusive.fits(weight);
    if (fits) {
      parts.exclusive.replace(entry, value, weight, duration);
    }
    parts.events.publish(EventKind.UPDATED, entry.key(), entry.hash(), value, current);
    if (!fits) {
      parts.exclusive.refuse(entry, value);
    } else if (duration == 0) {
      parts.exclusive.expire(entry);
    } else {
      parts.exclusive.settle(entry);
    }
  }

  /** Removes the value of an entry. */
  void remove(Entry<K, Object> entry, Object current) {
    parts.exclusive.remove(entry);
    parts.events.publish(EventKind.REMOVED, entry.key(), entry.hash(), current, current);
  }

  /** An operation has looked at the value and left it. */
  void access(Entry<K, Object> entry) {
    if (parts.touch != null) {
      long duration = parts.expiration.access();
      if (duration != Expiration.UNCHANGED) {
        parts.exclusive.touch(entry, duration);
      }
    }
  }
}
