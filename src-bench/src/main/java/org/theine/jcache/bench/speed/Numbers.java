package org.theine.jcache.bench.speed;

import java.util.Locale;

/** Numbers in as many digits as say something. Stateless. */
final class Numbers {
  private Numbers() {}

  /** Nanoseconds. */
  static String nanos(double nanos) {
    return format(nanos < 999.95 ? "%.1f" : "%,.0f", nanos);
  }

  /** How many times as much. */
  static String ratio(double ratio) {
    if (ratio < 0.095) {
      return format("%.3f", ratio);
    }
    return format(ratio < 9.995 ? "%.2f" : ratio < 99.95 ? "%.1f" : "%,.0f", ratio);
  }

  /** Bytes. */
  static String whole(double number) {
    return format("%,.0f", number);
  }

  /** Of a hundred. */
  static String percent(double percent) {
    return format("%.2f", percent);
  }

  /** A goal: without zeros at its end. */
  static String brief(double number) {
    String text = format("%,.2f", number);
    return text.replaceFirst("\\.?0+$", "");
  }

  private static String format(String pattern, double number) {
    return String.format(Locale.ROOT, pattern, number);
  }
}
