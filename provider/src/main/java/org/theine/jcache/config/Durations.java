package org.theine.jcache.config;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.cache.expiry.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Spans of time as people write them: {@code 30m}, {@code 1.5 h}, {@code 500ms}, {@code 10
 * minutes}, {@code eternal}. A number without a unit is none: whoever writes 30 may mean anything.
 */
final class Durations {

  /** At most as many digits as a long has, so that no input makes the arithmetic long. */
  private static final Pattern SPAN =
      Pattern.compile("(\\d{1,19}(?:\\.\\d{1,9})?)\\s*(\\p{Alpha}+)");

  private static final Map<String, TimeUnit> UNITS =
      Map.ofEntries(
          Map.entry("ms", TimeUnit.MILLISECONDS),
          Map.entry("millis", TimeUnit.MILLISECONDS),
          Map.entry("millisecond", TimeUnit.MILLISECONDS),
          Map.entry("milliseconds", TimeUnit.MILLISECONDS),
          Map.entry("s", TimeUnit.SECONDS),
          Map.entry("second", TimeUnit.SECONDS),
          Map.entry("seconds", TimeUnit.SECONDS),
          Map.entry("m", TimeUnit.MINUTES),
          Map.entry("minute", TimeUnit.MINUTES),
          Map.entry("minutes", TimeUnit.MINUTES),
          Map.entry("h", TimeUnit.HOURS),
          Map.entry("hour", TimeUnit.HOURS),
          Map.entry("hours", TimeUnit.HOURS),
          Map.entry("d", TimeUnit.DAYS),
          Map.entry("day", TimeUnit.DAYS),
          Map.entry("days", TimeUnit.DAYS));

  /** Longer ones would not fit in nanoseconds. */
  private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE / 1_000_000);

  private Durations() {}

  /**
   * Returns the span in the largest unit that tells it exactly, or null if the text is none, is
   * less than a millisecond, which is the least that JCache knows, or is more than 292 years. A
   * fraction of a millisecond is cut off.
   */
  static @Nullable Duration parse(String text) {
    if (text.equalsIgnoreCase("eternal")) {
      return Duration.ETERNAL;
    }
    Matcher matcher = SPAN.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    TimeUnit unit = UNITS.get(matcher.group(2).toLowerCase(Locale.ROOT));
    if (unit == null) {
      return null;
    }
    BigDecimal millis =
        new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit.toMillis(1)));
    boolean fits = millis.compareTo(BigDecimal.ONE) >= 0 && millis.compareTo(LONGEST) <= 0;
    return fits ? ofMillis(millis.longValue()) : null;
  }

  private static Duration ofMillis(long millis) {
    for (TimeUnit unit :
        List.of(TimeUnit.DAYS, TimeUnit.HOURS, TimeUnit.MINUTES, TimeUnit.SECONDS)) {
      if (millis % unit.toMillis(1) == 0) {
        return new Duration(unit, millis / unit.toMillis(1));
      }
    }
    return new Duration(TimeUnit.MILLISECONDS, millis);
  }
}
