package org.theine.jcache.cdi;

import java.lang.reflect.Array;
import java.util.Arrays;
import javax.cache.annotation.GeneratedCacheKey;
import org.jspecify.annotations.Nullable;

/**
 * The key of a call: its parameters, compared deeply where they are arrays. Serialisable if they
 * are, immutable if they are: arrays are copied, so that a caller may use his again.
 */
final class ParameterKey implements GeneratedCacheKey {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // A cache by value refuses the key if an element is not.
  private final @Nullable Object[] parameters;

  /** Not written: where it comes from identities it is another one in another machine. */
  private final transient int hash;

  /**
   * @param parameters the key parameters in their order, owned by the key from now on
   */
  ParameterKey(@Nullable Object[] parameters) {
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = copy(parameters[i]);
    }
    this.parameters = parameters;
    this.hash = Arrays.deepHashCode(parameters);
  }

  private static @Nullable Object copy(@Nullable Object value) {
    if (value == null || !value.getClass().isArray()) {
      return value;
    }
    int length = Array.getLength(value);
    Object copy = Array.newInstance(value.getClass().getComponentType(), length);
    System.arraycopy(value, 0, copy, 0, length);
    if (copy instanceof @Nullable Object[] elements) {
      for (int i = 0; i < length; i++) {
        elements[i] = copy(elements[i]);
      }
    }
    return copy;
  }

  private Object readResolve() {
    return new ParameterKey(parameters);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return this == object
        || object instanceof ParameterKey other
            && hash == other.hash
            && Arrays.deepEquals(parameters, other.parameters);
  }

  @Override
  public String toString() {
    return Arrays.deepToString(parameters);
  }
}
