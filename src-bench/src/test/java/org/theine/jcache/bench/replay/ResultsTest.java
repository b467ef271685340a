package org.theine.jcache.bench.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is made of measurements: sums, table and page. */
final class ResultsTest {
  private static final TraceInfo REAL = new TraceInfo("real", "a & b", true, false, 10, 5);
  private static final TraceInfo MADE = new TraceInfo("made", "synthetic", false, false, 20, 8);
  private static final TraceInfo HEAVY = new TraceInfo("heavy", "synthetic", false, true, 9, 3);

  private final Results results = new Results();
  private final Cell first = new Cell(REAL, 10);
  private final Cell second = new Cell(MADE, 1000);
  private final Cell heavy = new Cell(HEAVY, 64_000_000);

  {
    add(first, "lru", 0.50);
    add(first, "opt", 0.90);
    add(first, "theine", 0.60);
    add(first, "caffeine", 0.65);
    results.add(first, "caffeine-jcache-default", new Measurement(0.8, 0.8, 198, 3, 0.02, true));
    results.addFound(first, Map.of("arc", 0.70, "lru", 0.1));
    add(second, "lru", 0.30);
    add(second, "opt", 0.50);
    add(second, "theine", 0.40);
    add(second, "caffeine", 0.35);
    results.add(
        second, "caffeine-jcache-default", new Measurement(0.35, 0.35, 1000, 3, 0.01, false));
    results.add(heavy, "theine", new Measurement(0.3, 0.2, 63_999_999, 1, 0, false));
  }

  private void add(Cell cell, String policy, double ratio) {
    results.add(cell, policy, new Measurement(ratio, ratio, cell.size(), 1, 0, false));
  }

  @Test
  void summary_ours_isAsWorkedOutByHand() {
    Summary summary = Summary.of(results, "theine");

    assertThat(summary.cells()).isEqualTo(2);
    assertThat(summary.meanAll()).isEqualTo(50, within(1e-9));
    assertThat(summary.meanReal()).isEqualTo(60, within(1e-9));
    assertThat(summary.meanGap()).isEqualTo(5, within(1e-9)); // 10 to arc, 0 where it leads
    assertThat(summary.overfilled()).isZero();
    Summary.Difference caffeine = Objects.requireNonNull(summary.worstToCaffeine());
    assertThat(caffeine.points()).isEqualTo(-5, within(1e-9));
    assertThat(caffeine.cell()).isEqualTo(first);
    Summary.Difference lru = Objects.requireNonNull(summary.worstToLru());
    assertThat(lru.points()).isEqualTo(10, within(1e-9));
  }

  @Test
  void summary_traceOfSeveralSizes_countsAsOne() {
    add(new Cell(MADE, 2000), "theine", 0.80);

    assertThat(Summary.of(results, "theine").meanAll()).isEqualTo(60, within(1e-9));
    assertThat(Summary.of(results, "theine").cells()).isEqualTo(3);
  }

  @Test
  void summary_overfilledCells_areCountedAndNoReference() {
    assertThat(Summary.of(results, "caffeine-jcache-default").overfilled()).isEqualTo(1);
    assertThat(results.overfilled("caffeine-jcache-default")).isEqualTo(1);
  }

  @Test
  void summary_noCaffeineMeasured_takesThatOfTheFile() {
    Results bare = new Results();
    bare.add(first, "theine", Measurement.computed(0.5, 0.5));
    bare.addFound(first, Map.of("caffeine-3.3.1", 0.6));

    assertThat(Summary.caffeine(bare)).isEqualTo("caffeine-3.3.1");
    assertThat(Objects.requireNonNull(Summary.of(bare, "theine").worstToCaffeine()).points())
        .isEqualTo(-10, within(1e-9));
  }

  @Test
  void deviation_otherWays_areComparedWithThePlainOne() {
    add(first, "theine-2threads", 0.59);
    add(second, "theine-2threads", 0.42);
    add(first, "theine-2parts", 0.58);
    add(first, "theine-1shards", 0.60);
    add(first, "theine-4shards", 0.57);
    List<Deviation> deviations =
        Deviation.all(
            results,
            List.of(
                Contender.plain(Provider.THEINE, null, 1),
                new Contender(Provider.THEINE, 2, 1, null, 1),
                new Contender(Provider.THEINE, 2, 2, null, 1),
                Contender.plain(Provider.THEINE, 4, 1)));

    assertThat(deviations)
        .extracting(Deviation::what)
        .containsExactly(
            "theine-2parts against theine",
            "theine-2threads against theine",
            "theine-2threads against theine-2parts",
            "theine-4shards against theine-1shards",
            "theine-4shards against theine-1shards, from 4,096 entries on");
    assertThat(deviations.get(1).mean()).isEqualTo(0.5, within(1e-9));
    assertThat(Objects.requireNonNull(deviations.get(1).greatest()).points())
        .isEqualTo(2, within(1e-9));
    assertThat(deviations).extracting(Deviation::cells).containsExactly(1, 2, 1, 1, 0);
  }

  @Test
  void weightSummary_weightedCells_areSummedUpApart() {
    assertThat(WeightSummary.all(results))
        .singleElement()
        .satisfies(
            summary -> {
              assertThat(summary.policy()).isEqualTo("theine");
              assertThat(summary.weightRatio()).isEqualTo(20, within(1e-9));
              assertThat(summary.hitRatio()).isEqualTo(30, within(1e-9));
            });
  }

  @Test
  void csv_rows_haveAllColumns() {
    assertThat(Csv.of(results).lines().toList())
        .startsWith(
            "trace,size,policy,hit_ratio,live_maximum,runs,spread,overfilled,weight_hit_ratio")
        .contains(
            "real,10,theine,0.60000,10,1,0.00000,no,",
            "real,10,caffeine-jcache-default,0.80000,198,3,0.02000,yes,",
            "heavy,64000000,theine,0.30000,63999999,1,0.00000,no,0.20000")
        .noneMatch(line -> line.contains(",arc,"))
        .allMatch(line -> line.chars().filter(c -> c == ',').count() == 8);
  }

  @Test
  void csv_asReference_isUnderstood() {
    Reference reference = new Reference();
    reference.parse("r", Csv.of(results).lines().toList());

    assertThat(reference.of(first)).containsEntry("theine", 0.6);
    assertThat(reference.of(new Cell(REAL, 11))).isEmpty();
  }

  @Test
  void reference_wrongLine_isNamed() {
    String head = "trace,size,policy,hit_ratio";
    assertThatThrownBy(() -> new Reference().parse("r", List.of("trace,size")))
        .hasMessage("r line 1: must begin with " + head);
    assertThatThrownBy(() -> new Reference().parse("r", List.of(head, "a,1,lru,much")))
        .hasMessage("r line 2: must be " + head + ": a,1,lru,much");
  }

  @Test
  void page_cells_areAllThere() throws IOException {
    Contender ours = Contender.plain(Provider.THEINE, null, 1);
    String page = new ReplayPage(results, List.of(ours)).html();

    assertThat(page)
        .contains("<strong>real</strong> a &amp; b; 10 requests, 5 keys")
        .contains("<title>theine, 10 entries: 60.00 %</title>")
        .contains("<title>caffeine-jcache-default, 10 entries: 80.00 %; held 198, more than its")
        .contains("class='over'")
        .contains("<title>theine, 64,000,000: 20.00 %</title>")
        .contains("thin: arc")
        .contains("-5.00 <small>real@10</small>")
        .doesNotContain("NaN", "Infinity", "{{");
  }

  @Test
  void panel_severalSizes_liesWithinItsBox() {
    Results many = new Results();
    for (long size : new long[] {100, 5000, 100_000}) {
      many.add(new Cell(REAL, size), "theine", Measurement.computed(1, 1));
      many.add(new Cell(REAL, size), "lru", Measurement.computed(0, 0));
    }
    String svg = new Panel(many, many.cells(false)).svg();

    assertThat(svg).contains(">100k</text>", ">5k</text>", ">100</text>", ">0%</text>");
    assertThat(svg).contains(">100%</text>").doesNotContain("NaN");
  }

  @Test
  void brief_sizes_areShort() {
    assertThat(Panel.brief(75)).isEqualTo("75");
    assertThat(Panel.brief(1200)).isEqualTo("1.2k");
    assertThat(Panel.brief(25_000)).isEqualTo("25k");
    assertThat(Panel.brief(64_000_000)).isEqualTo("64M");
  }
}
