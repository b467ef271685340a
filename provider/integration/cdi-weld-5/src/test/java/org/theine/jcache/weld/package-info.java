/** Tests of the provider's interceptors in a container of Jakarta CDI. */
@NullMarked
package org.theine.jcache.weld;

import org.jspecify.annotations.NullMarked;
