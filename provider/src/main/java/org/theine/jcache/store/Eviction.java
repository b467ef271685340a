package org.theine.jcache.store;

/** What became of an attempt to evict. */
enum Eviction {
  /** A victim has left. */
  DONE,
  /** The total was within the maximum by then; nobody has left. */
  SPARED,
  /** The victim is in use, or there is none. */
  BUSY,
  /** The victim is the entry that the evictor itself owns, and no other one is there. */
  OWN,
  /** The entry that the evictor itself owns is not worth the room that it takes. */
  REFUSED
}
