/**
 * How many requests does each cache answer? Traces, recorded and generated, are replayed through
 * this provider and through others; the hit ratios are set beside LRU and the optimum, as a table
 * and as a page.
 */
@NullMarked
package org.theine.jcache.bench.replay;

import org.jspecify.annotations.NullMarked;
