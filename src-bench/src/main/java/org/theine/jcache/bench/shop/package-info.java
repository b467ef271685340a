/**
 * How many statements does the cache save an application with Hibernate? A small shop loads the
 * pages that recorded requests ask for, each in a session of its own, while prices change: once
 * without the second-level cache and once with it. One thread does all of it.
 */
@NullMarked
package org.theine.jcache.bench.shop;

import org.jspecify.annotations.NullMarked;
