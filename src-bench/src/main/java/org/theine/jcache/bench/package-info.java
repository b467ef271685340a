/**
 * Does the cache do what it promises, on real requests? The demonstration replays a recorded trace
 * through the public JCache API, sets its hit ratio beside LRU and the optimum, compares what
 * listeners were told with what was counted, counts the statements that it saves Hibernate, and
 * writes a page about all of it.
 */
@NullMarked
package org.theine.jcache.bench;

import org.jspecify.annotations.NullMarked;
