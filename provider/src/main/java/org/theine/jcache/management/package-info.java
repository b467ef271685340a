/**
 * What is counted and shown? The statistics of a cache, the two beans that JCache wants to see in
 * the platform's MBean server, and their registration there together with the provider's own bean.
 * That one shows the cache itself, so it is made in the root package.
 *
 * <p>Threads: {@link org.theine.jcache.management.CacheStatistics} is written by every thread that
 * uses the cache, into cells of its own, without a lock. The beans only read. Registering and
 * unregistering is serialised for each cache by {@link org.theine.jcache.management.MBeans}. No
 * code of the user runs here. This package is not API.
 */
@NullMarked
package org.theine.jcache.management;

import org.jspecify.annotations.NullMarked;
