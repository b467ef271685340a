/** Applications that tests start with a class path of their own. */
@NullMarked
package org.theine.jcache.weld.app;

import org.jspecify.annotations.NullMarked;
