package org.theine.jcache.races;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every operation against close, destroy and the end of the manager: each ends, as usual or with an
 * exception that says that the cache is closed, and nothing of the cache is left. The end of a
 * cache waits for nobody.
 */
class CloseRacesTest {
  private static final int BATCHES_FULL = 30;
  private static final int LANES = 6;

  /** So often an operation is called while the end is under way. */
  private static final int CALLS = 2_000;

  private static final int FAILURES = 10;

  /** Looks of the sweep at another cache, after which one more at a closed one would have been. */
  private static final int TICKS = 3;

  private final long seed = System.nanoTime();
  private final SplittableRandom random = new SplittableRandom(seed);
  private final List<String> failures = new ArrayList<>();

  /** Kept, since the sweep forgets what nobody keeps. */
  private final List<Arena> arenas = new ArrayList<>();

  @AfterEach
  void sweep_afterTheEnds_looksAtNoClosedCache() throws InterruptedException {
    try (Arena open = new Arena(Setting.CREATED_EXPIRY)) {
      open.awaitTicks(TICKS);
    }
    assertThat(
            arenas.stream().filter(arena -> arena.lateTicks.get() > 1).map(arena -> arena.setting))
        .as("settings of closed caches that the sweep goes on looking at, seed %d", seed)
        .isEmpty();
    arenas.forEach(Arena::close);
  }

  @ParameterizedTest
  @EnumSource
  void operations_racingTheEnd_endAndLeaveNothing(Setting setting, TestReporter report) {
    race(setting, 1, report);
  }

  @Tag("full")
  @ParameterizedTest
  @EnumSource
  void operations_racingTheEndLong_endAndLeaveNothing(Setting setting, TestReporter report) {
    race(setting, BATCHES_FULL, report);
  }

  private void race(Setting setting, int batches, TestReporter report) {
    try (Rendezvous rendezvous = new Rendezvous(random)) {
      for (Action action : actions(setting)) {
        for (int batch = 0; batch < batches; batch++) {
          List<Ending> endings = new ArrayList<>();
          for (int lane = 0; lane < LANES; lane++) {
            endings.add(new Ending(setting, action, random, lane, CALLS));
          }
          Callback.watcher = callback -> rendezvous.stumble();
          rendezvous.meet(endings);
          Callback.watcher = null;
          endings.forEach(this::judge);
        }
      }
      report.publishEntry(
          setting.toString(),
          "%d ends, %d overlapped".formatted(rendezvous.rounds, rendezvous.overlapped));
      assertThat(rendezvous.overlapped)
          .as("ends, of %d, during an operation", rendezvous.rounds)
          .isGreaterThan(rendezvous.rounds / 50);
    }
    assertThat(failures).as("seed %d", seed).isEmpty();
  }

  @AfterEach
  void forgetTheWatcher() {
    Callback.watcher = null;
  }

  private void judge(Ending ending) {
    String misfit = ending.misfit();
    if (misfit != null && failures.size() < FAILURES) {
      failures.add(misfit);
    }
    if (ending.arena.setting.expires()) {
      arenas.add(ending.arena);
    } else {
      ending.arena.close();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "THROUGH_LISTENED", "EVERYTHING"})
  void close_operationHeldInEachCallback_doesNotWait(Setting setting, TestReporter report) {
    int ends = 0;
    try (HeldRace held = new HeldRace()) {
      for (Action action : actions(setting)) {
        Ending alone = new Ending(setting, action, random, 0, 1);
        int callbacks = held.callbacksOf(alone);
        alone.arena.close();
        for (int callback = 1; callback <= callbacks; callback++) {
          Ending ending = new Ending(setting, action, random, callback, 1);
          held.run(ending, callback, ending::third);
          ends++;
          judge(ending);
        }
      }
    }
    report.publishEntry(setting.toString(), ends + " ends");
    assertThat(failures).as("seed %d", seed).isEmpty();
  }

  private static List<Action> actions(Setting setting) {
    return Arrays.stream(Action.values()).filter(action -> action.isFor(setting)).toList();
  }
}
