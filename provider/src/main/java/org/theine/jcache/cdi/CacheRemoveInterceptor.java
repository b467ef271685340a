package org.theine.jcache.cdi;

import jakarta.annotation.Priority;
import jakarta.interceptor.Interceptor;
import javax.cache.annotation.CacheRemove;

/** Removes the entry of the call's key. */
@CacheRemove
@Interceptor
@Priority(CacheAnnotationsExtension.CHANGE_PRIORITY)
class CacheRemoveInterceptor extends ChangingInterceptor<CacheRemove> {
  private static final long serialVersionUID = 1L;

  CacheRemoveInterceptor() {
    super(CacheRemove.class);
  }

  @Override
  boolean isAfterInvocation(CacheRemove annotation) {
    return annotation.afterInvocation();
  }

  @Override
  Class<?>[] included(CacheRemove annotation) {
    return annotation.evictFor();
  }

  @Override
  Class<?>[] excluded(CacheRemove annotation) {
    return annotation.noEvictFor();
  }

  @Override
  void change(CacheCall<CacheRemove> call) {
    call.cache().remove(call.key());
  }
}
