/** Does Hibernate's second-level cache work on this provider? */
@NullMarked
package org.theine.jcache.hibernate;

import org.jspecify.annotations.NullMarked;
