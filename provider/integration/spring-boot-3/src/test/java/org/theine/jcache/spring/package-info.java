/**
 * The provider behind Spring's cache abstraction: real applications of Spring Boot, started with an
 * environment and asked what their caches do.
 */
@NullMarked
package org.theine.jcache.spring;

import org.jspecify.annotations.NullMarked;
