/**
 * Who is told what, in which order?
 *
 * <p>An operation publishes what it did while it holds the lock of the entry: that fixes the order
 * of the events of a key. What leaves for the bound's sake or by expiry is published under the lock
 * of the shard that unlinks it, before the key can be used again. Both only queue: {@link
 * org.theine.jcache.event.EventPublisher} has a queue for each hash that has events to be told to
 * synchronous listeners, and each asynchronous {@link org.theine.jcache.event.ListenerRegistration}
 * has one of its own.
 *
 * <p>Listeners run with no lock held. {@link org.theine.jcache.event.Delivery} collects what the
 * operations of a thread have published, nested ones included, across all caches; the outermost
 * operation tells it when it has given back its locks. It takes the queue of its event and tells
 * what stands before it, or waits while another thread does. Nobody else waits: not an operation
 * inside a listener, a loader or a processor, for its events are told by the outermost one. So a
 * listener may use any cache without a deadlock; what it causes is told when it has returned.
 *
 * <p>What a thread publishes that has no operation under way, such as the sweep in the background,
 * is told by tasks of the executor, a few at a time, each of which tells one event after the other:
 * a listener that hangs for one key holds up none of the others, unless it hangs for as many keys
 * as there are such tasks. What has expired in the meantime then waits, but no operation does.
 *
 * <p>The queues of a shard are guarded by the lock of the shard, which this package gets as a
 * {@link java.util.concurrent.locks.Lock}; nothing else is locked while it is held.
 */
@NullMarked
package org.theine.jcache.event;

import org.jspecify.annotations.NullMarked;
