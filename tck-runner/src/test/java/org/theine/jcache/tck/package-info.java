/** Did the whole TCK run, and did it prove something? */
package org.theine.jcache.tck;
