/**
 * Is the jar what its users need: complete, nothing foreign, a module, the same from each build?
 */
@NullMarked
package org.theine.jcache.packaging;

import org.jspecify.annotations.NullMarked;
