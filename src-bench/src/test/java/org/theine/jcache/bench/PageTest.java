package org.theine.jcache.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.theine.jcache.bench.shop.ShopReport;
import org.theine.jcache.bench.shop.ShopSamples;

/** The page as a whole; its pictures and figures have tests of their own. */
final class PageTest {
  private static final Pattern TAG = Pattern.compile("<(/?)([a-zA-Z][a-zA-Z0-9]*)[^>]*?(/?)>");
  private static final List<String> VOID = List.of("meta", "br", "img", "link");

  private static String html;

  @BeforeAll
  static void write() throws IOException {
    Trace trace = Trace.of("few", 1, 2, 3, 1);
    Ledger nothing = new Ledger(4);
    ListenerReport listeners =
        new ListenerReport(
            new ListenerPass.Settings(2, 1, Duration.ofSeconds(1), Duration.ofSeconds(1)),
            new PayloadSource(4),
            nothing,
            nothing,
            List.of(),
            new Counters(0, 0, 0, 0, 0, 0));
    ShopReport shop = ShopSamples.report(1);
    List<HitRatio> ratios = List.of(new HitRatio(2, 0.25, 0.25, 0.25, 1, List.of()));
    html = new Page(new Results(trace, ratios, 1, listeners, shop, List.of())).html();
  }

  @Test
  void html_everyTag_isClosedWhereItShouldBe() {
    Deque<String> open = new ArrayDeque<>();
    for (MatchResult tag : TAG.matcher(html).results().toList()) {
      if (!tag.group(1).isEmpty()) {
        assertThat(open.poll()).as("before " + tag.start()).isEqualTo(tag.group(2));
      } else if (tag.group(3).isEmpty() && !VOID.contains(tag.group(2))) {
        open.push(tag.group(2));
      }
    }
    assertThat(open).isEmpty();
  }

  @Test
  void html_picturesAndTables_areAllThere() {
    assertThat(html)
        .doesNotContain("{{", "<script", "http-equiv", "src=")
        .containsSubsequence(
            "<h2>Hit ratio by cache size</h2>",
            "<h2>Events, statistics and conservation</h2>",
            "<h2>Statements of a shop with Hibernate</h2>",
            "class='chart wide'",
            "class='chart narrow'",
            "products by slug",
            "statements counted by Hibernate with cache = sent",
            "<h2>About this run</h2>");
  }

  @Test
  void html_shopDisagrees_verdictCountsIt() {
    assertThat(html).contains("1 of ", " comparisons disagree.", "class='mark bad'");
  }
}
