/**
 * Where is the entry, and who may change it? The entries of a cache and the whole of its threading
 * model.
 *
 * <h2>Locks</h2>
 *
 * <p>There are two kinds, always taken in this order, and two more, for who waits and for who
 * changes the maximum:
 *
 * <ol>
 *   <li>The <b>entry lock</b> is the right to change one key, present or absent. It is a bit in the
 *       state of the node; an absent key gets a node without a value, a <i>placeholder</i>, for as
 *       long as it is locked. Its owner is an operation. An operation may wait for an entry while
 *       it owns others only from user code (a loader that asks for another key); operations on many
 *       keys never do.
 *   <li>The <b>lock of {@code EntryLocks}</b>, one for the class loader, is taken by who has to
 *       park for an entry or a load, and by who has to wake him. The edges "waits for" are kept
 *       under it, so that of the waits that would close a cycle the last one is refused.
 *   <li>The lock {@code Store.sharing} is held by who changes the maximum, over one shard lock
 *       after the other, so that the shares of all shards are of one maximum. He may own entries,
 *       whose loader calls him, but waits for none meanwhile: he gives it back before he evicts.
 *   <li>The <b>shard lock</b> guards a shard's table, slots, policy, wheel and queues of events,
 *       which change together. It is a leaf: nothing is locked, waited for, logged or called
 *       beneath it but internal code, with one exception: {@code equals} of a key, and {@code
 *       compareTo} of keys of one hash, if hashes are equal.
 * </ol>
 *
 * <p>Eviction, sweep and clear work under the shard lock and so against the order. They take an
 * entry lock by one compare-and-set, or end a node that is free by one, and never wait for an
 * owner: an entry that is locked is in use, and they go on without it. Sweep and clear leave the
 * owner a message; for as long as he is between two stores of a commit, a few instructions without
 * user code, they spin.
 *
 * <h2>Where user code runs</h2>
 *
 * <table>
 *   <caption>User code and the locks that are held meanwhile</caption>
 *   <tr><th>code</th><th>locks</th></tr>
 *   <tr><td>loader, writer, entry processor, weigher, creation and update expiry, equals of values</td>
 *       <td>the entry lock of its key; of all keys of the batch for loadAll, writeAll and deleteAll</td></tr>
 *   <tr><td>access expiry of a hit, hashCode and equals of keys that are looked up, copying and serialising at
 *       the border of the cache, listeners, filters, completion listeners, the executor</td>
 *       <td>none of this operation's own, but for keys of a batch the entry locks of the others; the executor also
 *       under the entry locks of enclosing operations</td></tr>
 *   <tr><td>copying of what was loaded or set by a processor, or is given to it, to the writer or to who gets
 *       the value before</td><td>the entry lock of its key</td></tr>
 *   <tr><td>equals and compareTo of keys of equal hashes, when a node is added</td><td>the shard lock</td></tr>
 * </table>
 *
 * <p>No monitor is held over any of it, so that virtual threads do not pin. An operation that may
 * run user code records itself as the owner when it locks, before it runs any.
 *
 * <p>A full stack strikes anywhere. Before an operation that is nested in the user code of another
 * locks, it makes sure that there is stack left for all that it calls itself, so that no overflow
 * comes between a lock and its {@code try}: see {@code Delivery.begin} in the package of events.
 * One that is not nested does not, since that would cost more than the operation: if a program
 * calls it with its last few kilobytes of stack, the key may stay locked.
 *
 * <h2>Fields and how they are seen</h2>
 *
 * <table>
 *   <caption>Fields that several threads use</caption>
 *   <tr><th>field</th><th>written</th><th>read</th></tr>
 *   <tr><td>the state in {@code Entry.word}</td><td>atomically, by whoever</td><td>volatile</td></tr>
 *   <tr><td>the slot in {@code Entry.word}</td><td>atomically, under the shard lock: by the owner of the entry lock, by
 *       who has ended the node, or by a clear, which tells the owner first</td><td>racily for the record of a hit: the worst is a mark on another entry</td></tr>
 *   <tr><td>{@code Entry.value}</td><td>release, by the owner of the entry lock; by compare-and-set where there
 *       are no deadlines, for a clear may come between</td>
 *       <td>acquire, after the deadline</td></tr>
 *   <tr><td>{@code ExpiringEntry.deadline}</td><td>by the owner, after the value; by readers that touch or find it
 *       passed and by who lets it expire, by compare-and-set</td><td>acquire, before the value</td></tr>
 *   <tr><td>{@code Entry.next}, the buckets of the table</td><td>release, under the shard lock</td>
 *       <td>by readers without a lock: the bucket plainly after the volatile array, the links with acquire</td></tr>
 *   <tr><td>{@code EntryTable.version}</td><td>under the shard lock, odd while nodes change chains</td>
 *       <td>volatile, by a miss before and after its walk</td></tr>
 *   <tr><td>the elements of {@code Slots}</td><td>release, under the shard lock</td>
 *       <td>acquire, by iterators</td></tr>
 *   <tr><td>the total of {@code Bound}</td><td>atomically; changed under a shard lock with what a change adds and
 *       the victim it replaces has left, lowered by an evictor only while it is beyond the maximum</td>
 *       <td>by whoever has added</td></tr>
 *   <tr><td>{@code Evictor.owed}</td><td>volatile, by who has lowered the maximum, before he looks for victims</td>
 *       <td>by every owner, after he has unlocked, but for one that had the lock under the shard lock only</td></tr>
 * </table>
 *
 * <p>A change is seen by everybody when its operation returns: the compare-and-set that gives the
 * entry lock back follows the stores, as does the release of the shard lock.
 *
 * <h2>Reading without a lock</h2>
 *
 * <p>A reader finds the node, reads its deadline, then its value. If the deadline has not passed,
 * the value was the one of the key at some instant since it began. A commit in place sets
 * COMMITTING, writes the value, then the deadline, then takes the bit away. So a reader that finds
 * the deadline passed may have the deadline of the old value beside a new value that others have
 * seen already: it looks at the bit and at the deadline once more, and reads anew if either says
 * so. Otherwise one could see hit, miss, hit, or an expired value after the miss. A reader that
 * touches looks at the bit too, and moves the deadline by compare-and-set from the one that it has
 * read: it can neither shorten the life of a value that was put meanwhile nor bring back one that
 * has gone, except that of a value whose deadline equals the old one, see {@code ExpiringEntry}. A
 * reader that finds the deadline passed sets it to DEAD in the same way before it answers, so that
 * a late touch cannot bring back what others have seen expired.
 *
 * <p>A miss is right if no node changed its chain during the walk, see {@code EntryTable}.
 *
 * <h2>Life of a node</h2>
 *
 * <p>A node leaves the table when its owner unlocks it without a value, after evictor, sweep or
 * clear have locked it, or as the victim of a new mapping, which ends it while it is free; it is
 * marked DEAD under the shard lock that unlinks it, and never locked again. Who finds a dead node
 * looks the key up anew. While an owner holds a node it stays in the table, with or without a
 * value: no key has two owners. The one exception is a clear that meets a load which asks the
 * loader (ASKING): it unlinks the node, so that later callers load anew, and the load's result goes
 * to those who wait for it and is not stored. Who comes after a clear follows no load that it has
 * met. Any other owner that a clear meets keeps its node, emptied and marked CLEARED: it commits
 * nothing, and is told and counted as if just before the clear.
 *
 * <p>A key without a node gets one with its value in one turn of the shard lock, unless user code
 * runs: the node is locked before it is linked, and unlocked before the shard lock is given back.
 * The value is visible before the victim goes that makes room for it.
 *
 * <p>The sweep sets the deadline to DEAD by compare-and-set once it has the lock, so that of a
 * touch and the sweep one wins. An entry that is due while it is locked is marked OVERDUE, and its
 * owner sets the timer anew when it unlocks.
 *
 * <h2>Order of events</h2>
 *
 * <p>Whatever leaves for the bound's sake or by expiry is told to {@link
 * org.theine.jcache.store.Departures} under the shard lock that unlinks it, before the key can be
 * used again. So its event stands in the queue before anything that a later operation on the key
 * can cause.
 *
 * <h2>What is written where</h2>
 *
 * <p>With many processors it counts which cache lines an operation writes:
 *
 * <table>
 *   <caption>Cache lines that operations write</caption>
 *   <tr><th>operation</th><th>writes</th></tr>
 *   <tr><td>hit</td><td>a byte of the policy's marks at the first hit between two looks of the policy, else nothing; with
 *       a deadline a counter of the thread's own; with touched expiry the deadline of the entry, of lives longer than
 *       ten seconds at most four times a second; counters of the thread's own with statistics, and for hashes in the
 *       adviser's sample</td></tr>
 *   <tr><td>miss</td><td>the same counters</td></tr>
 *   <tr><td>put over a value</td><td>the entry, and its mark as for a hit</td></tr>
 *   <tr><td>put of a new key</td><td>the lock, table, slots and policy of its shard, and the total of the store while the
 *       cache is not full</td></tr>
 *   <tr><td>with a loader, writer or processor</td><td>one of the places of {@code Owners}, chosen by the hash</td></tr>
 *   <tr><td>with listeners</td><td>the lock and the queues of its shard</td></tr>
 * </table>
 *
 * <p>What a hit reads of the store, of its shard and of the policy stands in lines that are written
 * by puts of new keys to that shard, and by nobody else.
 *
 * <p>On two processors, nanoseconds of processor time: get of a cache of 1,000, 10,000, 100,000 and
 * 1,000,000 entries 20, 25, 55 and 179, of ten million 395, where a {@code ConcurrentHashMap} takes
 * 10, 16, 30, 110 and 172: from some hundred thousand on it is memory that counts. Requests of
 * which a fifth evict take 126 with one shard, 167 with 8 and 176 with 64 for one thread, and 270,
 * 210 and 206 for two. More processors than two were never seen: what is said above of lines is
 * read off the code.
 *
 * <h2>What an entry takes</h2>
 *
 * <p>Bytes per entry with compressed references, keys and values not counted, of a million entries
 * in a cache for a quarter more, as the footprint measurement of src-bench counts them with JOL:
 *
 * <table>
 *   <caption>Bytes per entry</caption>
 *   <tr><th>part</th><th>without a maximum</th><th>bounded</th><th>bounded, expiring</th></tr>
 *   <tr><td>the entry: 12 of its header, references to key, value and the next of the chain, hash, state and slot;
 *       its deadline</td><td>32</td><td>32</td><td>40</td></tr>
 *   <tr><td>the buckets, 5 to 11</td><td>8.4</td><td>8.4</td><td>8.4</td></tr>
 *   <tr><td>the entries by slot, up to a quarter more</td><td>4.5</td><td>4.5</td><td>4.5</td></tr>
 *   <tr><td>queues: two links, the queue's number and a mark</td><td></td><td>12.0</td><td>12.0</td></tr>
 *   <tr><td>the sketch</td><td></td><td>9.4</td><td>9.4</td></tr>
 *   <tr><td>the adviser's index</td><td></td><td>0.2</td><td>0.2</td></tr>
 *   <tr><td>the wheel: two links</td><td></td><td></td><td>8.5</td></tr>
 *   <tr><td>sum</td><td>44.9</td><td>66.6</td><td>83.1</td></tr>
 * </table>
 *
 * <p>Weights take 4.2 more. A node of a {@code ConcurrentHashMap} with its bucket takes 40.4.
 *
 * <p>A shard's slots are declared before its table. Collectors that mark mostly take the last
 * reference of an object first, and of two arrays the one that they have met last: so they come to
 * the entries by slot, in the order in which they were made, and not by bucket, which is all over
 * the memory. A full collection takes a quarter to a third less time.
 *
 * <h2>Threads</h2>
 *
 * <p>The package starts none. The sweep runs in the one thread of {@link
 * org.theine.jcache.timer.ExpirationThread}; everything else in the thread of the caller.
 */
@NullMarked
package org.theine.jcache.store;

import org.jspecify.annotations.NullMarked;
