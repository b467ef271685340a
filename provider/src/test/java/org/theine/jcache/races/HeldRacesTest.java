package org.theine.jcache.races;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every operation is held in each of its calls of the user's code, and every other one is run
 * against it: it waits if it needs the same key and the first has it locked, and for nothing else.
 * Then the first is let go, and what has come of both is as one after the other.
 */
class HeldRacesTest {
  private static final int FAILURES = 5;

  private final long seed = System.nanoTime();
  private final SplittableRandom random = new SplittableRandom(seed);
  private final List<String> failures = new ArrayList<>();
  private int races;
  private int waits;

  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "EVERYTHING"})
  void pairs_oneHeldInEachCallback_waitForTheKeyAlone(Setting setting, TestReporter report) {
    run(setting, false, report);
  }

  @Tag("full")
  @ParameterizedTest
  @EnumSource
  void pairs_oneHeldInEachCallbackFromEachBeginning_waitForTheKeyAlone(
      Setting setting, TestReporter report) {
    run(setting, true, report);
  }

  private void run(Setting setting, boolean fromEach, TestReporter report) {
    Arena arena = new Arena(setting);
    try (HeldRace held = new HeldRace()) {
      for (Pair pair : Pair.ordered(setting)) {
        for (KeyState[] beginning : beginnings(setting, fromEach)) {
          if (failures.size() < FAILURES && !run(arena, held, pair, beginning)) {
            arena.close();
            arena = new Arena(setting);
          }
        }
      }
      report.publishEntry(
          setting.toString(), "%d races, the second waited in %d".formatted(races, waits));
      assertThat(failures).as("seed %d", seed).isEmpty();
      assertThat(waits).as("races, of %d, in which the second waited", races).isPositive();
    } finally {
      Callback.watcher = null;
      arena.close();
    }
  }

  /** All of the first key, or one by chance; the second key by chance. */
  private List<KeyState[]> beginnings(Setting setting, boolean all) {
    List<KeyState> choices = setting.beginnings();
    int picked = random.nextInt(choices.size());
    List<KeyState[]> beginnings = new ArrayList<>();
    for (int i = 0; i < choices.size(); i++) {
      if (all || i == picked) {
        KeyState one = choices.get(i);
        boolean full = setting.maximum() == 1 && one.cached != KeyState.NOTHING;
        KeyState two = choices.get(full ? 0 : random.nextInt(choices.size()));
        beginnings.add(new KeyState[] {one, two});
      }
    }
    return beginnings;
  }

  /** Holds the first in each of its callbacks; false after a failure. */
  private boolean run(Arena arena, HeldRace held, Pair pair, KeyState[] beginning) {
    Setting setting = arena.setting;
    Race race = new Race(arena, pair, new Outcomes.Memory(pair));
    race.begin(beginning[0], beginning[1], random.nextBoolean());
    int callbacks = held.callbacksOf(race);
    for (int callback = 1; callback <= callbacks; callback++) {
      race.begin(beginning[0], beginning[1], random.nextBoolean());
      try {
        held.run(race, callback, () -> held.mayWait(pair, setting));
      } catch (AssertionError e) {
        throw new AssertionError(
            "%s in %s, held in %s".formatted(pair, arena.setting, held.where()), e);
      }
      String misfit = race.misfit();
      if (misfit == null) {
        misfit = held.misfit(race, pair);
      }
      races++;
      waits += held.hasWaited() ? 1 : 0;
      if (misfit != null) {
        failures.add(
            "%s in %s, held in callback %d of %d, %s: %s"
                .formatted(pair, arena.setting, callback, callbacks, held.where(), misfit));
        return false;
      }
    }
    return true;
  }
}
