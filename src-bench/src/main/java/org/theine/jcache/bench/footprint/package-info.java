/**
 * How much memory does it take, beside others? Each measurement has a virtual machine of its own.
 *
 * <p>{@link org.theine.jcache.bench.footprint.Part} says what is measured, {@link
 * org.theine.jcache.bench.footprint.Footprint} runs it all.
 */
@NullMarked
package org.theine.jcache.bench.footprint;

import org.jspecify.annotations.NullMarked;
