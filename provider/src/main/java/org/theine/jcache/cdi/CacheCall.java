package org.theine.jcache.cdi;

import jakarta.interceptor.InvocationContext;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.annotation.CacheInvocationParameter;
import javax.cache.annotation.CacheKeyInvocationContext;
import javax.cache.annotation.CacheResolver;
import javax.cache.annotation.GeneratedCacheKey;
import org.jspecify.annotations.Nullable;

/**
 * One call of an annotated method, as it came: what another interceptor or the method puts in the
 * place of a parameter is not seen. Used by the thread of the call.
 *
 * @param <A> one of the four annotations
 */
final class CacheCall<A extends Annotation> implements CacheKeyInvocationContext<A> {
  private final CachedMethod<A> method;
  private final InvocationContext invocation;
  private final @Nullable Object[] values;

  CacheCall(CachedMethod<A> method, InvocationContext invocation) {
    this.method = method;
    this.invocation = invocation;
    this.values = invocation.getParameters().clone();
  }

  /** Runs the method, and what other interceptors put before it. */
  @Nullable Object proceed() throws Exception {
    return invocation.proceed();
  }

  /** Returns the cache of results, to be asked for each time: its resolver may choose by call. */
  Cache<GeneratedCacheKey, Object> cache() {
    return resolve(method.results());
  }

  /** Returns the cache of exceptions; null if the method has none. */
  @Nullable Cache<GeneratedCacheKey, Throwable> exceptionCache() {
    CacheResolver exceptions = method.exceptions();
    return exceptions == null ? null : resolve(exceptions);
  }

  private <V> Cache<GeneratedCacheKey, V> resolve(CacheResolver resolver) {
    Cache<GeneratedCacheKey, V> cache = resolver.resolveCache(this);
    if (cache == null) {
      throw new CacheException(
          method.details() + ": no cache came from " + resolver.getClass().getName());
    }
    return cache;
  }

  /** Makes the key of this moment. */
  GeneratedCacheKey key() {
    GeneratedCacheKey key = method.keys().generateCacheKey(this);
    if (key == null) {
      throw new CacheException(
          method.details() + ": no key came from " + method.keys().getClass().getName());
    }
    return key;
  }

  @Override
  public Object getTarget() {
    return invocation.getTarget();
  }

  @Override
  public CacheInvocationParameter[] getAllParameters() {
    return withValues(method.details().parameters());
  }

  @Override
  public CacheInvocationParameter[] getKeyParameters() {
    return withValues(method.details().keyParameters());
  }

  private CacheInvocationParameter[] withValues(List<MethodParameter> parameters) {
    CacheInvocationParameter[] withValues = new CacheInvocationParameter[parameters.size()];
    for (int i = 0; i < withValues.length; i++) {
      withValues[i] = withValue(parameters.get(i));
    }
    return withValues;
  }

  private CacheInvocationParameter withValue(MethodParameter parameter) {
    return new ParameterValue(parameter, values[parameter.position()]);
  }

  @Override
  public @Nullable CacheInvocationParameter getValueParameter() {
    MethodParameter parameter = method.details().valueParameter();
    return parameter == null ? null : withValue(parameter);
  }

  @Override
  public Method getMethod() {
    return method.details().getMethod();
  }

  @Override
  public Set<Annotation> getAnnotations() {
    return method.details().getAnnotations();
  }

  @Override
  public A getCacheAnnotation() {
    return method.details().getCacheAnnotation();
  }

  @Override
  public String getCacheName() {
    return method.details().getCacheName();
  }

  /** Gives this object, or the call as CDI sees it. */
  @Override
  public <T> T unwrap(Class<T> type) {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    if (type.isInstance(invocation)) {
      return type.cast(invocation);
    }
    throw new IllegalArgumentException("a call of a cached method is no " + type.getName());
  }

  @Override
  public String toString() {
    return method.details().toString();
  }
}
