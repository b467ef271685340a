/**
 * Short histories of calls by several threads on real caches, by the million, each of which is
 * searched for an order that explains what the calls answered.
 */
@NullMarked
package org.theine.jcache.history;

import org.jspecify.annotations.NullMarked;
