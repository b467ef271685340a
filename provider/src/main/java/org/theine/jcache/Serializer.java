package org.theine.jcache;

/**
 * Turns keys and values into bytes and back, in place of Java serialisation, for a cache that
 * stores by value.
 *
 * <p>A serializer is called by many threads at once, so it must be thread-safe; it must not call
 * the cache. Whatever it throws, and a null result, reaches the caller as a {@link
 * javax.cache.CacheException}; an {@link Error} passes unchanged. The class filter that guards Java
 * serialisation does not apply: what classes may be made is the serializer's own affair. Source:
 * this provider.
 */
public interface Serializer {

  /**
   * Returns the serialised form of an object.
   *
   * @param value the object, never null
   * @return the bytes, never null; the caller may keep the array, so it must not be used again
   * @throws Exception if the object has no serialised form
   */
  byte[] serialize(Object value) throws Exception;

  /**
   * Returns a new object from its serialised form.
   *
   * @param bytes what {@link #serialize} returned; it must not be changed
   * @return the object, equal to the one that was serialised, never null
   * @throws Exception if the bytes cannot be read
   */
  Object deserialize(byte[] bytes) throws Exception;
}
