package org.theine.jcache.config;

import org.jspecify.annotations.Nullable;

/**
 * A listener that a file or a property names. Immutable.
 *
 * @param listener the name of its class
 * @param filter the name of its filter's class, or null if it hears of everything
 * @param oldValueRequired whether it wants to see what was there before
 * @param synchronous whether who caused an event waits for it
 */
public record ListenerSettings(
    String listener, @Nullable String filter, boolean oldValueRequired, boolean synchronous) {

  /** The keys of a listener's block, the first of which must be there. */
  static final String CLASS = "class";

  static final String FILTER = "filter";
  static final String OLD_VALUE = "old-value-required";
  static final String SYNCHRONOUS = "synchronous";

  /** A listener of which nothing but the class is said. */
  static ListenerSettings of(String listener) {
    return new ListenerSettings(listener, null, false, false);
  }
}
