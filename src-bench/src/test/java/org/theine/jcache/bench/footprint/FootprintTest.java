package org.theine.jcache.bench.footprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.theine.jcache.bench.speed.Contestant;
import org.theine.jcache.bench.speed.Setting;

/** The measurements run, with sizes that say nothing. */
final class FootprintTest {
  private static final int FEW = 500;

  @ParameterizedTest
  @EnumSource(names = {"ROOMY", "UNBOUNDED", "TOUCHED", "WEIGHTED"})
  void breakdown_ours_findsAllEntries(Setting setting) {
    Map<String, Double> figures =
        Breakdown.measure(new Task(Part.BREAKDOWN, setting, FEW, Contestant.THEINE));

    String node = setting == Setting.TOUCHED ? "ExpiringEntry" : "Entry";
    assertThat(figures.get(node)).isBetween(24.0, 80.0);
    assertThat(figures).containsKey("Slots.entries");
    assertThat(figures.values().stream().mapToDouble(Double::doubleValue).sum())
        .isCloseTo(2 * figures.get(Breakdown.SUM), within(1e-6));
  }

  @Test
  void name_lambda_isThatOfItsClass() {
    Runnable lambda = () -> {};

    assertThat(Breakdown.name(lambda.getClass())).isEqualTo("FootprintTest (lambda)");
    assertThat(Breakdown.name(Task.class)).isEqualTo("Task");
  }

  @ParameterizedTest
  @EnumSource
  void measure_everyPart_hasPlausibleFigures(Part part) {
    Map<String, Double> figures =
        part.measure(new Task(part, Setting.ROOMY, FEW, Contestant.THEINE));

    assertThat(figures).isNotEmpty();
    assertThat(figures.values()).noneMatch(value -> value.isNaN());
  }

  @Test
  void run_inVirtualMachinesOfTheirOwn_writesFile(@TempDir Path folder) throws Exception {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    FootprintOptions options =
        FootprintOptions.parse(
            "--parts",
            "caches",
            "--caches",
            "2",
            "--who",
            "theine-jcache",
            "--out",
            folder.toString());

    assertThat(Footprint.run(options, new PrintStream(text, true, StandardCharsets.UTF_8)))
        .isTrue();

    assertThat(text.toString(StandardCharsets.UTF_8)).contains("theine-jcache", "touched");
    assertThat(Files.readAllLines(folder.resolve("footprint.csv"))).hasSizeGreaterThan(4);
  }
}
