package org.theine.jcache;

/**
 * Copies keys and values at the border of a cache that stores by value, in place of serialisation.
 * A copy must equal its original and share no mutable state with it.
 *
 * <p>A copier is asked on the way in and on the way out, for every class that is not known to be
 * immutable. It is called by many threads at once, so it must be thread-safe; it must not call the
 * cache. Whatever it throws, and a null result, reaches the caller as a {@link
 * javax.cache.CacheException}; an {@link Error} passes unchanged. Source: this provider.
 *
 * @param <T> the type of the objects it copies; a copier of a cache sees keys and values alike
 */
@FunctionalInterface
public interface Copier<T> {

  /**
   * Returns a copy of an object.
   *
   * @param value the object, never null
   * @return an equal object that shares nothing mutable with it, never null
   */
  T copy(T value);
}
