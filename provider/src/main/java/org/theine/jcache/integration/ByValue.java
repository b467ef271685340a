package org.theine.jcache.integration;

import java.util.function.UnaryOperator;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps immutable objects as they are, and of all others the serialised form or a copy. As safe for
 * use by many threads as the serialisation or the copier is.
 *
 * <p>Keeping the bytes makes a read deserialise once, and a write serialise once; keeping an object
 * would serialise and deserialise at both. Messages name the cache and the class, never the value.
 */
final class ByValue implements ValueForm {

  private final String cacheName;
  private final ImmutableTypes immutableTypes;
  private final Serialization serialization;
  private final @Nullable UnaryOperator<Object> copier;

  ByValue(
      String cacheName,
      ImmutableTypes immutableTypes,
      Serialization serialization,
      @Nullable UnaryOperator<Object> copier) {
    this.cacheName = cacheName;
    this.immutableTypes = immutableTypes;
    this.serialization = serialization;
    this.copier = copier;
  }

  @Override
  public Object stored(Object userValue) {
    if (immutableTypes.contains(userValue.getClass())) {
      return userValue;
    }
    return (copier == null) ? serialised(userValue) : copied(userValue, copier);
  }

  @Override
  public Object given(Object stored) {
    if (stored instanceof Serialised serialised) {
      return deserialised(serialised);
    }
    if (copier == null || immutableTypes.contains(stored.getClass())) {
      return stored;
    }
    return copied(stored, copier);
  }

  @Override
  public Object copy(Object userValue) {
    return (copier == null) ? given(stored(userValue)) : stored(userValue);
  }

  @Override
  public boolean isIdentity() {
    return false;
  }

  private Serialised serialised(Object value) {
    String type = value.getClass().getName();
    byte[] bytes;
    try {
      bytes = serialization.serialize(value);
    } catch (Exception | StackOverflowError e) { // a chain of objects may be too long to walk
      throw failure(type, "cannot be serialised", e);
    }
    if (bytes == null) {
      throw failure(type, "was serialised to null", null);
    }
    return new Serialised(bytes, type);
  }

  private Object deserialised(Serialised serialised) {
    Object value;
    try {
      value = serialization.deserialize(serialised.bytes());
    } catch (Exception | StackOverflowError e) {
      throw failure(serialised.type(), "cannot be deserialised", e);
    }
    if (value == null) {
      throw failure(serialised.type(), "was deserialised to null", null);
    }
    return value;
  }

  private Object copied(Object value, UnaryOperator<Object> copier) {
    String type = value.getClass().getName();
    Object copy;
    try {
      copy = copier.apply(value);
    } catch (Exception | StackOverflowError e) {
      throw failure(type, "cannot be copied", e);
    }
    if (copy == null) {
      throw failure(type, "was copied to null", null);
    }
    return copy;
  }

  private CacheException failure(String type, String rule, @Nullable Throwable cause) {
    return (cause instanceof CacheException specified)
        ? specified
        : new CacheException(
            "cache '" + cacheName + "' stores by value: an object of " + type + " " + rule, cause);
  }

  /** The bytes of an object and the name of its class. */
  private record Serialised(byte[] bytes, String type) {}
}
