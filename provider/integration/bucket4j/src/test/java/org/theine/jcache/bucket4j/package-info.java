/** Do the buckets of Bucket4j keep their promises in caches of this provider? */
@NullMarked
package org.theine.jcache.bucket4j;

import org.jspecify.annotations.NullMarked;
