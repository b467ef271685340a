package org.theine.jcache.races;

import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** What an operation does to one key at one instant, in the model. */
record Step(Kind kind, BiConsumer<KeyState, Step.Actor> body) {
  /** How a step meets those of others. */
  enum Kind {
    /** Asks nobody. */
    FREE,
    /** As FREE, but the operation may end before it. */
    MAYBE,
    /** Takes the right to change the key, when nobody has it. */
    LOOK,
    /** Ends that right. */
    COMMIT
  }

  static Step free(BiConsumer<KeyState, Step.Actor> body) {
    return new Step(Kind.FREE, body);
  }

  /** Begins a change. */
  static Step look() {
    return look(key -> false);
  }

  /**
   * Begins a change.
   *
   * @param loads whether it is a load
   */
  static Step look(Predicate<KeyState> loads) {
    return new Step(
        Kind.LOOK,
        (key, me) -> {
          key.settle();
          me.found = key.cached;
          key.loading = loads.test(key);
          key.cleared = false;
        });
  }

  static Step commit(BiConsumer<KeyState, Step.Actor> body) {
    return new Step(Kind.COMMIT, body);
  }

  /** One of two operations in the model, on one key. For one thread. */
  static final class Actor {
    int next;
    String answer;

    /** What it has seen. */
    int found = KeyState.NOTHING;

    long foundDeadline;

    /** What its iterator has promised. */
    int pinned = KeyState.NOTHING;

    Actor(String answer) {
      this.answer = answer;
    }

    Actor copy() {
      Actor copy = new Actor(answer);
      copy.next = next;
      copy.found = found;
      copy.foundDeadline = foundDeadline;
      copy.pinned = pinned;
      return copy;
    }

    void answer(int value) {
      answer = Answers.of(value);
    }

    void answer(boolean value) {
      answer = Boolean.toString(value);
    }

    /** An iterator shows a value of the key, perhaps not the first one. */
    void show(int value) {
      answer = Answers.shown(answer, Answers.of(value));
    }

    /** The rest of its steps is not for this case. */
    void end() {
      next = Integer.MAX_VALUE;
    }
  }
}
