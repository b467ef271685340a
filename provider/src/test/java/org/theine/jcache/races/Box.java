package org.theine.jcache.races;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** A value of the user's own class, so that a cache by value serialises it. Immutable. */
final class Box implements Serializable {
  private static final long serialVersionUID = 1;

  final int number;

  Box(int number) {
    this.number = number;
  }

  /** The number in a box; {@link KeyState#NOTHING} if there is none. */
  static int numberIn(@Nullable Box box) {
    return box == null ? KeyState.NOTHING : box.number;
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    Callback.SERIALISER.reached();
    out.defaultWriteObject();
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    Callback.DESERIALISER.reached();
    in.defaultReadObject();
  }

  @Override
  public boolean equals(@Nullable Object object) {
    Callback.VALUE_EQUALS.reached();
    return object instanceof Box other && other.number == number;
  }

  @Override
  public int hashCode() {
    return number;
  }
}
