package org.theine.jcache.simulation;

import javax.cache.processor.EntryProcessor;
import javax.cache.processor.MutableEntry;
import org.jspecify.annotations.Nullable;

/** An entry processor that does with its entry what the seed says. For one world. */
final class Processor implements EntryProcessor<Key, Val, Val> {
  private final World world;
  private @Nullable MutableEntry<Key, Val> before;

  Processor(World world) {
    this.world = world;
  }

  @Override
  public @Nullable Val process(MutableEntry<Key, Val> entry, Object... arguments) {
    world.call(Plug.PROCESS, entry.getKey(), Item.NONE);
    if (before != null) {
      lateUse(before);
    }
    before = entry;
    for (int moves = world.choices.below(5); moves > 0; moves--) {
      try {
        move(entry, world.choices.below(9));
      } catch (RuntimeException e) {
        boolean passed = world.choices.oneIn(2);
        world.record(passed ? "passes on" : "catches", Failures.describe(e));
        if (passed) {
          throw e;
        }
      }
    }
    return world.choices.oneIn(3) ? null : world.newValue();
  }

  private void move(MutableEntry<Key, Val> entry, int kind) {
    switch (kind) {
      case 0, 1 -> {
        world.record("getValue", "");
        Val value = world.keepIfAny(entry.getValue());
        world.record("is", Item.NO_KEY, Val.code(value), Item.NONE, "");
      }
      case 2 -> world.record("exists", "" + entry.exists());
      case 3, 4 -> {
        Val value = world.newValue();
        world.record("setValue", Item.NO_KEY, value.code(), Item.NONE, "");
        entry.setValue(value);
        if (world.choices.oneIn(3)) {
          value.mark++; // by value that is too late
        }
      }
      case 5 -> {
        world.record("remove", "");
        entry.remove();
      }
      case 6 -> world.changeKept();
      case 7 -> world.advance();
      default -> world.record("sees", "" + world.cache().containsKey(entry.getKey()));
    }
  }

  /** The entry of a processor that has ended refuses. */
  private void lateUse(MutableEntry<Key, Val> late) {
    try {
      late.setValue(world.newValue());
      world.record("late setValue", "works");
    } catch (IllegalStateException e) {
      world.record("late setValue", Failures.describe(e));
    }
  }
}
