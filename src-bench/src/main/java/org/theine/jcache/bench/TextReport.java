package org.theine.jcache.bench;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.theine.jcache.bench.shop.ShopReport;
import org.theine.jcache.bench.shop.ShopText;

/** The figures of a run as lines of text, in plain ASCII. Not thread-safe. */
final class TextReport {
  private final PrintStream out;

  TextReport(PrintStream out) {
    this.out = out;
  }

  /** Says what is about to be replayed, and whose it is. */
  void title(Trace trace) {
    line(
        "theine-jcache on the trace %s: %,d requests for %,d different pages of a web site",
        trace.name(), trace.length(), trace.distinct());
    line("(trace: headissue GmbH, Jens Wilke, CC BY 4.0; changed only in its file format)");
    line("");
  }

  /** Says what the first pass does, and heads its table. */
  void ratioHead(int replays) {
    line(
        "Pass 1: hit ratio by size, from the cache's statistics; %d replays on one thread",
        replays);
    line("%9s  %8s  %8s  %8s  %12s  %s", "entries", "LRU", "Theine", "optimum", "gets/s", "checks");
  }

  /** One size of the first pass. */
  void ratio(HitRatio ratio) {
    long mismatches = Results.mismatches(ratio.checks());
    line(
        "%,9d  %6.2f %%  %6.2f %%  %6.2f %%  %,12.0f  %s",
        ratio.size(),
        100 * ratio.lru(),
        100 * ratio.cache(),
        100 * ratio.optimum(),
        ratio.getsPerSecond(),
        mismatches == 0 ? "ok" : "MISMATCH");
    mismatches(ratio.checks());
  }

  private void mismatches(List<Check> checks) {
    for (Check check : checks) {
      if (!check.ok()) {
        check(check);
      }
    }
  }

  /** Says what the second pass does. */
  void listenerHead(ListenerPass.Settings settings) {
    line("");
    line(
        "Pass 2: events; %d threads, %,d entries living %s, replayed within %s",
        settings.threads(),
        settings.size(),
        Durations.words(settings.timeToLive()),
        Durations.words(settings.length()));
  }

  /** What the second pass found. */
  void listeners(ListenerReport report) {
    report.checks().forEach(this::check);
  }

  /** Says what the third pass does. */
  void shopHead() {
    line("");
    out.println(ShopText.head());
  }

  /** What the third pass found. */
  void shop(ShopReport report) {
    ShopText.lines(report).forEach(out::println);
    report.checks().forEach(this::check);
  }

  private void check(Check check) {
    if (check.ok()) {
      line("  ok        %s: %,d", check.claim(), check.found());
    } else {
      line(
          "  MISMATCH  %s: expected %,d, found %,d",
          check.claim(), check.expected(), check.found());
    }
  }

  /** What there is to know about the run, and the verdict. */
  void end(Results results) {
    line("");
    for (Results.Fact fact : results.facts()) {
      line("%-22s  %s", fact.subject(), fact.text());
    }
    line("");
    if (results.mismatches() == 0) {
      line("all %,d comparisons agree", results.checks());
    } else {
      line("MISMATCH: %,d of %,d comparisons disagree", results.mismatches(), results.checks());
    }
  }

  private void line(String pattern, Object... arguments) {
    out.println(String.format(Locale.ROOT, pattern, arguments));
  }
}
