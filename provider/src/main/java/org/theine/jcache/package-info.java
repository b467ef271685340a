/** What does this JCache call mean? The public API of theine-jcache. */
@NullMarked
package org.theine.jcache;

import org.jspecify.annotations.NullMarked;
