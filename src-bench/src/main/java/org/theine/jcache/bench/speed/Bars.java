package org.theine.jcache.bench.speed;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.theine.jcache.bench.Frame;

/**
 * The picture of one row: a bar a contestant, as long as its processor time, as an SVG element. All
 * bars start at 0. One that is so long that others would vanish is cut, and says so. Immutable, so
 * safe for any thread.
 */
final class Bars {
  private static final int WIDTH = 396;
  private static final int LEFT = 140;
  private static final int RIGHT = 266;
  private static final int NANOS = 342;
  private static final int HEAD = 20;
  private static final int PITCH = 22;
  private static final int THICKNESS = 14;
  private static final int FONT = 13;

  /** A bar is cut if it is so many times as long as the next, and others would vanish. */
  private static final double MUCH = 3;

  /** A bar so many times shorter than the longest vanishes. */
  private static final double VANISHED = 10;

  /** How much of the width the longest uncut bar has where others are cut. */
  private static final double SHARE = 0.6;

  private final Figures figures;
  private final Row row;
  private final List<Contestant> contestants;
  private final double longest;
  private final double full;

  /** Prepares the picture of a row that somebody has run. */
  Bars(Figures figures, Row row) {
    this.figures = figures;
    this.row = row;
    this.contestants = Arrays.stream(Contestant.values()).filter(c -> figures.has(row, c)).toList();
    double[] nanos =
        contestants.stream().mapToDouble(c -> figures.nanos(row, c)).sorted().toArray();
    if (nanos.length == 0) {
      throw new IllegalArgumentException("nobody has run the row: " + row.title());
    }
    int last = nanos.length - 1;
    while (last > 0 && nanos[last] > MUCH * nanos[last - 1] && nanos[last] > VANISHED * nanos[0]) {
      last--;
    }
    this.longest = nanos[last];
    this.full = last == nanos.length - 1 ? longest : longest / SHARE;
  }

  /** The SVG element. */
  String svg() {
    int height = HEAD + PITCH * contestants.size() + 4;
    StringBuilder svg = new StringBuilder();
    svg.append(
        format(
            "<svg viewBox='0 0 %d %d' font-size='%d' role='img' aria-label='%s: processor time of"
                + " each; the figures are in the table at the end'>%n",
            WIDTH, height, FONT, Frame.escaped(row.title())));
    svg.append(format("<text x='%d' y='12' text-anchor='end'>ns/op</text>", NANOS));
    svg.append(format("<text x='%d' y='12' text-anchor='end'>to ours</text>%n", WIDTH));
    for (int i = 0; i < contestants.size(); i++) {
      appendBar(svg, contestants.get(i), HEAD + i * PITCH);
    }
    svg.append(format("<path class='axis' d='M%d %dV%d'/>", LEFT, HEAD - 4, height - 4));
    return svg.append("</svg>\n").toString();
  }

  private void appendBar(StringBuilder svg, Contestant contestant, int top) {
    double nanos = figures.nanos(row, contestant);
    boolean cut = nanos > longest;
    double length = cut ? RIGHT - LEFT : nanos / full * (RIGHT - LEFT);
    double base = top + THICKNESS - 2.5;
    svg.append(format("<g class='%s'><title>%s</title>", style(contestant), words(contestant)));
    svg.append(
        format(
            "<text x='%d' y='%.1f' text-anchor='end'>%s</text>",
            LEFT - 7, base, Frame.escaped(contestant.title())));
    svg.append(
        format(
            "<rect class='bar' x='%d' y='%d' width='%.1f' height='%d'/>",
            LEFT, top, Math.max(0.5, length), THICKNESS));
    if (cut) {
      appendCut(svg, nanos, top);
    }
    appendFigure(svg, NANOS, base, Numbers.nanos(nanos));
    appendFigure(svg, WIDTH, base, ratio(contestant));
    svg.append("</g>\n");
  }

  /** A gap in the bar, and how long it would be. */
  private void appendCut(StringBuilder svg, double nanos, int top) {
    svg.append(format("<path class='gap' d='M%d %dl-6 %d'/>", RIGHT - 10, top - 2, THICKNESS + 4));
    svg.append(
        format(
            "<text class='cut' x='%d' y='%.1f'>cut: %s\u00d7 as long</text>",
            LEFT + 6, top + THICKNESS - 3.0, Numbers.whole(nanos / full)));
  }

  private static void appendFigure(StringBuilder svg, int x, double y, String figure) {
    svg.append(format("<text x='%d' y='%.1f' text-anchor='end'>%s</text>", x, y, figure));
  }

  private String ratio(Contestant contestant) {
    double ratio = figures.speed(row, Contestant.THEINE, contestant);
    return Double.isNaN(ratio) ? "\u2013" : Numbers.ratio(ratio) + "\u00d7";
  }

  private String words(Contestant contestant) {
    List<Double> rounds = figures.each(row, contestant, Sample::cpuNanos);
    String words =
        format(
            "%s: %s ns, %s of ours",
            contestant.title(), Numbers.nanos(figures.nanos(row, contestant)), ratio(contestant));
    String range =
        format(
            "; rounds from %s to %s",
            Numbers.nanos(Collections.min(rounds)), Numbers.nanos(Collections.max(rounds)));
    return Frame.escaped(rounds.size() == 1 ? words : words + range);
  }

  /** The classes in the page's style, which give colour and outline. */
  static String style(Contestant contestant) {
    return switch (contestant) {
      case MAP -> "floor map";
      case CAFFEINE -> "floor caffeine";
      case CACHE2K -> "floor cache2k";
      case THEINE -> "ours";
      case CAFFEINE_JCACHE -> "adapter";
      case EHCACHE_JCACHE -> "ehcache";
      case CACHE2K_JCACHE -> "cache2k";
      case REFERENCE -> "reference";
    };
  }

  private static String format(String pattern, Object... arguments) {
    return String.format(Locale.ROOT, pattern, arguments);
  }
}
