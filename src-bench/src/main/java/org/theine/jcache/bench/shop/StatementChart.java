package org.theine.jcache.bench.shop;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.LongStream;
import org.theine.jcache.bench.Layout;

/**
 * The picture of statements over page loads, as an SVG element; both axes are linear, that of the
 * statements begins at 0. Colours come from the page's style, by class. Immutable, so safe for any
 * thread.
 */
final class StatementChart {
  private static final int TOP = 36;

  /** Of so many points one has a marker. */
  private static final int MARKED = 5;

  /** Into how many parts the axis of the page loads is divided. */
  private static final int TICKS = 4;

  /** How a curve is drawn; they differ in class (colour, dashes) and in marker. */
  private enum Curve {
    WITHOUT("without", "without", "without the second-level cache"),
    WITH("cache", "Theine", "with theine-jcache as the second-level cache");

    private final String style;
    private final String shortName;
    private final String longName;

    Curve(String style, String shortName, String longName) {
      this.style = style;
      this.shortName = shortName;
      this.longName = longName;
    }

    private String marker(double x, double y) {
      return switch (this) {
        case WITHOUT -> format("<rect x='%.1f' y='%.1f' width='8' height='8'/>", x - 4, y - 4);
        case WITH -> format("<circle cx='%.1f' cy='%.1f' r='5'/>", x, y);
      };
    }
  }

  private final ShopReport report;
  private final Layout layout;
  private final int stretch;
  private final double left;
  private final double right;
  private final double bottom;
  private final int highest;

  StatementChart(ShopReport report, Layout layout) {
    this.report = report;
    this.layout = layout;
    this.stretch = report.settings().stretch();
    this.left = 2.2 * layout.fontSize();
    this.right = layout.width() - layout.right();
    this.bottom = layout.height() - 3.4 * layout.fontSize();
    long most =
        LongStream.concat(
                Arrays.stream(report.without().statements()),
                Arrays.stream(report.with().statements()))
            .max()
            .orElse(0);
    this.highest = (int) (most / stretch) + 1;
  }

  /** The SVG element. */
  String svg() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        format(
            "<svg class='chart %s' viewBox='0 0 %d %d' font-size='%d' role='img'"
                + " aria-label='Statements a page over page loads, without and with the cache; the"
                + " totals are in the table below'>%n",
            layout.style(), layout.width(), layout.height(), layout.fontSize()));
    appendStatementAxis(svg);
    appendLoadAxis(svg);
    for (Curve curve : Curve.values()) {
      appendCurve(svg, curve);
    }
    appendNames(svg);
    return svg.append("</svg>\n").toString();
  }

  /** The meaning of the lines, as HTML list items. */
  static String legend() {
    StringBuilder items = new StringBuilder();
    for (Curve curve : Curve.values()) {
      items.append(
          format(
              "<li><svg class='sample' viewBox='0 0 48 16' width='48' height='16'"
                  + " aria-hidden='true'><g class='%s'><path class='line' d='M1 8H47'/>%s</g></svg>"
                  + "%s</li>%n",
              curve.style, curve.marker(24, 8), curve.longName));
    }
    return items.toString();
  }

  private void appendStatementAxis(StringBuilder svg) {
    svg.append(format("<text x='0' y='%d'>statements a page</text>%n", layout.fontSize()));
    for (int statements = 0; statements <= highest; statements++) {
      double y = y(statements);
      svg.append(format("<path class='grid' d='M%.1f %.1fH%.1f'/>", left, y, right));
      svg.append(
          format(
              "<text x='%.1f' y='%.1f' text-anchor='end'>%d</text>%n",
              left - 8, y + 0.35 * layout.fontSize(), statements));
    }
  }

  private void appendLoadAxis(StringBuilder svg) {
    svg.append(format("<path class='axis' d='M%.1f %.1fH%.1f'/>", left, bottom, right));
    int loads = report.settings().loads();
    for (int tick = 0; tick <= TICKS; tick++) {
      int load = (int) ((long) loads * tick / TICKS);
      double x = x(load);
      svg.append(format("<path class='axis' d='M%.1f %.1fv6'/>", x, bottom));
      svg.append(
          format(
              "<text x='%.1f' y='%.1f' text-anchor='middle'>%,d</text>%n",
              x, bottom + 6 + 1.1 * layout.fontSize(), load));
    }
    svg.append(
        format(
            "<text x='%.1f' y='%.1f' text-anchor='middle'>page loads</text>%n",
            (left + right) / 2, layout.height() - 0.4 * layout.fontSize()));
  }

  private void appendCurve(StringBuilder svg, Curve curve) {
    long[] statements = statements(curve);
    StringBuilder line = new StringBuilder();
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < statements.length; i++) {
      double x = x((i + 0.5) * stretch);
      double y = y(perPage(statements[i]));
      line.append(format("%s%.1f %.1f", line.isEmpty() ? "M" : "L", x, y));
      points.append(
          format(
              "<g><title>%s, loads %,d to %,d: %,d statements, %.2f a page</title><circle"
                  + " class='target' cx='%.1f' cy='%.1f' r='8'/>%s</g>%n",
              curve.shortName,
              i * stretch + 1,
              (i + 1) * stretch,
              statements[i],
              perPage(statements[i]),
              x,
              y,
              i % MARKED == MARKED / 2 ? curve.marker(x, y) : ""));
    }
    svg.append(
        format("<g class='%s'><path class='line' d='%s'/>%n%s</g>%n", curve.style, line, points));
  }

  /** Writes the name of each curve at its end; the one with the cache is moved if they touch. */
  private void appendNames(StringBuilder svg) {
    double without = nameLine(Curve.WITHOUT);
    appendName(svg, Curve.WITHOUT, without);
    double with = nameLine(Curve.WITH);
    double apart = 1.2 * layout.fontSize();
    boolean below = with >= without;
    appendName(
        svg, Curve.WITH, below ? Math.max(with, without + apart) : Math.min(with, without - apart));
  }

  private void appendName(StringBuilder svg, Curve curve, double y) {
    svg.append(
        format(
            "<text class='name %s' x='%.1f' y='%.1f'>%s</text>%n",
            curve.style, right + 8, y, curve.shortName));
  }

  private double nameLine(Curve curve) {
    long[] statements = statements(curve);
    return y(perPage(statements[statements.length - 1])) + 0.35 * layout.fontSize();
  }

  private long[] statements(Curve curve) {
    return (curve == Curve.WITHOUT) ? report.without().statements() : report.with().statements();
  }

  private double perPage(long statements) {
    return (double) statements / stretch;
  }

  private double x(double load) {
    return left + load / report.settings().loads() * (right - left);
  }

  private double y(double perPage) {
    return bottom - perPage / highest * (bottom - TOP);
  }

  private static String format(String pattern, Object... arguments) {
    return String.format(Locale.ROOT, pattern, arguments);
  }
}
