package org.theine.jcache.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.theine.jcache.bench.Medians;
import org.theine.jcache.bench.speed.Contestant;

/** Times are sorted into percentiles, options are read; the scenes run, for a moment. */
final class LatencyTest {

  @Test
  void percentiles_oneToTenThousand_areTheRanks() {
    Times times = new Times();
    IntStream.rangeClosed(1, 10_000).forEach(times::record);

    Map<String, Double> percentiles = times.percentiles();

    assertThat(percentiles).containsOnlyKeys("p50.0", "p90.0", "p99.0", "p99.9", "p99.99", "max");
    assertThat(percentiles.get("p50.0")).isBetween(4990.0, 5010.0);
    assertThat(percentiles.get("p99.0")).isBetween(9880.0, 9920.0);
    assertThat(times.longest()).isBetween(10_000L, 10_010L);
  }

  @Test
  void parse_scenesAndSizes_areMeasured() {
    LatencyOptions options =
        LatencyOptions.parse(
            "--scenes",
            "expiry,put-evicting",
            "--keys",
            "10",
            "--entries",
            "20",
            "--seconds",
            "3",
            "--who",
            "ehcache");

    assertThat(options.runs())
        .containsExactly(
            new Run(Scene.PUT_EVICTING, Contestant.THEINE, 10, 3),
            new Run(Scene.PUT_EVICTING, Contestant.EHCACHE_JCACHE, 10, 3),
            new Run(Scene.EXPIRY, Contestant.MAP, 20, 3),
            new Run(Scene.EXPIRY, Contestant.THEINE, 20, 3),
            new Run(Scene.EXPIRY, Contestant.EHCACHE_JCACHE, 20, 3));
  }

  @Test
  void parse_unknownSceneOrOption_isNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LatencyOptions.parse("--scenes", "get"))
        .withMessageContainingAll("unknown scene 'get'", "get-beside-writer");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LatencyOptions.parse("--minutes", "1"))
        .withMessageContaining("'--minutes'");
  }

  @Test
  void help_everyOption_isTold() {
    assertThat(LatencyOptions.HELP)
        .contains("--scenes", "--keys", "--entries", "--seconds", "--rounds", "--who", "--out");
  }

  @Test
  void table_percentilesAndExpiry_areInTheirUnits() {
    Medians<Run> figures = new Medians<>();
    Times times = new Times();
    times.record(2_000);
    figures.add(new Run(Scene.PUT_EVICTING, Contestant.THEINE, 10, 1), times.percentiles());
    figures.add(
        new Run(Scene.EXPIRY, Contestant.THEINE, 10, 1),
        Map.of(Expiry.READ_AFTER, 3e6, Expiry.GONE, 250e6, Expiry.HELD, 12.5));

    assertThat(LatencyTable.of(figures))
        .containsPattern("theine-jcache +2.00 +2.00")
        .containsPattern("theine-jcache +- +3.00 +- +- +250 +12.5");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EXPIRY")
  void measure_sceneOfASecond_hasPercentiles(Scene scene) {
    Map<String, Double> figures = scene.measure(new Run(scene, Contestant.THEINE, 100, 1));

    assertThat(figures).containsKeys("p50.0", "max");
    assertThat(figures.get("max")).isGreaterThanOrEqualTo(figures.get("p50.0"));
  }

  @Test
  void measure_expiryOfFew_leavesNone() {
    Map<String, Double> figures =
        Scene.EXPIRY.measure(new Run(Scene.EXPIRY, Contestant.THEINE, 100, 3));

    assertThat(figures).containsKeys(Expiry.READ_AFTER, Expiry.WRITE_AFTER, Expiry.HELD);
  }
}
