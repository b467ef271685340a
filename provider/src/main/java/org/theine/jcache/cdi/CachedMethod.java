package org.theine.jcache.cdi;

import java.lang.annotation.Annotation;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CacheResolver;
import org.jspecify.annotations.Nullable;

/**
 * An annotated method and what finds its caches and keys. Immutable.
 *
 * @param <A> one of the four annotations
 * @param exceptions finds the cache of exceptions; null if none are cached
 */
record CachedMethod<A extends Annotation>(
    CacheMethod<A> details,
    CacheResolver results,
    @Nullable CacheResolver exceptions,
    CacheKeyGenerator keys) {}
