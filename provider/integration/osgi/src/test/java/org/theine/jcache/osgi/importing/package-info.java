/** A bundle that imports the provider's API; runs inside the framework. */
@NullMarked
package org.theine.jcache.osgi.importing;

import org.jspecify.annotations.NullMarked;
