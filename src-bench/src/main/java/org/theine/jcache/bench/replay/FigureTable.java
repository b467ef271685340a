package org.theine.jcache.bench.replay;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.theine.jcache.bench.Frame;

/** All figures of one trace as an HTML table: a row a policy, a column a size. Immutable. */
final class FigureTable {
  private final Results results;
  private final List<Cell> cells;
  private final ToDoubleFunction<Measurement> ratio;

  /** Prepares a table of the ratio that is asked for. */
  FigureTable(Results results, List<Cell> cells, ToDoubleFunction<Measurement> ratio) {
    this.results = results;
    this.cells = List.copyOf(cells);
    this.ratio = ratio;
  }

  /** The element, in a box that scrolls sideways. */
  String html() {
    StringBuilder html = new StringBuilder("<div class='scroll'><table><thead><tr><th></th>");
    for (Cell cell : cells) {
      html.append(format("<th>%,d</th>", cell.size()));
    }
    html.append("</tr></thead><tbody>\n");
    for (String policy : results.policies()) {
      if (cells.stream().anyMatch(cell -> results.get(cell, policy) != null)) {
        appendRow(html, policy);
      }
    }
    return html.append("</tbody></table></div>\n").toString();
  }

  private void appendRow(StringBuilder html, String policy) {
    html.append(Results.ours(policy) ? "<tr class='ours'>" : "<tr>");
    html.append("<th scope='row'>").append(Frame.escaped(policy)).append("</th>");
    for (Cell cell : cells) {
      Measurement measurement = results.get(cell, policy);
      if (measurement == null) {
        html.append("<td>&ndash;</td>");
      } else {
        html.append("<td>").append(format("%.2f", 100 * ratio.applyAsDouble(measurement)));
        html.append(note(measurement)).append("</td>");
      }
    }
    html.append("</tr>\n");
  }

  private static String note(Measurement measurement) {
    if (measurement.overfilled()) {
      return format(" <small class='bad'>held %,d</small>", measurement.liveMaximum());
    }
    return measurement.spread() == 0
        ? ""
        : format(" <small>\u00b1%.2f</small>", 50 * measurement.spread());
  }

  private static String format(String pattern, Object... arguments) {
    return String.format(Locale.ROOT, pattern, arguments);
  }
}
