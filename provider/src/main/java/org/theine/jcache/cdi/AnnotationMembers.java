package org.theine.jcache.cdi;

import java.lang.annotation.Annotation;
import java.util.List;
import javax.cache.CacheException;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResolverFactory;
import javax.cache.annotation.CacheResult;

/** The members that the four annotations have in common, which no type of theirs says. */
record AnnotationMembers(
    String cacheName,
    Class<? extends CacheResolverFactory> resolverFactory,
    Class<? extends CacheKeyGenerator> keyGenerator) {

  static final List<Class<? extends Annotation>> TYPES =
      List.of(CacheResult.class, CachePut.class, CacheRemove.class, CacheRemoveAll.class);

  static AnnotationMembers of(Annotation annotation) {
    if (annotation instanceof CacheResult result) {
      return new AnnotationMembers(
          result.cacheName(), result.cacheResolverFactory(), result.cacheKeyGenerator());
    }
    if (annotation instanceof CachePut put) {
      return new AnnotationMembers(
          put.cacheName(), put.cacheResolverFactory(), put.cacheKeyGenerator());
    }
    if (annotation instanceof CacheRemove remove) {
      return new AnnotationMembers(
          remove.cacheName(), remove.cacheResolverFactory(), remove.cacheKeyGenerator());
    }
    if (annotation instanceof CacheRemoveAll all) {
      return new AnnotationMembers(
          all.cacheName(), all.cacheResolverFactory(), CacheKeyGenerator.class);
    }
    throw new CacheException("not an annotation of a cache: " + annotation);
  }
}
