package org.theine.jcache.bench.footprint;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.theine.jcache.bench.jmh.Keys;
import org.theine.jcache.bench.jmh.Mapping;

/** Fills caches with mappings of Integer to Integer, whose boxes are made here. Immutable. */
final class Filled {
  private static final long REST_SECONDS = 30;

  private final Integer[] keys;
  private final Integer[] values;

  /** Makes the boxes. */
  Filled(int entries) {
    keys = new Integer[entries];
    values = new Integer[entries];
    for (int i = 0; i < entries; i++) {
      keys[i] = Keys.key(i);
      values[i] = Keys.key(-1 - i);
    }
  }

  /** Puts all of them, and waits until what is done in the background has been done. */
  Mapping fill(Mapping mapping) {
    for (int i = 0; i < keys.length; i++) {
      mapping.put(keys[i], values[i]);
    }
    ForkJoinPool.commonPool().awaitQuiescence(REST_SECONDS, TimeUnit.SECONDS);
    return mapping;
  }

  /** How many of them are still there. */
  int held(Mapping mapping) {
    int held = 0;
    for (Integer key : keys) {
      held += mapping.get(key) == null ? 0 : 1;
    }
    return held;
  }
}
