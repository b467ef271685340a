package org.theine.jcache.integration;

/**
 * Turns objects into bytes and back. Safe for use by any thread.
 *
 * <p>Java's own is {@link JavaSerialization}; the cache makes another of the user's serializer.
 */
public interface Serialization {

  /**
   * Returns the serialised form of an object.
   *
   * @param value the object
   * @return bytes that nobody else changes
   * @throws Exception if the object has none
   */
  byte[] serialize(Object value) throws Exception;

  /**
   * Returns a new object.
   *
   * @param bytes what {@link #serialize} returned; not to be changed
   * @return the object
   * @throws Exception if the bytes cannot be read
   */
  Object deserialize(byte[] bytes) throws Exception;
}
