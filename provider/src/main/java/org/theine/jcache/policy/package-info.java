/**
 * Answers the question: who stays?
 *
 * <p>A policy sees the slots of one shard, their hashes and their weights; it never sees a key, a
 * value or a clock. {@link org.theine.jcache.policy.WindowTinyLfu} chooses by recency and estimated
 * frequency, {@link org.theine.jcache.policy.Unbounded} lets everything stay. The policy names
 * victims; whether and when one is evicted is the store's decision, because only the store knows
 * the total over all shards.
 *
 * <p>The seam for whoever tunes the policy at run time is {@link
 * org.theine.jcache.policy.WindowTinyLfu#windowShare}: it changes the target at once and lets the
 * following insertions do the moving.
 *
 * <p>Thread safety: everything here is guarded by the shard lock of the caller, with one exception.
 * {@link org.theine.jcache.policy.EvictionPolicy#hit} is called by readers without a lock and does
 * no more than a plain store of one byte; the races this allows cost a mark at worst.
 */
@NullMarked
package org.theine.jcache.policy;

import org.jspecify.annotations.NullMarked;
