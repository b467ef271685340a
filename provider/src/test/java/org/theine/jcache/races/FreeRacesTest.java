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
 * Every two operations, many times at about the same time: what both answer, what is in cache and
 * store afterwards, what listeners were told and what was counted is what some order of the two
 * leaves, key by key.
 */
class FreeRacesTest {
  /** How often each pair meets in each setting and on each choice of keys, in batches. */
  private static final int BATCHES = Integer.getInteger("theine.races.batches", 2);

  private static final int BATCHES_FULL = Integer.getInteger("theine.races.batches.full", 10);

  /** Races of a batch, each with a cache of its own. */
  private static final int LANES = 25;

  private static final int FAILURES = 5;

  private final long seed = System.nanoTime();
  private final SplittableRandom random = new SplittableRandom(seed);
  private final List<String> failures = new ArrayList<>();

  @ParameterizedTest
  @EnumSource
  void pairs_racing_areAsOneAfterTheOther(Setting setting, TestReporter report) {
    run(setting, BATCHES, report);
  }

  @Tag("full")
  @ParameterizedTest
  @EnumSource
  void pairs_racingLong_areAsOneAfterTheOther(Setting setting, TestReporter report) {
    run(setting, BATCHES_FULL, report);
  }

  private void run(Setting setting, int batches, TestReporter report) {
    List<Arena> arenas = new ArrayList<>();
    List<Pair> pairs = Pair.all(setting);
    try (Rendezvous rendezvous = new Rendezvous(random)) {
      for (int lane = 0; lane < LANES; lane++) {
        arenas.add(new Arena(setting));
      }
      for (Pair pair : pairs) {
        if (failures.size() < FAILURES) {
          run(arenas, rendezvous, pair, batches);
        }
      }
      report.publishEntry(
          setting.toString(),
          "%d pairs, %d rounds, %d overlapped"
              .formatted(pairs.size(), rendezvous.rounds, rendezvous.overlapped));
      assertThat(failures).as("seed %d", seed).isEmpty();
      assertThat(rendezvous.overlapped)
          .as("rounds, of %d, in which the two met", rendezvous.rounds)
          .isGreaterThan(rendezvous.rounds / 100);
    } finally {
      Callback.watcher = null;
      arenas.forEach(Arena::close);
    }
  }

  private void run(List<Arena> arenas, Rendezvous rendezvous, Pair pair, int batches) {
    Outcomes.Memory memory = new Outcomes.Memory(pair);
    List<Race> races = new ArrayList<>();
    arenas.forEach(arena -> races.add(new Race(arena, pair, memory)));
    for (int batch = 0; batch < batches; batch++) {
      races.forEach(race -> race.begin(random));
      Callback.watcher = batch % 2 == 0 ? callback -> rendezvous.stumble() : null;
      rendezvous.meet(races);
      Callback.watcher = null;
      for (int lane = 0; lane < races.size(); lane++) {
        String misfit = races.get(lane).misfit();
        if (misfit != null) {
          fail(arenas, lane, "%s, batch %d: %s".formatted(pair, batch, misfit));
          return;
        }
      }
    }
  }

  /** Whatever state the cache is in now, the next pair gets another one. */
  private void fail(List<Arena> arenas, int lane, String failure) {
    Arena arena = arenas.get(lane);
    failures.add("%s, seed %d, %s".formatted(arena.setting, seed, failure));
    arena.close();
    arenas.set(lane, new Arena(arena.setting));
  }
}
