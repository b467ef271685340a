/**
 * How does a cache show in Micrometer? Meters of a cache, for who has {@code
 * io.micrometer:micrometer-core} on the class path; nothing else of the provider uses this package,
 * so without Micrometer it is never loaded.
 *
 * <p>{@link org.theine.jcache.micrometer.TheineCacheMetrics} is API. Threads: binding is done by
 * its caller; the meters are read by whatever threads the registry publishes with, and only read.
 */
@NullMarked
package org.theine.jcache.micrometer;

import org.jspecify.annotations.NullMarked;
