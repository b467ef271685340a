package org.theine.jcache.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.theine.jcache.bench.shop.ShopSection;

/**
 * The page about a run: one HTML file that needs nothing else, no script and no network. Its frame
 * is the resource page.html. Immutable, so safe for any thread.
 */
final class Page {
  private static final String FRAME = "page.html";

  private final Results results;

  Page(Results results) {
    this.results = results;
  }

  /**
   * Checks, before the long work, that a page can be written there. Creates its folder and, if
   * there is no file yet, an empty one.
   */
  static void prepare(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + ": must be a file, but is a folder");
    }
    Path folder = file.toAbsolutePath().getParent();
    try {
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND).close();
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  /** Writes the page, over an older one. */
  void write(Path file) throws IOException {
    try {
      Files.writeString(file, html());
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private static IOException unwritable(Path file, IOException e) {
    return new IOException(file + ": must be a file that can be written (" + e + ")", e);
  }

  /** The whole page. */
  String html() throws IOException {
    return Frame.of(Page.class, FRAME).filled(texts());
  }

  private Map<String, String> texts() {
    ListenerPass.Settings settings = results.listeners().settings();
    Map<String, String> texts = new HashMap<>();
    texts.put("requests", number(results.trace().length()));
    texts.put("distinct", number(results.trace().distinct()));
    texts.put("verdict", verdict());
    texts.put("verdictStyle", results.mismatches() == 0 ? "good" : "bad");
    texts.put("legend", Chart.legend());
    texts.put("charts", chart(Layout.WIDE) + chart(Layout.NARROW));
    texts.put("ratios", ratioRows());
    texts.put("replays", number(results.replays()));
    texts.put("ratioChecks", ratioChecks());
    texts.put("ratioMismatches", ratioMismatches());
    texts.put("threads", number(settings.threads()));
    texts.put("length", Durations.words(settings.length()));
    texts.put("size", number(settings.size()));
    texts.put("timeToLive", Durations.words(settings.timeToLive()));
    texts.put("events", checkRows(results.listeners().checks()));
    texts.putAll(new ShopSection(results.shop()).texts());
    texts.put("shopChecks", checkRows(results.shop().checks()));
    texts.put("facts", factRows());
    return texts;
  }

  private String verdict() {
    return (results.mismatches() == 0)
        ? "\u2713 All " + number(results.checks()) + " comparisons agree."
        : "\u2717 "
            + number(results.mismatches())
            + " of "
            + number(results.checks())
            + " comparisons disagree.";
  }

  private String chart(Layout layout) {
    return new Chart(results.ratios(), layout).svg();
  }

  private String ratioRows() {
    StringBuilder rows = new StringBuilder();
    for (HitRatio ratio : results.ratios()) {
      rows.append(
          String.format(
              Locale.ROOT,
              "<tr><td>%,d</td><td>%s</td><td class='ours'>%s</td><td>%s</td><td>%s</td>"
                  + "<td>%.2f</td></tr>%n",
              ratio.size(),
              percent(ratio.lru()),
              percent(ratio.cache()),
              percent(ratio.optimum()),
              percent(ratio.shareOfGap()),
              ratio.getsPerSecond() / 1e6));
    }
    return rows.toString();
  }

  private String ratioChecks() {
    List<Check> checks = results.ratioChecks();
    return String.format(
        Locale.ROOT,
        "Of %,d comparisons of the statistics with what was counted outside the cache, %,d agree.",
        checks.size(),
        checks.size() - Results.mismatches(checks));
  }

  private String ratioMismatches() {
    List<Check> wrong = results.ratioChecks().stream().filter(check -> !check.ok()).toList();
    return wrong.isEmpty()
        ? ""
        : "<table class='claims'><tbody>\n" + checkRows(wrong) + "</tbody></table>\n";
  }

  private static String checkRows(List<Check> checks) {
    StringBuilder rows = new StringBuilder();
    for (Check check : checks) {
      String mark = check.ok() ? "\u2713" : "\u2717";
      rows.append(
          String.format(
              Locale.ROOT,
              "<tr><td>%s</td><td>%,d</td><td>%,d</td><td class='mark %s'>%s %s</td></tr>%n",
              Frame.escaped(check.claim()),
              check.expected(),
              check.found(),
              check.ok() ? "good" : "bad",
              mark,
              check.verdict()));
    }
    return rows.toString();
  }

  private String factRows() {
    StringBuilder rows = new StringBuilder();
    for (Results.Fact fact : results.facts()) {
      rows.append("<tr><th scope='row'>").append(Frame.escaped(fact.subject())).append("</th><td>");
      rows.append(Frame.escaped(fact.text())).append("</td></tr>\n");
    }
    return rows.toString();
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f", 100 * share);
  }
}
