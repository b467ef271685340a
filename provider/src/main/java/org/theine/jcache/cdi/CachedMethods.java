package org.theine.jcache.cdi;

import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.interceptor.InvocationContext;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.cache.CacheException;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CacheMethodDetails;
import javax.cache.annotation.CacheResolver;
import javax.cache.annotation.CacheResolverFactory;
import javax.cache.annotation.CacheResult;
import org.jspecify.annotations.Nullable;

/**
 * Finds the annotated method that is called, an application-scoped bean that all interceptors
 * share. Safe for use by any thread: the deployed methods do not change any more, and what is found
 * is kept in a concurrent map; of what several threads find at the same time one is kept.
 */
final class CachedMethods implements MethodFinder {
  private record Called(Class<?> target, Method method) {}

  private final Map<Class<?>, Map<Method, CacheMethod<?>>> deployed;
  private final BeanManager beans;
  private final PlugIns plugIns;
  private final CacheResolverFactory defaultFactory;
  private final ConcurrentMap<Called, CachedMethod<?>> found = new ConcurrentHashMap<>();

  CachedMethods(
      Map<Class<?>, Map<Method, CacheMethod<?>>> deployed,
      BeanManager beans,
      @Nullable ClassLoader applicationLoader) {
    this.deployed = deployed;
    this.beans = beans;
    this.plugIns = new PlugIns(beans);
    this.defaultFactory = new ManagerResolverFactory(plugIns, applicationLoader);
  }

  /** Ends the life of the application's objects that were made for the annotations. */
  void close() {
    plugIns.close();
  }

  @Override
  @SuppressWarnings("unchecked")
  public <A extends Annotation> @Nullable CachedMethod<A> find(
      InvocationContext invocation, Class<A> annotation) {
    Called called = new Called(invocation.getTarget().getClass(), invocation.getMethod());
    CachedMethod<?> method = found.get(called);
    if (method == null) {
      CachedMethod<?> made = withPlugIns(detailsOf(called));
      CachedMethod<?> earlier = found.putIfAbsent(called, made);
      method = earlier == null ? made : earlier;
    }
    return annotation.isInstance(method.details().annotation()) ? (CachedMethod<A>) method : null;
  }

  /** The target's class may be one that the container has made, below that of the bean. */
  private CacheMethod<?> detailsOf(Called called) {
    for (Class<?> c = called.target; c != null; c = c.getSuperclass()) {
      Map<Method, CacheMethod<?>> methods = deployed.get(c);
      CacheMethod<?> details = methods == null ? null : methods.get(called.method);
      if (details != null) {
        return details;
      }
    }
    return undeployed(called.method);
  }

  /** Of an object, not a bean, that the application had intercepted by itself. */
  private CacheMethod<?> undeployed(Method method) {
    MethodReader reader = new MethodReader(beans.createAnnotatedType(method.getDeclaringClass()));
    CacheMethod<?> details = reader.methods().get(method);
    if (details == null) {
      throw new CacheException(
          CacheMethod.nameOf(method)
              + ": is intercepted for a cache, but nothing tells how: "
              + reader.problems());
    }
    return details;
  }

  private <A extends Annotation> CachedMethod<A> withPlugIns(CacheMethod<A> details) {
    CacheResolverFactory factory =
        details.resolverFactory() == CacheResolverFactory.class
            ? defaultFactory
            : plugIns.get(details.resolverFactory());
    CacheKeyGenerator keys =
        details.keyGenerator() == CacheKeyGenerator.class
            ? ParameterKeyGenerator.INSTANCE
            : plugIns.get(details.keyGenerator());
    CacheResolver results = factory.getCacheResolver(details);
    return new CachedMethod<>(
        details, requireResolver(results, details), exceptions(details, factory), keys);
  }

  @SuppressWarnings("unchecked")
  private static @Nullable CacheResolver exceptions(
      CacheMethod<?> details, CacheResolverFactory factory) {
    if (details.annotation() instanceof CacheResult result
        && !result.exceptionCacheName().isEmpty()) {
      return requireResolver(
          factory.getExceptionCacheResolver((CacheMethodDetails<CacheResult>) details), details);
    }
    return null;
  }

  private static CacheResolver requireResolver(
      @Nullable CacheResolver resolver, CacheMethod<?> details) {
    if (resolver == null) {
      throw new CacheException(
          details + ": no CacheResolver came from " + details.resolverFactory().getName());
    }
    return resolver;
  }
}
