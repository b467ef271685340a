package org.theine.jcache.faults;

import java.io.IOException;

/** What goes wrong in a callback. */
enum Fault {
  CHECKED,
  RUNTIME,
  ERROR,
  OUT_OF_MEMORY,
  STACK_THROWN,
  /** The callback calls itself until the stack is full. */
  STACK_REAL,
  /** It returns as always, with the interrupt flag of its thread set. */
  INTERRUPTED,
  /** It does not return until the test lets it. */
  HANGS,
  /** It does not return, and who waits for it is interrupted. */
  WAITER_INTERRUPTED;

  boolean isThrown() {
    return ordinal() < INTERRUPTED.ordinal();
  }

  boolean hangs() {
    return ordinal() > INTERRUPTED.ordinal();
  }

  /** What is thrown; for those that throw. */
  Throwable failure() {
    return switch (this) {
      case CHECKED -> new IOException("a checked one, unseen by the compiler");
      case RUNTIME -> new ArithmeticException("a callback fails");
      case ERROR -> new AssertionError("an error");
      case OUT_OF_MEMORY -> new OutOfMemoryError("made up");
      case STACK_THROWN -> new StackOverflowError("made up");
      case STACK_REAL -> overflow();
      default -> throw new IllegalStateException(this + " throws nothing");
    };
  }

  private static Throwable overflow() {
    try {
      return new IllegalStateException("depth " + recurse(0));
    } catch (StackOverflowError e) {
      return e;
    }
  }

  private static long recurse(long depth) {
    return recurse(depth + 1) + 1;
  }
}
