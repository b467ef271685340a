/**
 * How long does a caller wait, at worst? Each measurement has a virtual machine of its own.
 *
 * <p>{@link org.theine.jcache.bench.latency.Scene} says what is measured, {@link
 * org.theine.jcache.bench.latency.Latency} runs it all.
 */
@NullMarked
package org.theine.jcache.bench.latency;

import org.jspecify.annotations.NullMarked;
