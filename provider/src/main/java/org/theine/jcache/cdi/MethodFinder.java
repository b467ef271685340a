package org.theine.jcache.cdi;

import jakarta.interceptor.InvocationContext;
import java.lang.annotation.Annotation;
import org.jspecify.annotations.Nullable;

/**
 * What interceptors hold of {@link CachedMethods}. The container implements it too, by a proxy that
 * is serialised with the interceptors of a session's beans; a class would need a constructor for
 * that.
 */
interface MethodFinder {
  /**
   * Returns the method that is called, if an annotation of this type decides what happens; null if
   * another one does, since that of a method outweighs those of its class.
   *
   * @throws javax.cache.CacheException if the method is used wrongly or its plug-ins cannot be made
   */
  <A extends Annotation> @Nullable CachedMethod<A> find(
      InvocationContext invocation, Class<A> annotation);
}
