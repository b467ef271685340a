/** Takes the guide at its word: what it shows compiles, runs and loads, and its table is whole. */
@NullMarked
package org.theine.jcache.guide;

import org.jspecify.annotations.NullMarked;
