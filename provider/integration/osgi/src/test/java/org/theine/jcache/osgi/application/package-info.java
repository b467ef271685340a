/** A bundle that knows JCache and nothing of this provider; runs inside the framework. */
@NullMarked
package org.theine.jcache.osgi.application;

import org.jspecify.annotations.NullMarked;
