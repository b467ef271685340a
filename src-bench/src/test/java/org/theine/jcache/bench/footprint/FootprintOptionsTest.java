package org.theine.jcache.bench.footprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.groups.Tuple.tuple;

import org.junit.jupiter.api.Test;
import org.theine.jcache.bench.speed.Contestant;
import org.theine.jcache.bench.speed.Setting;

/** What is asked for is measured, and nothing else. */
final class FootprintOptionsTest {

  @Test
  void parse_nothing_measuresAllParts() {
    FootprintOptions options = FootprintOptions.parse();

    assertThat(options.tasks()).extracting(Task::part).contains(Part.values());
    assertThat(options.rounds()).isEqualTo(1);
    assertThat(options.help()).isFalse();
  }

  @Test
  void parse_partAndEntries_measuresEachNumber() {
    FootprintOptions options =
        FootprintOptions.parse(
            "--parts", "entries", "--entries", "100,200", "--who", "caffeine-jcache");

    assertThat(options.tasks())
        .extracting(Task::part, Task::count)
        .containsOnly(tuple(Part.ENTRIES, 100), tuple(Part.ENTRIES, 200));
    assertThat(options.tasks())
        .extracting(Task::contestant)
        .containsOnly(Contestant.MAP, Contestant.THEINE, Contestant.CAFFEINE_JCACHE);
  }

  @Test
  void tasks_weighted_onlyOfThoseThatWeigh() {
    assertThat(FootprintOptions.parse("--parts", "entries").tasks())
        .filteredOn(task -> task.setting() == Setting.WEIGHTED)
        .extracting(Task::contestant)
        .containsExactly(Contestant.CAFFEINE, Contestant.THEINE, Contestant.CAFFEINE_JCACHE);
  }

  @Test
  void parse_unknownPart_isNamedWithThoseThatThereAre() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FootprintOptions.parse("--parts", "heap"))
        .withMessage("unknown part 'heap'; there are entries, collection, breakdown, caches");
  }

  @Test
  void parse_unknownOption_isNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FootprintOptions.parse("--sizes", "1"))
        .withMessageContaining("'--sizes'");
  }

  @Test
  void help_everyOption_isTold() {
    assertThat(FootprintOptions.HELP)
        .contains("--parts", "--entries", "--live", "--caches", "--rounds", "--who", "--out");
  }
}
