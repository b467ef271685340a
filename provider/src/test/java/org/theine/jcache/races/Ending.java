package org.theine.jcache.races;

import java.util.SplittableRandom;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/** An operation and the end of its cache. For one thread, but that both run in any. */
final class Ending implements Contest {
  final Arena arena;
  private final Action action;
  private final int way;
  private final int calls;
  private final Answers answers = new Answers();
  private @Nullable Throwable failure;
  private @Nullable Throwable waiterFailure;

  /**
   * Makes one.
   *
   * @param way how the cache is closed
   * @param calls how often at most the operation is called before the cache is gone
   */
  Ending(Setting setting, Action action, SplittableRandom random, int way, int calls) {
    this.arena = new Arena(setting);
    this.action = action;
    this.way = way;
    this.calls = calls;
    Pair pair = new Pair(action, action, 1);
    new Race(arena, pair, new Outcomes.Memory(pair)).begin(random);
    answers.begin(action, 1);
  }

  @Override
  public void first() {
    try {
      for (int call = 0; call < calls && !arena.isGone(); call++) {
        action.call(arena, Action.KEYS.get(1), new Box(1), answers);
      }
    } catch (Throwable e) {
      answers.failure = e;
    }
  }

  @Override
  public void second() {
    try {
      arena.end(way);
    } catch (Throwable e) {
      failure = e;
    }
  }

  /** Needs the key too: waits for the first if that has it locked. */
  void third() {
    try {
      arena.cache.remove(Action.KEYS.get(1));
    } catch (Throwable e) {
      waiterFailure = e;
    }
  }

  /** What is wrong with the end, or null. */
  @Nullable String misfit() {
    for (Throwable thrown : new Throwable[] {failure, answers.failure, waiterFailure}) {
      boolean bearable =
          thrown == null
              || thrown != failure
                  && (thrown instanceof IllegalStateException || thrown instanceof CacheException)
                  && String.valueOf(thrown.getMessage()).contains("is closed");
      if (!bearable) {
        throw new AssertionError(action + " and close in " + arena.setting, thrown);
      }
    }
    String leftover = arena.leftover();
    return leftover == null ? null : action + " in " + arena.setting + " leaves " + leftover;
  }
}
