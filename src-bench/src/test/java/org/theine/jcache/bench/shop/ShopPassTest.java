package org.theine.jcache.bench.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.theine.jcache.bench.Check;
import org.theine.jcache.bench.Layout;
import org.theine.jcache.bench.Trace;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** The pass over the shop at a small scale, and what is told and drawn of it. */
final class ShopPassTest {
  /** More pages than the regions have room for. */
  private static final ShopSettings SETTINGS = new ShopSettings(1_200, 200, 50);

  private static ShopReport report;

  @BeforeAll
  static void visit() throws IOException, SQLException {
    report = run();
  }

  private static ShopReport run() throws IOException, SQLException {
    return new ShopPass(Trace.resource("web12"), SETTINGS).run(done -> {});
  }

  @Test
  void run_realRequests_everyComparisonAgrees() {
    assertThat(report.checks()).allMatch(Check::ok).hasSize(11);
  }

  @Test
  void run_realRequests_cacheSparesStatementsThoughEntriesAreEvicted() {
    assertThat(report.with().total()).isLessThan(report.without().total() * 3 / 4);
    assertThat(figures(Region.PRODUCTS).evictions()).isPositive();
    assertThat(figures(Region.PRODUCTS).entries()).isEqualTo(Region.PRODUCTS.bound());
  }

  @Test
  void run_withoutCache_isFourForAPageAndTwoForAChange() {
    assertThat(report.without().total()).isEqualTo(4L * SETTINGS.loads() + 2L * SETTINGS.changes());
  }

  @Test
  void run_withCache_eachLookUpIsAHitOrAMiss() {
    long pages = SETTINGS.loads();

    assertThat(lookUps(Region.SLUGS)).isEqualTo(pages + SETTINGS.changes());
    assertThat(lookUps(Region.IMAGES)).isEqualTo(pages);
    assertThat(lookUps(Region.CATEGORIES)).isEqualTo(pages);
    assertThat(lookUps(Region.QUERIES)).isEqualTo(pages);
  }

  @Test
  void run_again_repeatsEveryFigure() throws IOException, SQLException {
    ShopReport again = run();

    assertThat(again.without().statements()).isEqualTo(report.without().statements());
    assertThat(again.with().statements()).isEqualTo(report.with().statements());
    assertThat(again.with().regions()).isEqualTo(report.with().regions());
  }

  @Test
  void checks_pageOutOfDate_doNotAgree() {
    ShopRun without = report.without();
    ShopRun with =
        new ShopRun(
            report.with().statements(),
            report.with().prepared() + 1,
            2,
            3,
            1,
            report.with().regions());

    assertThat(new ShopReport(SETTINGS, new Catalogue(100), without, with).checks())
        .filteredOn(check -> !check.ok())
        .extracting(Check::claim)
        .containsExactly(
            "statements counted by Hibernate with cache = sent",
            "pages that showed what was not so with cache = none",
            "prices in the database other than the last set with cache = none");
  }

  @Test
  void svg_bothLayouts_tellEachStretchOfBothRuns() {
    for (Layout layout : List.of(Layout.WIDE, Layout.NARROW)) {
      String svg = new StatementChart(report, layout).svg();

      assertThat(parse(svg).getElementsByTagName("title").getLength())
          .isEqualTo(2 * SETTINGS.stretches());
      assertThat(svg)
          .contains(title("without", report.without().statements()[0]))
          .contains(title("Theine", report.with().statements()[0]))
          .doesNotContain("NaN", "Infinity");
    }
  }

  private static String title(String curve, long statements) {
    return "<title>" + curve + ", loads 1 to 200: " + statements + " statements, ";
  }

  @Test
  void svg_curves_lieWithinTheBox() {
    Document svg = parse(new StatementChart(report, Layout.NARROW).svg());
    for (int i = 0; i < svg.getElementsByTagName("circle").getLength(); i++) {
      Element circle = (Element) svg.getElementsByTagName("circle").item(i);
      assertThat(Double.parseDouble(circle.getAttribute("cx")))
          .isBetween(0.0, (double) Layout.NARROW.width() - Layout.NARROW.right());
      assertThat(Double.parseDouble(circle.getAttribute("cy")))
          .isBetween(0.0, (double) Layout.NARROW.height());
    }
  }

  @Test
  void texts_ofThePage_areWellFormedAndTellTheFigures() {
    Map<String, String> texts = new ShopSection(report).texts();
    for (String text : texts.values()) {
      parse("<div>" + text + "</div>");
    }

    Document regions = parse("<table>" + texts.get("shopRegions") + "</table>");
    assertThat(regions.getElementsByTagName("tr").getLength()).isEqualTo(Region.values().length);
    assertThat(regions.getDocumentElement().getTextContent()).contains("products by slug");
    assertThat(texts.get("shopTotals"))
        .contains(String.format("<td>%,d</td>", report.without().total()))
        .contains(String.format("<td>%,d</td>", report.with().total()));
  }

  @Test
  void lines_ofTheConsole_areNarrowAndTellTheFigures() {
    List<String> lines = ShopText.lines(report);

    assertThat(lines).hasSize(Region.values().length + 3).allMatch(line -> line.length() <= 90);
    assertThat(String.join("\n", lines))
        .contains(String.format("statements: %,d without the cache", report.without().total()))
        .contains("categories");
  }

  @Test
  void settings_thatDoNotFit_areRefused() {
    assertThatThrownBy(() -> new ShopSettings(1_000, 300, 100))
        .hasMessage("loads must be a multiple of the stretch: 1000 of 300");
    assertThatThrownBy(() -> new ShopSettings(1_000, 100, 0))
        .hasMessage("changeEvery must be positive: 0");
    assertThatThrownBy(() -> new ShopPass(Trace.of("short", 1, 2, 3), new ShopSettings(4, 4, 1)))
        .hasMessage("loads must be at most the requests of the trace, 3: 4");
  }

  private static RegionFigures figures(Region region) {
    return report.with().regions().get(region.ordinal());
  }

  private static long lookUps(Region region) {
    return figures(region).hits() + figures(region).misses();
  }

  private static Document parse(String xml) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(xml)));
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new AssertionError("must be well-formed:\n" + xml, e);
    }
  }
}
