/**
 * Who is due? Time as the cache sees it, and the order in which entries expire.
 *
 * <p><b>Units.</b> Every time is a {@code long} of nanoseconds since the creation of the {@link
 * org.theine.jcache.timer.Clock} it came from: it starts at 0 and grows, so plain comparison is
 * safe. A <em>deadline</em> is such a time; {@link org.theine.jcache.timer.Clock#NEVER} and {@link
 * org.theine.jcache.timer.Clock#DEAD} are its two marks. Wall-clock time does not occur: setting
 * the computer's clock changes nothing.
 *
 * <p><b>The deadline is the truth, the wheel a hint.</b> An entry's own deadline says whether it
 * has expired; {@link org.theine.jcache.timer.TimerWheel} only brings the slot up when that may be
 * so. A slot whose deadline has meanwhile moved away is put back by the wheel, one whose deadline
 * comes nearer is scheduled again by whoever moved it.
 *
 * <p><b>Thread safety.</b> {@code Clock} is safe for any thread and takes no lock. {@code
 * TimerWheel} is not: the caller holds the lock of the shard that the wheel belongs to. {@link
 * org.theine.jcache.timer.ExpirationThread} is safe for any thread; its lock is a leaf, and no task
 * runs under it.
 *
 * <p><b>Threads.</b> One for each class loader that has this package, {@code
 * theine-jcache-expiration}: a daemon that exists only while a cache that can expire its entries
 * exists. It belongs to no application (no context class loader, no inherited thread locals or
 * access control context), runs no user code, and every quarter of a second advances the coarse
 * time of {@link org.theine.jcache.timer.Clock#system()} and calls the registered tasks.
 */
@NullMarked
package org.theine.jcache.timer;

import org.jspecify.annotations.NullMarked;
