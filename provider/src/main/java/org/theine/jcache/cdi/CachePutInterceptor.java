package org.theine.jcache.cdi;

import static java.util.Objects.requireNonNull;

import jakarta.annotation.Priority;
import jakarta.interceptor.Interceptor;
import javax.cache.annotation.CacheInvocationParameter;
import javax.cache.annotation.CachePut;

/** Puts the parameter that has {@code @CacheValue}. */
@CachePut
@Interceptor
@Priority(CacheAnnotationsExtension.CHANGE_PRIORITY)
class CachePutInterceptor extends ChangingInterceptor<CachePut> {
  private static final long serialVersionUID = 1L;

  CachePutInterceptor() {
    super(CachePut.class);
  }

  @Override
  boolean isAfterInvocation(CachePut annotation) {
    return annotation.afterInvocation();
  }

  @Override
  Class<?>[] included(CachePut annotation) {
    return annotation.cacheFor();
  }

  @Override
  Class<?>[] excluded(CachePut annotation) {
    return annotation.noCacheFor();
  }

  @Override
  void change(CacheCall<CachePut> call) {
    CacheInvocationParameter parameter = requireNonNull(call.getValueParameter());
    Object value = parameter.getValue();
    if (value == null) {
      throw new NullPointerException(
          call + ": null cannot be put into cache '" + call.getCacheName() + "'");
    }
    call.cache().put(call.key(), value);
  }
}
