package org.theine.jcache.config;

import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * A name of caches in which {@code *} stands for any characters, or none. Immutable.
 *
 * @param name the name as it was written
 * @param pattern the same as an expression
 */
record Wildcard(String name, Pattern pattern) {

  /** The longest first: most characters that are no asterisk, then the longer beginning. */
  static final Comparator<Wildcard> LONGEST_FIRST =
      Comparator.comparingInt((Wildcard wildcard) -> -wildcard.length())
          .thenComparingInt(wildcard -> -wildcard.name.indexOf('*'))
          .thenComparing(Wildcard::name);

  static boolean is(String name) {
    return name.indexOf('*') >= 0;
  }

  static Wildcard of(String name) {
    String[] parts = name.split("\\*", -1);
    StringBuilder expression = new StringBuilder(Pattern.quote(parts[0]));
    for (int i = 1; i < parts.length; i++) {
      expression.append(".*?").append(Pattern.quote(parts[i]));
    }
    return new Wildcard(name, Pattern.compile(expression.toString(), Pattern.DOTALL));
  }

  boolean matches(String cacheName) {
    return pattern.matcher(cacheName).matches();
  }

  private int length() {
    return name.replace("*", "").length();
  }
}
