package org.theine.jcache.history;

import java.util.Arrays;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * A call of a history: what is called, how it was answered, and what had ended when it began. Used
 * again for the call at the same place of a later history. Belongs to its thread while the history
 * runs.
 */
final class Call {
  /** Most keys that a history has. */
  static final int KEYS = 3;

  /**
   * Instead of idle turns: user code gives the processor away, so that calls overlap also where
   * threads run one at a time.
   */
  static final int NAP = -1;

  final int thread;
  final int index;

  // What is called.

  Action action = Action.GET;

  /** A bit for each key. */
  int keys;

  /** What it writes, by key. */
  final int[] values = new int[KEYS];

  int expected;

  /** By how much time goes by. */
  int ticks;

  /** Idle turns before it begins, and inside user code; or NAP. */
  int pause;

  // What came of it.

  /** How many calls of each thread had ended, as far as this one could know, when it began. */
  final int[] began;

  /** By key: a code, or 0 for none; 1 for true, 0 for false. */
  final int[] answers = new int[KEYS];

  /** What the loader gave to this call, by key; 0 if it was not asked. */
  final int[] loaded = new int[KEYS];

  /**
   * An iterator has shown a key again, that was removed and put anew meanwhile. It has touched it
   * again, too, which the answers do not tell.
   */
  boolean shownAgain;

  @Nullable Throwable failure;

  Call(int thread, int index, int threads) {
    this.thread = thread;
    this.index = index;
    this.began = new int[threads];
  }

  void reset() {
    action = Action.GET;
    keys = 0;
    expected = 0;
    ticks = 0;
    pause = 0;
    Arrays.fill(values, 0);
    Arrays.fill(began, 0);
    Arrays.fill(answers, 0);
    Arrays.fill(loaded, 0);
    shownAgain = false;
    failure = null;
  }

  boolean concerns(int key) {
    return (keys & 1 << key) != 0;
  }

  /** The only key, or the first. */
  int key() {
    return Integer.numberOfTrailingZeros(keys);
  }

  void fail(String misbehaviour) {
    if (failure == null) {
      failure = new AssertionError(misbehaviour);
    }
  }

  /** Whether the other one had ended when this one began. */
  boolean isAfter(Call other) {
    return thread == other.thread ? index > other.index : began[other.thread] > other.index;
  }

  boolean overlaps(Call other) {
    return thread != other.thread && !isAfter(other) && !other.isAfter(this);
  }

  String name() {
    return (char) ('A' + thread) + "" + (index + 1);
  }

  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(" ");
    text.add(name()).add(action.name());
    if (action == Action.ADVANCE) {
      text.add("by " + ticks);
    }
    for (int key = 0; key < KEYS; key++) {
      if (concerns(key) && action.effect != Effect.TICK && action.effect != Effect.NOTHING) {
        text.add(describe(key));
      }
    }
    if (expected != 0) {
      text.add("expecting " + Stamp.nameOf(expected));
    }
    StringJoiner ends = new StringJoiner(", ", "   [after ", "]").setEmptyValue("");
    for (int t = 0; t < began.length; t++) {
      if (t != thread && began[t] > 0) {
        ends.add((char) ('A' + t) + "" + began[t]);
      }
    }
    return text + ends.toString() + (failure == null ? "" : " failed: " + failure);
  }

  private String describe(int key) {
    String text = "k" + key;
    if (values[key] != 0) {
      text += "=" + Stamp.nameOf(values[key]);
    }
    if (loaded[key] != 0) {
      text += " loads " + Stamp.nameOf(loaded[key]);
    }
    return switch (action.answer) {
      case VALUE -> text + " -> " + Stamp.nameOf(answers[key]);
      case TRUTH -> text + " -> " + (answers[key] != 0);
      case NONE -> text;
    };
  }
}
