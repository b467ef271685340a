package org.theine.jcache.integration;

import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a cache keeps in the place of the user's keys and values: the objects themselves, or
 * something that nobody outside can change. Safe for use by any thread, provided that the user's
 * copier or serializer is.
 *
 * <p>What fails, a stack too short for a long chain of objects too, arrives as a {@link
 * javax.cache.CacheException} that names the cache and the class; one that is thrown as such, and
 * any other {@link Error}, pass unchanged.
 */
public sealed interface ValueForm permits ByReference, ByValue {

  /**
   * Returns what to keep.
   *
   * @param userValue what the user gave
   * @return what the cache keeps
   * @throws javax.cache.CacheException if it can be neither serialised nor copied
   */
  Object stored(Object userValue);

  /**
   * Returns what to hand out.
   *
   * @param stored what {@link #stored} returned
   * @return an object for the user, a new one at each call unless it is immutable
   * @throws javax.cache.CacheException if it can be neither deserialised nor copied
   */
  Object given(Object stored);

  /**
   * Returns an object of our own that equals the user's: a key, say, that must keep its hash code.
   *
   * @param userValue what the user gave, or what a cache keeps as a key
   * @return a copy, or the object itself if it is immutable or kept by reference
   * @throws javax.cache.CacheException if it cannot be copied
   */
  Object copy(Object userValue);

  /**
   * Tells whether {@link #stored}, {@link #given} and {@link #copy} always return their argument.
   *
   * @return true for the form by reference
   */
  boolean isIdentity();

  /**
   * Returns the form that keeps the user's objects.
   *
   * @return always the same
   */
  static ValueForm byReference() {
    return ByReference.INSTANCE;
  }

  /**
   * Makes the form that keeps immutable objects as they are and of others the bytes, or a copy if
   * there is a copier.
   *
   * @param cacheName the name of the cache, for messages
   * @param classLoader finds the classes of what Java serialisation reads
   * @param immutableTypes classes that the user declares immutable, beside those that are known
   * @param serialization how to serialise, or null for Java serialisation
   * @param copier how to copy instead of serialising, or null
   * @return the new form
   */
  static ValueForm byValue(
      String cacheName,
      @Nullable ClassLoader classLoader,
      Set<Class<?>> immutableTypes,
      @Nullable Serialization serialization,
      @Nullable UnaryOperator<Object> copier) {
    return new ByValue(
        cacheName,
        ImmutableTypes.with(immutableTypes),
        (serialization == null) ? new JavaSerialization(classLoader) : serialization,
        copier);
  }
}
