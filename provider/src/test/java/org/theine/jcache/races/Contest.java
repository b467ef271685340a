package org.theine.jcache.races;

/** Two operations that meet, each called in a thread of its own. Neither throws. */
interface Contest {
  void first();

  void second();
}
