package org.theine.jcache.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The picture of hit ratio over size, as an SVG element; the size axis is logarithmic. Colours come
 * from the page's style, by class. Immutable, so safe for any thread.
 */
final class Chart {

  /** How a curve is drawn; every curve differs in class (colour, dashes) and in marker. */
  private enum Curve {
    OPTIMUM("optimum", "optimum", "optimum (knows the future)", HitRatio::optimum),
    CACHE("cache", "Theine", "theine-jcache (measured)", HitRatio::cache),
    LRU("lru", "LRU", "LRU (least recently used leaves)", HitRatio::lru);

    private final String style;
    private final String shortName;
    private final String longName;
    private final ToDoubleFunction<HitRatio> ratio;

    Curve(String style, String shortName, String longName, ToDoubleFunction<HitRatio> ratio) {
      this.style = style;
      this.shortName = shortName;
      this.longName = longName;
      this.ratio = ratio;
    }

    private String marker(double x, double y) {
      return switch (this) {
        case OPTIMUM -> format("<path d='M%.1f %.1fl5 9h-10z'/>", x, y - 6);
        case CACHE -> format("<circle cx='%.1f' cy='%.1f' r='5'/>", x, y);
        case LRU -> format("<rect x='%.1f' y='%.1f' width='8' height='8'/>", x - 4, y - 4);
      };
    }
  }

  private static final int TOP = 16;

  private final List<HitRatio> ratios;
  private final Layout layout;
  private final double left;
  private final double bottom;
  private final double lowest;
  private final double highest;

  /** Prepares a picture of the figures, which are in ascending order of size. */
  Chart(List<HitRatio> ratios, Layout layout) {
    if (ratios.isEmpty()) {
      throw new IllegalArgumentException("a chart must have at least one size");
    }
    this.ratios = List.copyOf(ratios);
    this.layout = layout;
    this.left = 3.6 * layout.fontSize();
    this.bottom = layout.height() - 3.4 * layout.fontSize();
    this.lowest = wholeTenth(ratios.stream().mapToDouble(Chart::least).min().orElse(0), -0.02);
    this.highest = wholeTenth(ratios.stream().mapToDouble(Chart::most).max().orElse(1), 0.98);
  }

  private static double least(HitRatio ratio) {
    return Math.min(ratio.lru(), Math.min(ratio.cache(), ratio.optimum()));
  }

  private static double most(HitRatio ratio) {
    return Math.max(ratio.lru(), Math.max(ratio.cache(), ratio.optimum()));
  }

  /** The next tenth below (share near 0) or above (share near 1) a ratio, within 0 to 1. */
  private static double wholeTenth(double ratio, double share) {
    return Math.max(0, Math.min(10, Math.floor(ratio * 10 + share))) / 10;
  }

  /** The SVG element. */
  String svg() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        format(
            "<svg class='chart %s' viewBox='0 0 %d %d' font-size='%d' role='img' aria-label='Hit"
                + " ratio over cache size; the figures are in the table below'>%n",
            layout.style(), layout.width(), layout.height(), layout.fontSize()));
    appendRatioAxis(svg);
    appendSizeAxis(svg);
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

  private void appendRatioAxis(StringBuilder svg) {
    double end = layout.width() - layout.right();
    for (int tenth = (int) Math.round(lowest * 10); tenth <= Math.round(highest * 10); tenth++) {
      double y = y(tenth / 10.0);
      svg.append(format("<path class='grid' d='M%.1f %.1fH%.1f'/>", left, y, end));
      svg.append(
          format(
              "<text x='%.1f' y='%.1f' text-anchor='end'>%d&#8239;%%</text>%n",
              left - 8, y + 0.35 * layout.fontSize(), tenth * 10));
    }
  }

  private void appendSizeAxis(StringBuilder svg) {
    double labelled = Double.POSITIVE_INFINITY;
    for (int i = ratios.size() - 1; i >= 0; i--) {
      int size = ratios.get(i).size();
      double x = x(size);
      svg.append(format("<path class='axis' d='M%.1f %.1fv6'/>", x, bottom));
      if (labelled - x >= layout.tickDistance()) {
        svg.append(
            format(
                "<text x='%.1f' y='%.1f' text-anchor='middle'>%,d</text>%n",
                x, bottom + 6 + 1.1 * layout.fontSize(), size));
        labelled = x;
      }
    }
    double end = layout.width() - layout.right();
    svg.append(format("<path class='axis' d='M%.1f %.1fH%.1f'/>", left, bottom, end));
    svg.append(
        format(
            "<text x='%.1f' y='%.1f' text-anchor='middle'>cache size in entries (log scale)"
                + "</text>%n",
            (left + end) / 2, layout.height() - 0.4 * layout.fontSize()));
  }

  private void appendCurve(StringBuilder svg, Curve curve) {
    StringBuilder line = new StringBuilder();
    StringBuilder markers = new StringBuilder();
    for (HitRatio ratio : ratios) {
      double value = curve.ratio.applyAsDouble(ratio);
      double x = x(ratio.size());
      double y = y(value);
      line.append(format("%s%.1f %.1f", line.isEmpty() ? "M" : "L", x, y));
      markers.append(
          format(
              "<g><title>%s, %,d entries: %.2f %%</title><circle class='target' cx='%.1f'"
                  + " cy='%.1f' r='12'/>%s</g>%n",
              curve.shortName, ratio.size(), 100 * value, x, y, curve.marker(x, y)));
    }
    svg.append(
        format("<g class='%s'><path class='line' d='%s'/>%n%s</g>%n", curve.style, line, markers));
  }

  /** Writes the name of each curve at its end, moved down where it would touch the one above. */
  private void appendNames(StringBuilder svg) {
    HitRatio last = ratios.get(ratios.size() - 1);
    List<Curve> fromTop = new ArrayList<>(List.of(Curve.values()));
    fromTop.sort(Comparator.comparingDouble(curve -> -curve.ratio.applyAsDouble(last)));
    double free = Double.NEGATIVE_INFINITY;
    for (Curve curve : fromTop) {
      double y = Math.max(free, y(curve.ratio.applyAsDouble(last)) + 0.35 * layout.fontSize());
      svg.append(
          format(
              "<text class='name %s' x='%.1f' y='%.1f'>%s</text>%n",
              curve.style, x(last.size()) + 12, y, curve.shortName));
      free = y + 1.2 * layout.fontSize();
    }
  }

  private double x(int size) {
    double first = Math.log(ratios.get(0).size());
    double span = Math.log(ratios.get(ratios.size() - 1).size()) - first;
    double share = (span == 0) ? 0.5 : (Math.log(size) - first) / span;
    double inset = layout.fontSize();
    return left + inset + share * (layout.width() - layout.right() - left - 1.5 * inset);
  }

  private double y(double ratio) {
    double span = Math.max(0.1, highest - lowest);
    return bottom - (ratio - lowest) / span * (bottom - TOP);
  }

  private static String format(String pattern, Object... arguments) {
    return String.format(Locale.ROOT, pattern, arguments);
  }
}
