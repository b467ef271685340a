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
    int hash = mix(key.hashCode());
    return table(hash).get(key, hash);
  }

  @Override
  public void put(Object key, Object value) {
    int hash = mix(key.hashCode());
    table(hash).put(key, hash, value);
  }

  @Override
  public boolean remove(Object key) {
    int hash = mix(key.hashCode());
    return table(hash).remove(key, hash);
  }

  private NodeTable table(int hash) {
    return tables[hash >>> 24 & tables.length - 1];
  }

  /** As the store does it. */
  private static int mix(int hashCode) {
    int z = hashCode ^ (int) SEED;
    z = (z ^ z >>> 16) * 0x21f0aaad + (int) (SEED >>> 32);
    z = (z ^ z >>> 15) * 0x735a2d97;
    return z ^ z >>> 15;
  }
}
