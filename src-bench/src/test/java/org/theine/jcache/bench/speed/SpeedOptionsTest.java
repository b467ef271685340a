package org.theine.jcache.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line. */
final class SpeedOptionsTest {

  @Test
  void parse_nothing_isAllOfItQuickly() {
    SpeedOptions options = SpeedOptions.parse();

    assertThat(options.scale()).isEqualTo(Scale.QUICK);
    assertThat(options.rounds()).isOne();
    assertThat(Row.all())
        .filteredOn(row -> !options.rows().contains(row))
        .extracting(Row::title)
        .containsExactly("get, 10 million entries");
    assertThat(SpeedOptions.parse("--scale", "full").rows()).isEqualTo(Row.all());
    assertThat(options.rows())
        .allSatisfy(
            row ->
                assertThat(options.contestants(row))
                    .containsExactlyInAnyOrderElementsOf(row.contestants()));
    assertThat(options.out()).isEqualTo(Path.of("src-bench", "target", "speed"));
    assertThat(options.help()).isFalse();
  }

  @Test
  void parse_allOptions_areTaken() {
    SpeedOptions options =
        SpeedOptions.parse(
            "--scale",
            "full",
            "--rounds",
            "3",
            "--rows",
            "get, (2 .*|str.*)",
            "--who",
            "caffeine,JCache RI",
            "--out",
            "some/place");

    assertThat(options.scale()).isEqualTo(Scale.FULL);
    assertThat(options.rounds()).isEqualTo(3);
    assertThat(options.rows()).extracting(Row::title).containsExactly("get, 2 threads");
    assertThat(options.contestants(options.rows().get(0)))
        .containsExactlyInAnyOrder(Contestant.CAFFEINE, Contestant.THEINE, Contestant.REFERENCE);
    assertThat(options.out()).isEqualTo(Path.of("some", "place"));
    assertThat(options.shards()).isZero();
  }

  @Test
  void parse_tableOfSizes_growsByTens() {
    SpeedOptions options =
        SpeedOptions.parse("--table", "size", "--shards", "4", "--rows", ".*[^0]1,000 entries");

    assertThat(options.rows())
        .extracting(Row::title)
        .containsExactly("get, 1,000 entries", "evicting, 1,000 entries");
    assertThat(options.rows())
        .extracting(row -> row.setting().maximum(row.keys()))
        .containsExactly(1_250L, 1_000L);
    assertThat(options.shards()).isEqualTo(4);
    assertThat(options.out()).isEqualTo(Path.of("src-bench", "target", "size"));
    assertThat(SpeedOptions.parse("--table", "size", "--scale", "full").rows())
        .isEqualTo(Row.bySize())
        .hasSize(9);
  }

  @Test
  void parse_laterOptions_winOverEarlierOnes() {
    assertThat(SpeedOptions.parse("--scale", "full", "--scale", "quick").scale())
        .isEqualTo(Scale.QUICK);
  }

  @Test
  void parse_help_asksForNothingElse() {
    assertThat(SpeedOptions.parse("--help").help()).isTrue();
    assertThat(SpeedOptions.HELP)
        .contains("--scale", "--rounds", "--rows", "--who", "--out", "--table", "--shards");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--table wide; --table must be speed or size: 'wide'",
        "--shards 3; --shards must be a power of two: '3'",
        "--shards 0; --shards must be a positive number below 2^31: '0'",
        "--scale huge; --scale must be quick or full: 'huge'",
        "--rounds 0; --rounds must be a positive number below 2^31: '0'",
        "--rounds -1; --rounds must be a positive number below 2^31: '-1'",
        "--rounds many; --rounds must be a positive number below 2^31: 'many'",
        "--rows (; --rows must be a regular expression: ",
        "--who guava; unknown contestant 'guava'; there are ConcurrentHashMap, Caffeine, cache2k,",
        "--who Ehcache,,cache2k; unknown contestant ''; there are ConcurrentHashMap,",
        "--rund 3; unknown option '--rund'; --help tells which there are",
        "quick; unknown option 'quick'; --help tells which there are",
      })
  void parse_wrongOption_isNamedWithTheRule(String arguments, String rule) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SpeedOptions.parse(arguments.split(" ")))
        .withMessageStartingWith(rule);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--scale", "--rounds", "--rows", "--who", "--out"})
  void parse_optionAtTheEnd_needsAValue(String option) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SpeedOptions.parse("--scale", "full", option))
        .withMessage(option + " needs a value; --help tells which");
  }

  @Test
  void rows_noneMatches_namesThePatternAndTheRows() {
    SpeedOptions options = SpeedOptions.parse("--rows", "got");

    assertThatIllegalArgumentException()
        .isThrownBy(options::rows)
        .withMessageStartingWith("no row matches 'got'; the rows are get; get, 2 threads; ");
  }
}
