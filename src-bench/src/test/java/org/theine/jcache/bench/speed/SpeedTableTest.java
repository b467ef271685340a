package org.theine.jcache.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The lines of text. */
final class SpeedTableTest {
  private final Figures figures = new Figures();

  private List<String> lines() {
    return SpeedTable.of(figures).lines().toList();
  }

  @Test
  void of_figures_standInColumnsBeforeTheirGoals() {
    Row get = Samples.row("get", "get", new Row.Goal(0.6, 1.25, 4, 0));
    Row slow = Samples.row("invoke, reading", "invoke, long title", new Row.Goal(0, 2, 150, 25000));
    figures.add(get, Contestant.MAP, 1, Samples.nanos(50));
    figures.add(get, Contestant.THEINE, 1, new Sample(100, 100, 0.4, 0.1));
    figures.add(get, Contestant.CAFFEINE_JCACHE, 1, new Sample(350, 350, 0, 0.097));
    figures.add(get, Contestant.EHCACHE_JCACHE, 1, Samples.nanos(130));
    figures.add(slow, Contestant.THEINE, 1, new Sample(20_000, 1, 30_000, Double.NaN));
    figures.add(slow, Contestant.CAFFEINE_JCACHE, 1, Samples.nanos(6_000_000));

    assertThat(lines())
        .containsSubsequence(
            "                     ns/op  to floor           to best          rival          "
                + "  to Caffeine-jcache           B/op              miss %",
            "get                  100.0      0.50  >=0.6 !     1.30  >=1.25  Ehcache        "
                + "                3.50  >=4 !       0  <=0          10.00  <=9.9 !",
            "invoke, long title  20,000                         300  >=2     Caffeine-jcache"
                + "                 300  >=150  30,000  <=25,000 !")
        .containsSubsequence(
            "Processor time of each, ns/op",
            "                    ConcurrentHashMap  Caffeine  cache2k  theine-jcache  Caffeine-jcache"
                + "  Ehcache  cache2k-jcache  JCache RI",
            "get                              50.0         -        -          100.0            350.0"
                + "    130.0               -          -");
    assertThat(SpeedTable.of(figures)).matches("\\p{ASCII}*").doesNotContain("NaN");
  }

  @Test
  void of_rowWithoutOurs_standsAmongTheTimesOnly() {
    Row row = Samples.row("get", "get, ours failed", new Row.Goal(0.6, 1.25, 4, 0));
    figures.add(row, Contestant.MAP, 1, Samples.nanos(50));

    assertThat(lines()).filteredOn(line -> line.startsWith("get, ours failed")).hasSize(1);
  }

  @Test
  void of_nothing_isTheTitles() {
    assertThat(lines()).anyMatch(line -> line.contains("to Caffeine-jcache"));
  }

  @Test
  void add_wrongNumberOfCells_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Grid("lr").add(List.of("a")))
        .withMessage("a line must have 2 cells: [a]");
  }

  @Test
  void numbers_largeAndSmall_haveAsManyDigitsAsSaySomething() {
    assertThat(Numbers.nanos(12.34)).isEqualTo("12.3");
    assertThat(Numbers.nanos(999.96)).isEqualTo("1,000");
    assertThat(Numbers.ratio(0.00374)).isEqualTo("0.004");
    assertThat(Numbers.ratio(0.604)).isEqualTo("0.60");
    assertThat(Numbers.ratio(12.34)).isEqualTo("12.3");
    assertThat(Numbers.ratio(312.4)).isEqualTo("312");
    assertThat(Numbers.brief(0.60)).isEqualTo("0.6");
    assertThat(Numbers.brief(1.25)).isEqualTo("1.25");
    assertThat(Numbers.brief(150)).isEqualTo("150");
    assertThat(Numbers.brief(0)).isEqualTo("0");
  }
}
