/**
 * Answers the question: who stays?
 *
 * <p>A policy sees the slots of one shard, their hashes and their weights; it never sees a key, a
 * value or a clock. {@link org.theine.jcache.policy.WindowTinyLfu} chooses by recency and estimated
 * frequency, {@link org.theine.jcache.policy.Unbounded} lets everything stay. The policy names
 * victims; whether and when one is evicted is the store's decision, because only the store knows
 * the total over all shards.
 *
 * <p>An {@link org.theine.jcache.policy.Adviser}, which the shards of a cache share, tells them the
 * size of the window and whether what was refused is readmitted. It finds that out by {@link
 * org.theine.jcache.policy.Miniatures}, small caches of hashes that are given a sample of the
 * requests; its header is the place to read about it.
 *
 * <p>Thread safety: everything here is guarded by the shard lock of the caller, with one exception.
 * {@link org.theine.jcache.policy.EvictionPolicy#hit} is called by readers without a lock and does
 * no more than a plain store of one byte, the races of which cost a mark at worst; for a hash of
 * the adviser's sample it adds that to a lossy buffer, or counts it there. The adviser has a lock
 * of its own, which is taken under the lock of a shard, and only tried: who finds it taken drops
 * his samples. Under it no other lock is taken. What it comes to is published in one volatile
 * field.
 */
@NullMarked
package org.theine.jcache.policy;

import org.jspecify.annotations.NullMarked;
