package org.theine.jcache.cdi;

import jakarta.annotation.Priority;
import jakarta.interceptor.Interceptor;
import javax.cache.annotation.CacheRemoveAll;

/** Removes all entries of the cache. */
@CacheRemoveAll
@Interceptor
@Priority(CacheAnnotationsExtension.CHANGE_PRIORITY)
class CacheRemoveAllInterceptor extends ChangingInterceptor<CacheRemoveAll> {
  private static final long serialVersionUID = 1L;

  CacheRemoveAllInterceptor() {
    super(CacheRemoveAll.class);
  }

  @Override
  boolean isAfterInvocation(CacheRemoveAll annotation) {
    return annotation.afterInvocation();
  }

  @Override
  Class<?>[] included(CacheRemoveAll annotation) {
    return annotation.evictFor();
  }

  @Override
  Class<?>[] excluded(CacheRemoveAll annotation) {
    return annotation.noEvictFor();
  }

  @Override
  void change(CacheCall<CacheRemoveAll> call) {
    call.cache().removeAll();
  }
}
