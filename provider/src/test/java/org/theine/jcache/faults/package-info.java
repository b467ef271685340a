/**
 * The fault matrix: every callback of the user's, every way in which it can go wrong, every
 * operation that calls it.
 *
 * <p>Which operation calls which callback is measured: a run without a fault writes down each call,
 * and each call becomes a cell for each fault. What has to come of a cell is said by one rule for
 * each callback and by the run without a fault.
 */
@NullMarked
package org.theine.jcache.faults;

import org.jspecify.annotations.NullMarked;
