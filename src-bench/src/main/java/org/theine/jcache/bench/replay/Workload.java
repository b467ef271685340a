package org.theine.jcache.bench.replay;

import org.jspecify.annotations.Nullable;
import org.theine.jcache.bench.Trace;

/** Requests, boxed and weighed beforehand. Immutable, so safe for any thread. */
final class Workload {
  private static final Integer ONE = 1;

  private final Trace trace;

  /** By id, so that keys which are equal are one object. */
  private final Long[] keys;

  /** By id; null where every entry counts as one. */
  private final Integer @Nullable [] weights;

  Workload(Trace trace, @Nullable Weights weights) {
    this.trace = trace;
    this.keys = new Long[trace.distinct()];
    this.weights = weights == null ? null : new Integer[trace.distinct()];
    for (int i = 0; i < trace.length(); i++) {
      int id = trace.id(i);
      if (keys[id] == null) {
        keys[id] = trace.key(i);
        if (this.weights != null && weights != null) {
          this.weights[id] = weights.of(trace.key(i));
        }
      }
    }
  }

  Trace trace() {
    return trace;
  }

  boolean weighted() {
    return weights != null;
  }

  Long key(int index) {
    return keys[trace.id(index)];
  }

  /** The weight of the entry that request {@code index} asks for. */
  Integer weight(int index) {
    return weights == null ? ONE : weights[trace.id(index)];
  }

  /** The weight of all requests together. */
  long totalWeight() {
    long total = 0;
    for (int i = 0; i < trace.length(); i++) {
      total += weight(i);
    }
    return total;
  }
}
