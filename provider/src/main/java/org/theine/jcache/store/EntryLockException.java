package org.theine.jcache.store;

import java.io.Serial;

/**
 * The lock of an entry could not be had: waiting for it would never have ended, or was interrupted.
 * The message says which, without key or value; the caller adds the name of the cache.
 */
public final class EntryLockException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  EntryLockException(String message) {
    super(message);
  }
}
