/** Does what goes into the jar beside the classes agree with them? */
@NullMarked
package org.theine.jcache.packaging;

import org.jspecify.annotations.NullMarked;
