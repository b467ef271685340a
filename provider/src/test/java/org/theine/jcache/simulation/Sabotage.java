package org.theine.jcache.simulation;

/** Faults of a cache that a simulation must find, to show that it can find any. */
enum Sabotage {
  NONE,

  /** {@code getAndRemove(3)} leaves the entry. */
  LOSES_REMOVALS,

  /** Listeners are not told that key 3 was updated. */
  LOSES_EVENTS;

  /** Whether a call of user code does not take place. */
  boolean hides(Plug plug, int key, String text) {
    return this == LOSES_EVENTS && plug == Plug.LISTENER && key == 3 && text.endsWith("UPDATED");
  }
}
