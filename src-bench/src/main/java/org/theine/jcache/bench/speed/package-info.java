/**
 * How fast is it beside others? Benchmarks of the JCache operations, the same code for every
 * provider, which are run in turns, in virtual machines of their own, and compared as ratios within
 * a round.
 *
 * <p>What is compared is the processor time of the whole process per operation, with what the
 * collector, compilers and background threads take: a busy machine lengthens it much less than it
 * does the time of the clock. Beside it stand the bytes allocated per operation and, where a cache
 * evicts, its misses.
 *
 * <p>{@link org.theine.jcache.bench.speed.Row} says what is measured, {@link
 * org.theine.jcache.bench.speed.Contestant} who takes part, {@link
 * org.theine.jcache.bench.speed.Speed} runs it all.
 */
@NullMarked
package org.theine.jcache.bench.speed;

import org.jspecify.annotations.NullMarked;
