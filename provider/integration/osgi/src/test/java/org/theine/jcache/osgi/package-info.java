/** Does the provider's jar work as a bundle? Starts Apache Felix for each test. */
@NullMarked
package org.theine.jcache.osgi;

import org.jspecify.annotations.NullMarked;
