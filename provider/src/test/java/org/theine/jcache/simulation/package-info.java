/**
 * Does the cache do what JCache says when everything happens in one thread, in an order that a seed
 * decides? A cache and a plain model of it run the same steps; user code is called back in both,
 * and does there, as the seed says, what user code should not do.
 */
@NullMarked
package org.theine.jcache.simulation;

import org.jspecify.annotations.NullMarked;
