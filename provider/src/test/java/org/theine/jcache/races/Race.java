package org.theine.jcache.races;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.races.KeyState.Counts;

/**
 * A pair of operations on an arena: sets the scene, runs the one and the other, and judges what has
 * come of them. For one thread, but that first and second run in any.
 */
final class Race implements Contest {
  /** For a thread that the machine may not let run for long; waited for in full by a failure. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final Arena arena;
  private final Pair pair;
  private final Answers first = new Answers();
  private final Answers second = new Answers();

  private final Outcomes.Memory allowed;
  private List<KeyState> beginning = List.of();

  /** The values of the keys in the end. */
  private int[] cached = {};

  Race(Arena arena, Pair pair, Outcomes.Memory allowed) {
    this.arena = arena;
    this.pair = pair;
    this.allowed = allowed;
  }

  void begin(SplittableRandom random) {
    List<KeyState> choices = arena.setting.beginnings();
    KeyState one = choices.get(random.nextInt(choices.size()));
    KeyState two = choices.get(random.nextInt(choices.size()));
    if (arena.setting.maximum() == 1 && one.cached != KeyState.NOTHING) {
      two = choices.get(0);
    }
    begin(one, two, random.nextBoolean());
  }

  void begin(KeyState one, KeyState two, boolean clear) {
    beginning = List.of(one, two, arena.setting.beginnings().get(0));
    arena.begin(pair, beginning, clear);
    first.begin(pair.first(), 1);
    second.begin(pair.second(), pair.own());
  }

  @Override
  public void first() {
    run(pair.first(), 1, 1, first);
  }

  @Override
  public void second() {
    run(pair.second(), pair.own(), 2, second);
  }

  private void run(Action action, int own, int value, Answers answers) {
    try {
      action.call(arena, Action.KEYS.get(own), new Box(value), answers);
    } catch (Throwable e) {
      answers.failure = e;
    }
  }

  // ----------------------------------------------------------------------------------------- judge

  /** What does not follow from the one operation after the other, or null. */
  @Nullable String misfit() {
    for (Answers answers : List.of(first, second)) {
      if (answers.failure != null) {
        throw new AssertionError(pair + " in " + arena.setting, answers.failure);
      }
    }
    Counts counted = arena.counted();
    cached = arena.settled();
    String misfit = misfit(counted);
    long since = System.nanoTime();
    // What expires by itself is told by a thread of its own, perhaps only now.
    boolean late = arena.setting.expires() && arena.setting.listens();
    while (misfit != null && late && System.nanoTime() - since < PATIENCE_NANOS) {
      Thread.onSpinWait();
      misfit = misfit(counted);
    }
    return arena.misfits.isEmpty() ? misfit : arena.misfits + " " + misfit;
  }

  private @Nullable String misfit(Counts counted) {
    Set<Counts> sums = Set.of(Counts.ZERO);
    for (int key = 1; key <= Answers.KEYS; key++) {
      KeyState begun = beginning.get(Math.min(key - 1, 2));
      Map<String, Set<Counts>> outcomes = allowed.of(key, begun);
      String seen =
          Outcomes.seen(
              first.about(key),
              second.about(key),
              cached[key],
              arena.behind.stored(key),
              arena.story(key));
      Set<Counts> counts = outcomes.get(seen);
      if (counts == null) {
        return "key %d (cached %s, stored %s): seen %s; allowed %s"
            .formatted(
                key, Answers.of(begun.cached), Answers.of(begun.stored), seen, outcomes.keySet());
      }
      sums = sums(sums, counts);
    }
    return isCounted(counted, sums) ? null : "counted " + counted + "; allowed " + sums;
  }

  /** Whether a key has a value, as {@link #misfit} saw it. */
  boolean isPresent(int key) {
    return cached[key] != KeyState.NOTHING;
  }

  private static Set<Counts> sums(Set<Counts> some, Set<Counts> others) {
    Set<Counts> sums = new HashSet<>();
    some.forEach(one -> others.forEach(other -> sums.add(one.plus(other))));
    return sums;
  }

  private boolean isCounted(Counts counted, Set<Counts> sums) {
    return pair.has(Action.COUNT_ANEW)
        ? sums.stream().anyMatch(counted::isAtMost)
        : sums.contains(counted);
  }
}
