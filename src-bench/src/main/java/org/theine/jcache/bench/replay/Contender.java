package org.theine.jcache.bench.replay;

import org.jspecify.annotations.Nullable;

/**
 * A cache that takes part, and how it is run.
 *
 * @param provider whose it is
 * @param threads how many replay parts of a trace at the same time
 * @param shards the number of shards, null for the cache's own choice
 * @param runs how often, each time through a new cache
 */
record Contender(Provider provider, int threads, @Nullable Integer shards, int runs) {

  /** How it is called in the results. */
  String name() {
    String name = provider.title();
    if (shards != null) {
      name += "-" + shards + "shards";
    }
    return threads == 1 ? name : name + "-" + threads + "threads";
  }

  /** Whether it can be replayed under a bound of weight. */
  boolean weighs() {
    return provider.weighs() && threads == 1;
  }
}
