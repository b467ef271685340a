package org.theine.jcache.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** The page: what it says, and that it is well-formed. */
final class SpeedPageTest {
  private final Figures figures = new Figures();

  private static Document parse(String page) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(page)));
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new AssertionError("must be well-formed:\n" + page, e);
    }
  }

  private Document page(int rounds) throws IOException {
    return parse(new SpeedPage(figures, Scale.QUICK, rounds, 0).html());
  }

  private static List<String> texts(Document page, String tag) {
    return elements(page, tag).stream().map(Element::getTextContent).toList();
  }

  private static List<Element> elements(Document page, String tag) {
    NodeList found = page.getElementsByTagName(tag);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }

  private static List<String> cells(Document page, String style) {
    return elements(page, "td").stream()
        .filter(cell -> cell.getAttribute("class").equals(style))
        .map(Element::getTextContent)
        .toList();
  }

  private void addAll() {
    for (Row row : Row.all()) {
      for (Contestant contestant : row.contestants()) {
        figures.add(row, contestant, 1, Samples.nanos(100 + contestant.ordinal()));
      }
    }
  }

  @Test
  void html_allRows_namesEachRowAndContestant() throws IOException {
    addAll();
    Document page = page(1);

    assertThat(texts(page, "figcaption"))
        .containsExactlyElementsOf(Row.all().stream().map(Row::title).toList());
    assertThat(texts(page, "th")).containsAll(Row.all().stream().map(Row::title).toList());
    for (Contestant contestant : Contestant.values()) {
      assertThat(texts(page, "text")).contains(contestant.title());
      assertThat(texts(page, "span")).contains(contestant.title());
      assertThat(texts(page, "th")).contains(contestant.title());
    }
    assertThat(elements(page, "rect").stream().filter(r -> r.getAttribute("x").equals("140")))
        .hasSize(Row.all().stream().mapToInt(row -> row.contestants().size()).sum());
  }

  @Test
  void html_allRows_hasNoGapAndNeedsNothingElse() throws IOException {
    addAll();

    assertThat(new SpeedPage(figures, Scale.QUICK, 1, 4).html())
        .startsWith("<!DOCTYPE html>")
        .contains("-Dtheine.jcache.defaults.shards=4")
        .doesNotContain("{{", "}}", "NaN", "Infinity", "<script", "http:", "https:", "src=");
  }

  @Test
  void html_nothingMeasured_isAPage() throws IOException {
    assertThat(texts(page(1), "p")).contains("\u2713 All 0 goals are met.");
  }

  @Test
  void html_titleWithMarkup_isEscaped() throws IOException {
    String title = "a < b & 'c' \"d\"";
    Row row = Samples.row("get", title, new Row.Goal(0, 0, 0, -1));
    figures.add(row, Contestant.THEINE, 1, Samples.nanos(1));
    Document page = page(1);

    assertThat(texts(page, "figcaption")).containsExactly(title);
    assertThat(elements(page, "svg"))
        .anyMatch(svg -> svg.getAttribute("aria-label").startsWith(title + ": processor time"));
  }

  @Test
  void html_goals_areMarkedMetOrMissed() throws IOException {
    Row row = Samples.row("get", "get", new Row.Goal(0.6, 1.25, 4, 8));
    figures.add(row, Contestant.MAP, 1, Samples.nanos(50));
    figures.add(row, Contestant.THEINE, 1, new Sample(100, 100, 8.4, 0.1));
    figures.add(row, Contestant.CAFFEINE_JCACHE, 1, new Sample(350, 350, 0, 0.097));
    figures.add(row, Contestant.EHCACHE_JCACHE, 1, Samples.nanos(130));
    Document page = page(1);

    assertThat(cells(page, "missed"))
        .containsExactly(
            "\u2717 0.50 \u2265 0.6", "\u2717 3.50 \u2265 4", "\u2717 10.00 \u2264 9.9");
    assertThat(cells(page, "met"))
        .containsExactly("\u2713 1.30 \u2265 1.25Ehcache", "\u2713 8 \u2264 8");
    assertThat(texts(page, "p")).contains("\u2717 3 of 5 goals are missed.");
  }

  @Test
  void html_noRival_hasNoVerdict() throws IOException {
    Row row = Samples.row("get", "get", new Row.Goal(0.6, 1.25, 4, 8));
    figures.add(row, Contestant.THEINE, 1, Samples.nanos(100));
    Document page = page(1);

    assertThat(cells(page, "missed")).isEmpty();
    assertThat(cells(page, "met")).containsExactly("\u2713 0 \u2264 8");
  }

  @Test
  void html_severalRounds_tellsTheirRange() throws IOException {
    Row row = Samples.row("get", "get", new Row.Goal(0, 0, 0, -1));
    figures.add(row, Contestant.THEINE, 1, Samples.nanos(100));
    figures.add(row, Contestant.THEINE, 2, new Sample(400, 1, 0.2, Double.NaN));
    figures.add(row, Contestant.CAFFEINE_JCACHE, 1, Samples.nanos(300));
    figures.add(row, Contestant.CAFFEINE_JCACHE, 2, Samples.nanos(4800));
    Document page = page(3);

    assertThat(texts(page, "td"))
        .contains("0") // bytes, of which the range has no digit that is shown
        .contains("200.0100.0\u2013400.0", "6.003.00\u201312.0", "2 of 3")
        .contains("6.00Caffeine-jcache 3.00\u201312.0");
    assertThat(texts(page, "p")).anyMatch(text -> text.contains("over 2 rounds"));
    assertThat(texts(page, "title"))
        .contains("Caffeine-jcache: 1,200 ns, 6.00\u00d7 of ours; rounds from 300.0 to 4,800");
  }

  @Test
  void html_facts_areTold() throws IOException {
    addAll();

    assertThat(texts(page(1), "td"))
        .contains("3 iterations after 8 to warm up, 0.4 s each", "1 of 1")
        .contains(Contestant.THEINE.version())
        .contains("1.37", "1.1.1; knows no bound")
        .contains("in a virtual machine of its own, " + Trial.jvmArguments(0))
        .noneMatch(text -> text.contains("null") || text.contains("unknown"));
  }

  @Test
  void bars_oneMuchSlower_isCutAndSaysSo() {
    Row row = Samples.row("get", "get", new Row.Goal(0, 0, 0, -1));
    figures.add(row, Contestant.THEINE, 1, Samples.nanos(100));
    figures.add(row, Contestant.EHCACHE_JCACHE, 1, Samples.nanos(300));
    figures.add(row, Contestant.CAFFEINE_JCACHE, 1, Samples.nanos(50_000));
    String svg = new Bars(figures, row).svg();

    assertThat(svg).containsOnlyOnce("cut: 100\u00d7 as long").containsOnlyOnce("class='gap'");
    assertThat(svg).contains("width='126.0'", "width='75.6'", "width='25.2'");
  }

  @Test
  void bars_severalSlowOnes_areShownWhole() {
    Row row = Samples.row("get", "get", new Row.Goal(0, 0, 0, -1));
    figures.add(row, Contestant.THEINE, 1, Samples.nanos(100));
    figures.add(row, Contestant.EHCACHE_JCACHE, 1, Samples.nanos(1900));
    figures.add(row, Contestant.CAFFEINE_JCACHE, 1, Samples.nanos(2000));
    String svg = new Bars(figures, row).svg();

    assertThat(svg)
        .doesNotContain("cut:")
        .contains("width='126.0'", "width='119.7'", "width='6.3'");
  }

  @Test
  void bars_rowThatNobodyHasRun_isRefused() {
    Row row = Samples.row("get", "got", new Row.Goal(0, 0, 0, -1));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Bars(figures, row))
        .withMessage("nobody has run the row: got");
  }
}
