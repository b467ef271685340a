package org.theine.jcache.cdi;

import java.lang.annotation.Annotation;
import org.jspecify.annotations.Nullable;

/**
 * Changes the cache before or after the method, which always runs.
 *
 * @param <A> the annotation
 */
abstract class ChangingInterceptor<A extends Annotation> extends CacheInterceptor<A> {
  private static final long serialVersionUID = 1L;

  ChangingInterceptor(Class<A> annotation) {
    super(annotation);
  }

  @Override
  final @Nullable Object around(CacheCall<A> call) throws Exception {
    A annotation = call.getCacheAnnotation();
    if (!isAfterInvocation(annotation)) {
      change(call);
      return call.proceed();
    }
    Object result;
    try {
      result = call.proceed();
    } catch (Throwable thrown) {
      if (Thrown.matches(thrown, included(annotation), excluded(annotation), false)) {
        Thrown.note(thrown, () -> change(call));
      }
      throw thrown;
    }
    change(call);
    return result;
  }

  abstract boolean isAfterInvocation(A annotation);

  /** The exceptions after which the cache is changed nevertheless. */
  abstract Class<?>[] included(A annotation);

  abstract Class<?>[] excluded(A annotation);

  abstract void change(CacheCall<A> call);
}
