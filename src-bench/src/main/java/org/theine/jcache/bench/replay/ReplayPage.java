package org.theine.jcache.bench.replay;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.bench.Frame;
import org.theine.jcache.bench.Surroundings;

/**
 * The page about a run: curves, one small picture a trace, and tables; one HTML file that needs
 * nothing else, no script and no network. Its frame is the resource page.html.
 */
final class ReplayPage {
  private static final String FRAME = "page.html";

  private final Results results;
  private final List<Contender> contenders;

  ReplayPage(Results results, List<Contender> contenders) {
    this.results = results;
    this.contenders = List.copyOf(contenders);
  }

  /** The whole page. */
  String html() throws IOException {
    Map<String, String> texts = new HashMap<>();
    texts.put("legend", legend());
    texts.put("summary", summaryRows());
    texts.put("deviations", deviations());
    texts.put("overfill", overfill());
    texts.put("panels", panels(false));
    texts.put("weighted", weighted());
    texts.put("figures", figures());
    texts.put("facts", facts());
    return Frame.of(ReplayPage.class, FRAME).filled(texts);
  }

  private String legend() {
    StringBuilder items = new StringBuilder();
    results.measured().forEach(policy -> items.append(legendItem(policy, policy, false)));
    if (!results.found().isEmpty()) {
      items.append(legendItem("", "thin: " + String.join(", ", results.found()), true));
    }
    return items.toString();
  }

  private static String legendItem(String policy, String text, boolean found) {
    Curve curve = Curve.of(policy, found);
    return format(
        "<li><svg viewBox='0 0 40 14' width='40' height='14' aria-hidden='true'><g class='%s'>"
            + "<path class='line' d='M1 7H39'/>%s</g></svg><span>%s</span></li>%n",
        curve.style(), curve.markerAt(20, 7), Frame.escaped(text));
  }

  private String summaryRows() {
    StringBuilder rows = new StringBuilder();
    for (String policy : results.policies()) {
      Summary summary = Summary.of(results, policy);
      if (summary.cells() > 0) {
        rows.append(summaryRow(summary));
      }
    }
    return rows.toString();
  }

  private String summaryRow(Summary summary) {
    String style = Results.ours(summary.policy()) ? " class='ours'" : "";
    return format(
        "<tr%s><th scope='row'>%s</th><td>%d</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td>"
            + "<td>%s</td><td>%s</td></tr>%n",
        style,
        Frame.escaped(summary.policy()),
        summary.cells(),
        points(summary.meanAll()),
        points(summary.meanReal()),
        points(summary.meanGap()),
        difference(summary.worstToLru()),
        difference(summary.worstToCaffeine()),
        summary.overfilled() == 0
            ? "0"
            : format("<span class='bad'>%d</span>", summary.overfilled()));
  }

  private static String points(double points) {
    return Double.isNaN(points) ? "&ndash;" : format("%.2f", points);
  }

  private static String difference(Summary.@Nullable Difference difference) {
    return difference == null
        ? "&ndash;"
        : format(
            "%+.2f <small>%s</small>",
            difference.points(), Frame.escaped(difference.cell().toString()));
  }

  private String deviations() {
    StringBuilder items = new StringBuilder();
    for (Deviation deviation : Deviation.all(results, contenders)) {
      items.append(
          format(
              "<li>%s: %+.2f on the mean of %d cells, at most %s</li>%n",
              Frame.escaped(deviation.what()),
              deviation.mean(),
              deviation.cells(),
              difference(deviation.greatest())));
    }
    return items.isEmpty() ? "" : "<ul>\n" + items + "</ul>\n";
  }

  private String overfill() {
    List<String> over =
        results.measured().stream().filter(policy -> results.overfilled(policy) > 0).toList();
    return over.isEmpty()
        ? "<p class='good'>\u2713 No cache held more than its bound.</p>"
        : "<p class='bad'>\u2717 More than the bound was held by: "
            + Frame.escaped(String.join(", ", over))
            + ". What is gained so is no merit of the policy; such cells count neither as the best"
            + " of a cell nor as a reference.</p>";
  }

  private String panels(boolean weighted) {
    StringBuilder panels = new StringBuilder();
    for (TraceInfo trace : results.traces()) {
      List<Cell> cells = cells(trace);
      if (trace.weighted() == weighted) {
        panels.append(
            format(
                "<figure><figcaption><strong>%s</strong> %s; %,d requests, %,d keys</figcaption>"
                    + "%s</figure>%n",
                Frame.escaped(trace.name()),
                Frame.escaped(trace.kind()),
                trace.requests(),
                trace.distinct(),
                new Panel(results, cells).svg()));
      }
    }
    return panels.toString();
  }

  private List<Cell> cells(TraceInfo trace) {
    return results.cells(trace.weighted()).stream().filter(c -> c.trace().equals(trace)).toList();
  }

  private String weighted() {
    String panels = panels(true);
    return panels.isEmpty()
        ? ""
        : "<h2>Bounds of weight</h2>\n<p>Entries weigh what their objects would; the bound is the"
            + " sum. The curves show the share of the requests&rsquo; weight that was answered (the"
            + " byte hit ratio).</p>\n<div class='panels'>"
            + panels
            + "</div>\n"
            + weightTable();
  }

  private String weightTable() {
    StringBuilder rows = new StringBuilder();
    for (WeightSummary summary : WeightSummary.all(results)) {
      rows.append(
          format(
              "<tr%s><th scope='row'>%s</th><td>%d</td><td>%.2f</td><td>%.2f</td></tr>%n",
              Results.ours(summary.policy()) ? " class='ours'" : "",
              Frame.escaped(summary.policy()),
              summary.cells(),
              summary.weightRatio(),
              summary.hitRatio()));
    }
    return "<div class='scroll'><table><thead><tr><th>mean, in %</th><th>cells</th>"
        + "<th>of the weight</th><th>of the requests</th></tr></thead><tbody>\n"
        + rows
        + "</tbody></table></div>\n";
  }

  private String figures() {
    StringBuilder tables = new StringBuilder();
    for (TraceInfo trace : results.traces()) {
      tables.append("<h3>").append(Frame.escaped(trace.name())).append("</h3>\n");
      if (!trace.weighted()) {
        tables.append(new FigureTable(results, cells(trace), Measurement::hitRatio).html());
        continue;
      }
      tables.append("<p>Share of the weight:</p>\n");
      tables.append(new FigureTable(results, cells(trace), Measurement::weightRatio).html());
      tables.append("<p>Share of the requests:</p>\n");
      tables.append(new FigureTable(results, cells(trace), Measurement::hitRatio).html());
    }
    return tables.toString();
  }

  private String facts() {
    StringBuilder rows = new StringBuilder();
    for (Contender contender : contenders) {
      String runs = contender.runs() == 1 ? "1 run" : contender.runs() + " runs";
      rows.append(fact(contender.name(), contender.provider().version() + ", " + runs + " a cell"));
    }
    rows.append(fact("machine", Surroundings.machine()));
    rows.append(fact("date", Surroundings.date()));
    return rows.toString();
  }

  private static String fact(String subject, String text) {
    return format(
        "<tr><th scope='row'>%s</th><td>%s</td></tr>%n",
        Frame.escaped(subject), Frame.escaped(text));
  }

  private static String format(String pattern, Object... arguments) {
    return String.format(Locale.ROOT, pattern, arguments);
  }
}
