package org.theine.jcache.races;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What an operation has answered, key by key. For one thread at a time. */
final class Answers {
  /** Keys 1 and 2 are those that operations meet on; 3 and 4 press for room. */
  static final int KEYS = 4;

  static final String UNTOUCHED = "-";
  static final String DONE = "done";
  static final String ABSENT = "absent";

  private final String[] answers = new String[KEYS + 1];

  /** What the operation has thrown, which none of these should. */
  @Nullable Throwable failure;

  static String of(int value) {
    return value == KeyState.NOTHING ? ABSENT : Integer.toString(value);
  }

  /** Before the operation: the keys that it is about are done if it says nothing else of them. */
  void begin(Action action, int own) {
    failure = null;
    for (int key = 1; key <= KEYS; key++) {
      answers[key] = action.touches(key, own) ? action.otherwise() : UNTOUCHED;
    }
  }

  void set(Key key, @Nullable Box box) {
    answers[key.number] = of(Box.numberIn(box));
  }

  /** An iterator has shown a mapping. */
  void show(Key key, Box box) {
    answers[key.number] = shown(answers[key.number], of(box.number));
  }

  /** What is shown of a key when one more value is. */
  static String shown(String before, String value) {
    return before.equals(ABSENT) ? value : before + " and " + value;
  }

  void set(Key key, boolean answer) {
    answers[key.number] = Boolean.toString(answer);
  }

  String about(int key) {
    return answers[key];
  }

  @Override
  public String toString() {
    return Arrays.asList(answers).subList(1, KEYS + 1) + (failure == null ? "" : " " + failure);
  }
}
