/**
 * What does it cost? Benchmarks in ratios to {@link java.util.concurrent.ConcurrentHashMap}, and
 * the two tables between which the store had to choose, as small prototypes of the same nodes.
 */
@NullMarked
package org.theine.jcache.bench.jmh;

import org.jspecify.annotations.NullMarked;
