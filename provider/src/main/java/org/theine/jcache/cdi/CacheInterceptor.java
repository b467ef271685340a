package org.theine.jcache.cdi;

import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;
import java.lang.annotation.Annotation;
import org.jspecify.annotations.Nullable;

/**
 * Stands around the methods that have one of the four annotations. The container makes one for each
 * bean instance; it has no state of its own, so it may be used by any thread.
 *
 * @param <A> the annotation
 */
abstract class CacheInterceptor<A extends Annotation> implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Class<A> annotation;

  @Inject
  @SuppressWarnings({"serial", "NullAway.Init"}) // The container injects a proxy, which is.
  private MethodFinder methods;

  CacheInterceptor(Class<A> annotation) {
    this.annotation = annotation;
  }

  /** Called by the container in the place of the method. */
  @AroundInvoke
  @Nullable Object intercept(InvocationContext invocation) throws Exception {
    CachedMethod<A> method = methods.find(invocation, annotation);
    return method == null ? invocation.proceed() : around(new CacheCall<>(method, invocation));
  }

  /** Does what the annotation asks for, running the method or not; throws what that throws. */
  abstract @Nullable Object around(CacheCall<A> call) throws Exception;
}
