/** Do the annotations work in OpenWebBeans, as they do in Weld? One container for a test class. */
@NullMarked
package org.theine.jcache.owb;

import org.jspecify.annotations.NullMarked;
