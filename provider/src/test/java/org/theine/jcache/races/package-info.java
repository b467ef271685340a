/** Does every operation bear every other one at the same time, on one key and on two? */
@NullMarked
package org.theine.jcache.races;

import org.jspecify.annotations.NullMarked;
