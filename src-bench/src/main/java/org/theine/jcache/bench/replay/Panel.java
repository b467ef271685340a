package org.theine.jcache.bench.replay;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.theine.jcache.bench.Frame;

/**
 * The small picture of one trace: hit ratio over size, as an SVG element; the size axis is
 * logarithmic. Under bounds of weight it is the share of the weight. Immutable, so safe for any
 * thread.
 */
final class Panel {
  private static final int WIDTH = 340;
  private static final int HEIGHT = 236;
  private static final int LEFT = 40;
  private static final int RIGHT = 14;
  private static final int TOP = 10;
  private static final int BOTTOM = HEIGHT - 28;
  private static final int FONT = 12;

  /** Size labels nearer than this are not both shown. */
  private static final double LABEL_DISTANCE = 36;

  /** Above this span of the ratio axis every second tenth has a label. */
  private static final int MANY_TENTHS = 6;

  private final Results results;
  private final List<Cell> cells;
  private final int lowest;
  private final int highest;

  /** Prepares the picture of a trace; the cells are in ascending order of size. */
  Panel(Results results, List<Cell> cells) {
    if (cells.isEmpty()) {
      throw new IllegalArgumentException("a picture must have at least one size");
    }
    this.results = results;
    this.cells = List.copyOf(cells);
    double[] ratios =
        cells.stream()
            .flatMap(cell -> results.get(cell).values().stream())
            .mapToDouble(Measurement::weightRatio)
            .sorted()
            .toArray();
    this.lowest = (int) Math.floor(10 * ratios[0]);
    this.highest = Math.max(lowest + 1, (int) Math.ceil(10 * ratios[ratios.length - 1]));
  }

  /** The SVG element. */
  String svg() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        format(
            "<svg viewBox='0 0 %d %d' font-size='%d' role='img' aria-label='%s: hit ratio over"
                + " size; the figures are in the table at the end'>%n",
            WIDTH, HEIGHT, FONT, Frame.escaped(cells.get(0).trace().name())));
    appendRatioAxis(svg);
    appendSizeAxis(svg);
    results.found().forEach(policy -> appendCurve(svg, policy, true));
    List<String> measured = results.measured();
    measured.stream().filter(p -> !Results.ours(p)).forEach(p -> appendCurve(svg, p, false));
    measured.stream().filter(Results::ours).forEach(p -> appendCurve(svg, p, false));
    return svg.append("</svg>\n").toString();
  }

  private void appendRatioAxis(StringBuilder svg) {
    int step = highest - lowest > MANY_TENTHS ? 2 : 1;
    for (int tenth = lowest; tenth <= highest; tenth += step) {
      double y = y(tenth / 10.0);
      svg.append(format("<path class='grid' d='M%d %.1fH%d'/>", LEFT, y, WIDTH - RIGHT));
      svg.append(
          format(
              "<text x='%d' y='%.1f' text-anchor='end'>%d%%</text>%n",
              LEFT - 5, y + 0.35 * FONT, 10 * tenth));
    }
  }

  private void appendSizeAxis(StringBuilder svg) {
    svg.append(format("<path class='axis' d='M%d %dH%d'/>", LEFT, BOTTOM, WIDTH - RIGHT));
    double labelled = Double.POSITIVE_INFINITY;
    for (int i = cells.size() - 1; i >= 0; i--) {
      double x = x(cells.get(i).size());
      svg.append(format("<path class='axis' d='M%.1f %dv5'/>", x, BOTTOM));
      if (labelled - x >= LABEL_DISTANCE) {
        svg.append(
            format(
                "<text x='%.1f' y='%.1f' text-anchor='middle'>%s</text>%n",
                x, BOTTOM + 7 + 0.9 * FONT, brief(cells.get(i).size())));
        labelled = x;
      }
    }
  }

  private void appendCurve(StringBuilder svg, String policy, boolean found) {
    List<Cell> known = cells.stream().filter(cell -> results.get(cell, policy) != null).toList();
    Curve curve = Curve.of(policy, found);
    StringBuilder line = new StringBuilder();
    StringBuilder points = new StringBuilder();
    for (Cell cell : known) {
      Measurement measurement = Objects.requireNonNull(results.get(cell, policy));
      double x = x(cell.size());
      double y = y(measurement.weightRatio());
      line.append(format("%s%.1f %.1f", line.isEmpty() ? "M" : "L", x, y));
      points.append("<g><title>").append(title(policy, cell, measurement)).append("</title>");
      points.append(format("<circle class='target' cx='%.1f' cy='%.1f' r='8'/>", x, y));
      points.append(curve.markerAt(x, y));
      if (measurement.overfilled()) {
        points.append(format("<circle class='over' cx='%.1f' cy='%.1f' r='6'/>", x, y));
      }
      points.append("</g>\n");
    }
    if (!known.isEmpty()) {
      svg.append(
          format(
              "<g class='%s'><path class='line' d='%s'><title>%s</title></path>%s</g>%n",
              curve.style(), line, Frame.escaped(policy), found ? "" : points));
    }
  }

  private static String title(String policy, Cell cell, Measurement measurement) {
    String over =
        measurement.overfilled()
            ? format("; held %,d, more than its bound", measurement.liveMaximum())
            : "";
    return format(
        "%s, %,d%s: %.2f %%%s",
        Frame.escaped(policy),
        cell.size(),
        cell.trace().weighted() ? "" : " entries",
        100 * measurement.weightRatio(),
        over);
  }

  /** A size in few characters. */
  static String brief(long size) {
    String[] units = {"", "k", "M", "G"};
    int unit = 0;
    double rest = size;
    while (rest >= 1000 && unit < units.length - 1) {
      rest /= 1000;
      unit++;
    }
    String text = format(rest < 10 && unit > 0 ? "%.1f" : "%.0f", rest);
    return (text.endsWith(".0") ? text.substring(0, text.length() - 2) : text) + units[unit];
  }

  private double x(long size) {
    double first = Math.log(cells.get(0).size());
    double span = Math.log(cells.get(cells.size() - 1).size()) - first;
    double share = span == 0 ? 0.5 : (Math.log(size) - first) / span;
    double inset = 10;
    return LEFT + inset + share * (WIDTH - RIGHT - LEFT - 2 * inset);
  }

  private double y(double ratio) {
    return BOTTOM - (10 * ratio - lowest) / (highest - lowest) * (BOTTOM - TOP);
  }

  private static String format(String pattern, Object... arguments) {
    return String.format(Locale.ROOT, pattern, arguments);
  }
}
