/**
 * What does Spring's environment say about the caches? An auto-configuration for Spring Boot 3.5
 * and 4, which hands the properties {@code theine.jcache.*} of the application to the cache manager
 * that Spring Boot makes.
 *
 * <p>Nothing outside Spring Boot loads these classes, and no other package uses them. They run in
 * the thread that starts the application, and keep no more than the managers that Hibernate was
 * given.
 */
@NullMarked
package org.theine.jcache.spring;

import org.jspecify.annotations.NullMarked;
