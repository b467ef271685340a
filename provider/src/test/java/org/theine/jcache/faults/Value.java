package org.theine.jcache.faults;

import org.jspecify.annotations.Nullable;

/** A value of the user's, whose equals can go wrong. */
final class Value {
  final String text;
  private final Trap trap;

  Value(String text, Trap trap) {
    this.text = text;
    this.trap = trap;
  }

  @Override
  public boolean equals(@Nullable Object object) {
    trap.visit(Callback.VALUE_EQUALS);
    return object instanceof Value other && text.equals(other.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
