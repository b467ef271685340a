package org.theine.jcache.bench.jmh;

import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of one hash in their order, once they are many; their keys must be comparable. {@link
 * #find} needs no lock.
 */
final class CollidingNodes extends Node {
  /** So many nodes of one hash are equal hash codes, not bad luck. */
  static final int COLLIDING = 8;

  private static final Object NO_KEY = new Object();

  final ConcurrentSkipListMap<Object, Node> nodes = new ConcurrentSkipListMap<>();

  CollidingNodes(int hash) {
    super(NO_KEY, hash, null);
  }

  @Override
  @Nullable Node find(Object asked) {
    return asked instanceof Comparable<?> ? nodes.get(asked) : null;
  }
}
