package org.theine.jcache;

import org.jspecify.annotations.Nullable;

/**
 * What an operation did. Filled in as it goes, so that a failure leaves behind what is to be
 * counted.
 */
final class Outcome {
  /** The operation has looked at the entry. */
  boolean looked;

  /** The value before, as the cache keeps it; null if there was none. */
  @Nullable Object previous;

  /** The value before as the caller gets it, if the operation gives it. */
  @Nullable Object given;

  /** The operation has stored or removed a value; an entry that must not be added is none. */
  boolean acted;
}
