/** Tests of the annotations with the interceptors of the reference implementation. */
@NullMarked
package org.theine.jcache.ri;

import org.jspecify.annotations.NullMarked;
