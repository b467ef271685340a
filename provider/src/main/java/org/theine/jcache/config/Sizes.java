package org.theine.jcache.config;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of bytes as people write them: {@code 128M}, {@code 1.5G}, {@code 512 KiB}, {@code 4096}.
 * Stateless, so safe for use by any thread.
 *
 * <p>The units K, M, G and T are powers of 1024, alone or followed by {@code B} or {@code iB}; case
 * does not matter. A number without a unit, or with {@code B}, counts bytes. A fraction of a byte
 * is cut off.
 */
public final class Sizes {

  private static final String UNITS = "KMGT";

  /** At most as many digits as a long has, so that no input makes the arithmetic long. */
  private static final Pattern SIZE =
      Pattern.compile(
          "(\\d{1,19}(?:\\.\\d{1,19})?)\\s*(?:([KMGT])(?:I?B)?|B)?", Pattern.CASE_INSENSITIVE);

  private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);

  private Sizes() {}

  /**
   * Returns the number of bytes that the text names.
   *
   * @param name what the size is for, named in the message of a failure
   * @param text the size
   * @return the number of bytes, one or more
   * @throws IllegalArgumentException if the text is no size, or one that is less than a byte or
   *     more than {@link Long#MAX_VALUE} bytes
   */
  public static long parse(String name, String text) {
    Matcher matcher = SIZE.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          name + " must be a number of bytes, or a number and one of K, M, G, T: " + text);
    }
    BigDecimal number = new BigDecimal(matcher.group(1));
    BigDecimal bytes = number.multiply(bytesOf(matcher.group(2)));
    if (bytes.compareTo(BigDecimal.ONE) < 0) {
      throw new IllegalArgumentException(name + " must be positive: " + text);
    }
    if (bytes.compareTo(LARGEST) > 0) {
      throw new IllegalArgumentException(
          name + " must be at most " + format(Long.MAX_VALUE) + " bytes: " + text);
    }
    return bytes.longValue();
  }

  /** Returns the shortest text that {@link #parse} turns back into exactly this number of bytes. */
  static String format(long bytes) {
    for (int power = UNITS.length(); power > 0; power--) {
      long unit = 1L << (10 * power);
      if (bytes >= unit && bytes % unit == 0) {
        return bytes / unit + UNITS.substring(power - 1, power);
      }
    }
    return Long.toString(bytes);
  }

  private static BigDecimal bytesOf(@Nullable String unit) {
    int power = (unit == null) ? 0 : UNITS.indexOf(unit.toUpperCase(Locale.ROOT)) + 1;
    return BigDecimal.valueOf(1L << (10 * power));
  }
}
