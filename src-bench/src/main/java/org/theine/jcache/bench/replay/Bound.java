package org.theine.jcache.bench.replay;

import org.jspecify.annotations.Nullable;

/**
 * What a cache is made for.
 *
 * @param maximum entries, or their weight
 * @param weighted whether it is the weight; the value of an entry is its weight
 * @param shards the number of shards, null for the cache's own choice; only our provider can be
 *     told
 */
record Bound(long maximum, boolean weighted, @Nullable Integer shards) {}
