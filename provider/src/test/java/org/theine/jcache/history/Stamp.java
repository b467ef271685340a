package org.theine.jcache.history;

import java.io.Serializable;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A value that tells where it comes from: the history, who wrote it there, and how often it was
 * incremented since. Of a type that a cache by value has to copy. Immutable.
 */
final class Stamp implements Serializable {
  private static final long serialVersionUID = 1;

  /** Bits of a code: the origin, and above it how often it was incremented. */
  static final int CODE_BITS = 13;

  static final int ORIGIN_BITS = 8;

  static final int INCREMENT = 1 << ORIGIN_BITS;

  private static final int CODE_MASK = (1 << CODE_BITS) - 1;

  private final int number;

  private Stamp(int number) {
    this.number = number;
  }

  /** The value of a code in a history. */
  static Stamp of(long history, int code) {
    return new Stamp((int) history << CODE_BITS | code);
  }

  Stamp copy() {
    return new Stamp(number);
  }

  byte[] toBytes() {
    return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
  }

  static Stamp of(byte[] bytes) {
    return new Stamp(ByteBuffer.wrap(bytes).getInt());
  }

  /** The value after an increment. */
  Stamp incremented() {
    return new Stamp(number + INCREMENT);
  }

  /** What it is in its history, never 0. */
  int code() {
    return number & CODE_MASK;
  }

  boolean isOf(long history) {
    return number >>> CODE_BITS == (int) history << CODE_BITS >>> CODE_BITS;
  }

  static String nameOf(int code) {
    if (code == 0) {
      return "none";
    }
    int increments = code >>> ORIGIN_BITS;
    String origin = "v" + (code & INCREMENT - 1);
    return increments == 0 ? origin : origin + "+" + increments;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    Worker.pauseInside();
    return other instanceof Stamp stamp && stamp.number == number;
  }

  @Override
  public int hashCode() {
    return number;
  }

  @Override
  public String toString() {
    return nameOf(code());
  }
}
