package org.theine.jcache.races;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** A key of the user's own class. Immutable. */
final class Key implements Serializable {
  private static final long serialVersionUID = 1;

  final int number;

  Key(int number) {
    this.number = number;
  }

  @Override
  public boolean equals(@Nullable Object object) {
    Callback.KEY_EQUALS.reached();
    return object instanceof Key other && other.number == number;
  }

  @Override
  public int hashCode() {
    Callback.KEY_HASH.reached();
    return number;
  }

  @Override
  public String toString() {
    return Integer.toString(number);
  }
}
