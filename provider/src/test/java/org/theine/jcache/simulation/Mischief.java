package org.theine.jcache.simulation;

import java.util.LinkedHashSet;
import java.util.Set;

/** What callbacks do that they should not do, as the seed says. For one thread. */
final class Mischief {
  /** Operations in callbacks of operations in callbacks are deep enough. */
  static final int DEEPEST = 3;

  /** In one step: listeners that make events would go on for ever. */
  private static final int MOST = 12;

  private final World world;

  /** Places that are left alone, to find out what a failure needs. */
  private final Set<Long> calmed;

  /** Places where there was mischief in this step. */
  private final Set<Long> made = new LinkedHashSet<>();

  Mischief(World world, Set<Long> calmed) {
    this.world = world;
    this.calmed = calmed;
  }

  void reset() {
    made.clear();
  }

  Set<Long> made() {
    return made;
  }

  /** Does what the seed says a callback does beyond its duty. */
  void make(Plug plug) {
    Choices choices = world.choices;
    choices.enter();
    world.depth++;
    try {
      if (choices.below(1024) < world.settings.mischief()
          && made.size() < MOST
          && !world.isOver()
          && !calmed.contains(choices.place())) {
        made.add(choices.place());
        make(plug, choices.below(14));
      }
    } finally {
      world.depth--;
      choices.leave();
    }
  }

  /** Whether a callback returns null that must not. */
  boolean isNull() {
    boolean wanted =
        !world.isQuiet()
            && world.choices.below(4096) < world.settings.mischief()
            && !calmed.contains(world.choices.place());
    if (wanted) {
      world.record("returns", "null");
    }
    return wanted;
  }

  private void make(Plug plug, int kind) {
    switch (kind) {
      case 0, 1, 2 -> fail(plug);
      case 3 -> world.advance();
      case 4 -> world.runTask();
      case 5 -> attempt("expireNow", world.controls()::expireNow);
      case 6 -> attempt("clear", world.cache()::clear);
      case 7 -> {
        operate();
        fail(plug);
      }
      case 8 -> close();
      default -> operate();
    }
  }

  private void close() {
    if (world.choices.oneIn(12)) {
      attempt("", () -> Operations.close(world));
    } else {
      operate();
    }
  }

  private void operate() {
    if (world.depth <= DEEPEST) {
      Throwable failure = Operations.run(world);
      if (failure != null && world.choices.oneIn(2)) {
        Failures.raise(failure);
      }
    }
  }

  private void fail(Plug plug) {
    Throwable failure = Failures.choose(world.choices, plug);
    world.record("throws", Failures.describe(failure));
    Failures.raise(failure);
  }

  private void attempt(String what, Runnable action) {
    world.record(what, "");
    try {
      action.run();
      world.record("done", "");
    } catch (Throwable e) {
      world.record("fails", Failures.describe(e));
    }
  }
}
