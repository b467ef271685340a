package org.theine.jcache.bench.jmh;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tables of nodes behind mixed hashes, as many as an unbounded cache has. As safe as the tables.
 */
final class ShardedNodes implements Mapping {
  private static final long SEED = 0x6a09e667f3bcc909L;

  private final NodeTable[] tables;

  ShardedNodes(Supplier<? extends NodeTable> newTable) {
    int processors = Runtime.getRuntime().availableProcessors();
    tables = new NodeTable[Integer.highestOneBit(4 * processors)];
    for (int i = 0; i < tables.length; i++) {
      tables[i] = newTable.get();
    }
  }

  @Override
  public @Nullable Object get(Object key) {
    long hash = mix(key.hashCode());
    return table(hash).get(key, hash);
  }

  @Override
  public void put(Object key, Object value) {
    long hash = mix(key.hashCode());
    table(hash).put(key, hash, value);
  }

  @Override
  public boolean remove(Object key) {
    long hash = mix(key.hashCode());
    return table(hash).remove(key, hash);
  }

  private NodeTable table(long hash) {
    return tables[(int) (hash >>> 48) & tables.length - 1];
  }

  /** The finaliser of SplittableRandom: every step can be undone. */
  private static long mix(int hashCode) {
    long z = hashCode + SEED;
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }
}
