package org.theine.jcache.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * No read returns an old row, however small the regions are and however soon their entries expire:
 * random steps against a model, several threads, all kinds of regions.
 */
final class StaleRowsTest {
  private static final String TINY = "defaults { maximum = 2, ttl = 1s }";

  private static final int SHELVES = 6;
  private static final int THREADS = 4;
  private static final int STEPS = 300;
  private static final int MANY_STEPS = Integer.getInteger("theine.hibernate.steps", 100_000);

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource(names = {"NONSTRICT_READ_WRITE", "READ_WRITE"})
  void tinyRegions_randomSteps_showNoOldRow(CacheConcurrencyStrategy strategy) throws Exception {
    run(TINY, strategy, THREADS, STEPS);
  }

  @ParameterizedTest
  @EnumSource(names = {"NONSTRICT_READ_WRITE", "READ_WRITE"})
  void largeRegions_randomSteps_showNoOldRow(CacheConcurrencyStrategy strategy) throws Exception {
    run("defaults { maximum = 1000 }", strategy, THREADS, STEPS);
  }

  /** Hibernate copies what it keeps, so that the cache need not. */
  @ParameterizedTest
  @EnumSource(names = {"NONSTRICT_READ_WRITE", "READ_WRITE"})
  void regionsByReference_randomSteps_showNoOldRow(CacheConcurrencyStrategy strategy)
      throws Exception {
    run("caches { \"*\" { maximum = 40, store-by-value = off } }", strategy, THREADS, STEPS);
  }

  @Tag("full")
  @ParameterizedTest
  @EnumSource(names = {"NONSTRICT_READ_WRITE", "READ_WRITE"})
  void tinyRegions_manyRandomSteps_showNoOldRow(CacheConcurrencyStrategy strategy)
      throws Exception {
    run(TINY, strategy, THREADS, MANY_STEPS / THREADS);
  }

  /** The runs above would notice: it takes no more than a bound of the time stamps. */
  @Test
  void tinyTimestamps_randomSteps_showAnOldRow() {
    String bounded =
        "defaults { maximum = 1000 }, caches { " + Library.TIMESTAMPS + " { maximum = 2 } }";

    assertThatThrownBy(() -> run(bounded, CacheConcurrencyStrategy.READ_WRITE, 1, 20 * STEPS))
        .hasRootCauseInstanceOf(AssertionError.class)
        .hasStackTraceContaining("by a query");
  }

  private void run(String settings, CacheConcurrencyStrategy strategy, int threads, int steps)
      throws Exception {
    long seed = Long.getLong("theine.hibernate.seed", System.nanoTime());
    try (Library library = new Library(ConfigurationFile.at(directory, settings), strategy)) {
      List<Shelf> shelves =
          IntStream.range(0, SHELVES).mapToObj(number -> new Shelf(library, number)).toList();
      Threads.run(
          threads,
          thread -> {
            Random random = new Random(seed + thread);
            for (int i = 0; i < steps; i++) {
              shelves
                  .get(random.nextInt(SHELVES))
                  .step(random, "step %d of thread %d, seed %d".formatted(i, thread, seed));
            }
          });

      assertThat(library.statistics().getQueryCacheHitCount()).as("seed %d", seed).isPositive();
      assertThat(library.statistics().getSecondLevelCacheHitCount())
          .as("seed %d", seed)
          .isPositive();
    }
  }
}
