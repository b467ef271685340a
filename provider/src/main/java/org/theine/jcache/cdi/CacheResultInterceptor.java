package org.theine.jcache.cdi;

import jakarta.annotation.Priority;
import jakarta.interceptor.Interceptor;
import javax.cache.Cache;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.GeneratedCacheKey;
import org.jspecify.annotations.Nullable;

/** Answers from the cache, or runs the method and keeps what comes of it. */
@CacheResult
@Interceptor
@Priority(CacheAnnotationsExtension.RESULT_PRIORITY)
class CacheResultInterceptor extends CacheInterceptor<CacheResult> {
  private static final long serialVersionUID = 1L;

  CacheResultInterceptor() {
    super(CacheResult.class);
  }

  @Override
  @Nullable Object around(CacheCall<CacheResult> call) throws Exception {
    Cache<GeneratedCacheKey, Object> results = call.cache();
    Cache<GeneratedCacheKey, Throwable> exceptions = call.exceptionCache();
    GeneratedCacheKey key = call.key();
    if (!call.getCacheAnnotation().skipGet()) {
      Object known = results.get(key);
      if (known != null) {
        return known;
      }
      Throwable thrown = exceptions == null ? null : exceptions.get(key);
      if (thrown != null) {
        throw Thrown.again(thrown);
      }
    }
    Object result = run(call, key, exceptions);
    if (result != null) {
      results.put(key, result);
    }
    return result;
  }

  private static @Nullable Object run(
      CacheCall<CacheResult> call,
      GeneratedCacheKey key,
      @Nullable Cache<GeneratedCacheKey, Throwable> exceptions)
      throws Exception {
    try {
      return call.proceed();
    } catch (Throwable thrown) {
      CacheResult annotation = call.getCacheAnnotation();
      if (exceptions != null
          && Thrown.matches(
              thrown, annotation.cachedExceptions(), annotation.nonCachedExceptions(), true)) {
        Thrown.note(thrown, () -> exceptions.put(key, thrown));
      }
      throw thrown;
    }
  }
}
