/** Where is the entry, and who may change it? */
@NullMarked
package org.theine.jcache.store;

import org.jspecify.annotations.NullMarked;
