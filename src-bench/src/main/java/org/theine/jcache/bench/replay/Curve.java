package org.theine.jcache.bench.replay;

import java.util.Locale;

/**
 * How a policy is drawn: its class in the page's style, which gives colour, width and dashes, and a
 * marker, so that curves differ without colour too.
 *
 * @param style the class
 * @param marker an SVG path around 0, empty for none
 */
record Curve(String style, String marker) {
  private static final String CIRCLE = "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z";
  private static final String SQUARE = "M-3-3h6v6h-6z";
  private static final String TRIANGLE = "M0-4l4 7h-8z";
  private static final String DOWN = "M0 4l4-7h-8z";
  private static final String DIAMOND = "M0-4.5l4.5 4.5l-4.5 4.5l-4.5-4.5z";
  private static final String CROSS = "M-3-3l6 6M3-3l-6 6";

  /** How a policy is drawn. */
  static Curve of(String policy, boolean found) {
    if (found) {
      return new Curve("found", "");
    }
    if (Results.ours(policy)) {
      return policy.equals(Provider.THEINE.title())
          ? new Curve("ours", CIRCLE)
          : new Curve("variant", "");
    }
    return switch (policy) {
      case "caffeine" -> new Curve("caffeine", SQUARE);
      case "caffeine-jcache" -> new Curve("adapter", CROSS);
      case "caffeine-jcache-default" -> new Curve("overfilling", CROSS);
      case "ehcache" -> new Curve("ehcache", TRIANGLE);
      case "cache2k" -> new Curve("cache2k", DIAMOND);
      case Results.LRU -> new Curve("lru", DOWN);
      case Results.OPTIMUM -> new Curve("opt", "");
      default -> new Curve("found", "");
    };
  }

  /** The marker at a place. */
  String markerAt(double x, double y) {
    return marker.isEmpty()
        ? ""
        : String.format(
            Locale.ROOT, "<path transform='translate(%.1f %.1f)' d='%s'/>", x, y, marker);
  }
}
