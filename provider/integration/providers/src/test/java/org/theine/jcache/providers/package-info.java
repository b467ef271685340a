/** Does the provider keep its place beside three others on one class path? */
@NullMarked
package org.theine.jcache.providers;

import org.jspecify.annotations.NullMarked;
