package org.theine.jcache.bench.replay;

import org.jspecify.annotations.Nullable;

/**
 * A cache that takes part, and how it is run.
 *
 * @param provider whose it is
 * @param parts into how many parts of equal length each trace is cut, which are replayed at once
 * @param threads how many replay them: as many as there are parts, or one that takes a request of
 *     each part in turn
 * @param shards the number of shards, null for the cache's own choice
 * @param runs how often, each time through a new cache
 */
record Contender(Provider provider, int parts, int threads, @Nullable Integer shards, int runs) {

  /** One that replays traces as they are. */
  static Contender plain(Provider provider, @Nullable Integer shards, int runs) {
    return new Contender(provider, 1, 1, shards, runs);
  }

  /** How it is called in the results. */
  String name() {
    String name = provider.title();
    if (shards != null) {
      name += "-" + shards + "shards";
    }
    if (threads > 1) {
      return name + "-" + threads + "threads";
    }
    return parts == 1 ? name : name + "-" + parts + "parts";
  }

  /** Whether it can be replayed under a bound of weight. */
  boolean weighs() {
    return provider.weighs() && parts == 1;
  }
}
