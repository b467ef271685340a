package org.theine.jcache.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A cache against its model, in one thread, in an order that a seed decides. A failure tells the
 * seed and the fewest steps that fail.
 *
 * <pre>
 * -Dtheine.simulation.seed=N         runs the episode of this seed alone
 * -Dtheine.simulation.steps=N        how many steps the normal build takes, else a million
 * -Dtheine.simulation.full.steps=N   how many the full build takes beyond that, else twenty millions
 * -Dtheine.simulation.full.seed=N    its first seed, else a million
 * </pre>
 */
final class SimulationTest {
  /** Held, since loggers are collected. */
  private static final Logger LOGGER = Logger.getLogger("org.theine.jcache");

  private static final int STEPS = 500;

  @BeforeAll
  static void silence() {
    LOGGER.setLevel(Level.OFF); // failures of callbacks are logged, and here there are many
  }

  @AfterAll
  static void unsilence() {
    LOGGER.setLevel(null);
  }

  private static void simulate(long firstSeed, long steps) {
    long recorded = 0;
    long taken = 0;
    long seed = firstSeed;
    try (Watch watch = new Watch()) {
      for (; taken < steps; seed++) {
        watch.begin(seed);
        Episode episode = Episode.of(seed, STEPS, Sabotage.NONE);
        Episode.Outcome outcome = episode.run();
        watch.requireProgress();
        if (outcome.failure != null) {
          throw new AssertionError(Shrinker.tell(Shrinker.shrink(episode)));
        }
        taken += outcome.taken;
        recorded += outcome.recorded;
      }
    }
    System.out.printf(
        "simulated %,d steps, %,d things that happened, seeds %d to %d%n",
        taken, recorded, firstSeed, seed - 1);
  }

  @Test
  void cache_doesWhatItsModelDoes() {
    Long seed = Long.getLong("theine.simulation.seed");
    if (seed == null) {
      simulate(1, Long.getLong("theine.simulation.steps", 1_000_000));
    } else {
      simulate(seed, 1);
    }
  }

  @Test
  @Tag("full")
  void cache_forLong_doesWhatItsModelDoes() {
    simulate(
        Long.getLong("theine.simulation.full.seed", 1_000_000),
        Long.getLong("theine.simulation.full.steps", 20_000_000));
  }

  @Test
  void sameSeed_sameHistory() {
    for (long seed = 1; seed < 50; seed++) {
      Episode episode = Episode.of(seed, STEPS, Sabotage.NONE);

      assertThat(episode.run().hash).as("seed %d", seed).isEqualTo(episode.run().hash);
    }
  }

  @Test
  void lostRemoval_isFoundAndToldInAFewSteps() {
    assertFound(Sabotage.LOSES_REMOVALS);
  }

  @Test
  void lostEvent_isFoundAndToldInAFewSteps() {
    assertFound(Sabotage.LOSES_EVENTS);
  }

  private static void assertFound(Sabotage sabotage) {
    for (long seed = 1; seed < 50; seed++) {
      Episode episode = Episode.of(seed, STEPS, sabotage);
      if (episode.run().failure != null) {
        Episode smallest = Shrinker.shrink(episode);
        assertThat(smallest.steps()).as(Shrinker.tell(smallest)).hasSizeLessThan(6);
        return;
      }
    }
    throw new AssertionError("nothing was found");
  }
}
