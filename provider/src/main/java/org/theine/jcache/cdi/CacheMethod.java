package org.theine.jcache.cdi;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CacheMethodDetails;
import javax.cache.annotation.CacheResolverFactory;
import org.jspecify.annotations.Nullable;

/**
 * An annotated method as its bean was deployed. Immutable.
 *
 * @param <A> one of the four annotations
 * @param beanClass the class of the bean, which need not be the one that declares the method
 * @param keyParameters those of the key, in their order
 * @param valueParameter the one with {@code @CacheValue}; null unless this is a put
 * @param resolverFactory {@link CacheResolverFactory} itself for the default
 * @param keyGenerator {@link CacheKeyGenerator} itself for the default
 */
record CacheMethod<A extends Annotation>(
    Class<?> beanClass,
    Method method,
    Set<Annotation> annotations,
    A annotation,
    String cacheName,
    List<MethodParameter> parameters,
    List<MethodParameter> keyParameters,
    @Nullable MethodParameter valueParameter,
    Class<? extends CacheResolverFactory> resolverFactory,
    Class<? extends CacheKeyGenerator> keyGenerator)
    implements CacheMethodDetails<A> {

  /** Returns how messages name a method, and how a cache is called that nobody named. */
  static String nameOf(Method method) {
    String types =
        Arrays.stream(method.getParameterTypes())
            .map(Class::getName)
            .collect(Collectors.joining(","));
    return method.getDeclaringClass().getName() + "." + method.getName() + "(" + types + ")";
  }

  @Override
  public Method getMethod() {
    return method;
  }

  @Override
  public Set<Annotation> getAnnotations() {
    return annotations;
  }

  @Override
  public A getCacheAnnotation() {
    return annotation;
  }

  @Override
  public String getCacheName() {
    return cacheName;
  }

  @Override
  public String toString() {
    return nameOf(method);
  }
}
