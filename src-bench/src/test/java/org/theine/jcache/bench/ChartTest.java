package org.theine.jcache.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class ChartTest {
  private static final HitRatio SMALL = new HitRatio(75, 0.33, 0.35, 0.52, 1e6, List.of());
  private static final HitRatio LARGE = new HitRatio(3000, 0.764, 0.765, 0.766, 1e6, List.of());

  @Test
  void svg_twoSizes_tellsEachValue() {
    assertThat(new Chart(List.of(SMALL, LARGE), Layout.WIDE).svg())
        .contains("<title>LRU, 75 entries: 33.00 %</title>")
        .contains("<title>Theine, 3,000 entries: 76.50 %</title>")
        .contains("<title>optimum, 3,000 entries: 76.60 %</title>");
  }

  @Test
  void svg_curvesEndTogether_namesDoNotOverlap() {
    for (Layout layout : List.of(Layout.WIDE, Layout.NARROW)) {
      String svg = new Chart(List.of(SMALL, LARGE), layout).svg();
      double[] rows =
          Pattern.compile("class='name \\w+' x='[0-9.]+' y='([0-9.]+)'")
              .matcher(svg)
              .results()
              .mapToDouble(name -> Double.parseDouble(name.group(1)))
              .toArray();

      assertThat(rows).hasSize(3);
      assertThat(rows[1] - rows[0]).isGreaterThanOrEqualTo(layout.fontSize());
      assertThat(rows[2] - rows[1]).isGreaterThanOrEqualTo(layout.fontSize());
    }
  }

  @Test
  void svg_oneSize_hasNoBrokenNumber() {
    assertThat(new Chart(List.of(SMALL), Layout.NARROW).svg()).doesNotContain("NaN", "Infinity");
  }

  @Test
  void chart_noSizes_isRefused() {
    assertThatThrownBy(() -> new Chart(List.of(), Layout.WIDE))
        .hasMessage("a chart must have at least one size");
  }
}
