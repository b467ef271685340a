package org.theine.jcache.config;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a setting's value is, how it is written, and what it becomes. */
public enum Kind {

  /** Becomes a {@code Long}. */
  COUNT("a whole number from 1, or `unbounded`") {
    @Override
    @Nullable Object read(String text) {
      return text.equalsIgnoreCase(UNBOUNDED_WORD) ? (Object) UNBOUNDED : positive(text);
    }
  },

  /** Becomes a {@code Long}. */
  SIZE("a number from 1, alone or with K, M, G or T (powers of 1024), or `unbounded`") {
    @Override
    @Nullable Object read(String text) {
      if (text.equalsIgnoreCase(UNBOUNDED_WORD)) {
        return UNBOUNDED;
      }
      try {
        return Sizes.parse("size", text);
      } catch (IllegalArgumentException e) {
        return null; // the rule of this kind says what is wrong
      }
    }
  },

  /** Becomes an {@code Integer}. */
  SHARDS("a power of two from 1 to 65536") {
    @Override
    @Nullable Object read(String text) {
      Long number = positive(text);
      boolean fits = number != null && number <= MAXIMUM_SHARDS && Long.bitCount(number) == 1;
      return fits ? (Object) number.intValue() : null;
    }
  },

  /** Becomes a {@code javax.cache.expiry.Duration}. */
  DURATION("a number with one of ms, s, m, h, d, from 1ms to 292 years, or `eternal`") {
    @Override
    @Nullable Object read(String text) {
      return Durations.parse(text);
    }
  },

  /** Becomes a {@code Boolean}. */
  SWITCH("on or off") {
    @Override
    @Nullable Object read(String text) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "on", "true", "yes" -> Boolean.TRUE;
        case "off", "false", "no" -> Boolean.FALSE;
        default -> null;
      };
    }
  },

  /** Becomes the word, a {@code String} of lower case. */
  EVICTION_EVENTS("removed, evicted-only or none") {
    @Override
    @Nullable Object read(String text) {
      String word = text.toLowerCase(Locale.ROOT);
      return Set.of("removed", "evicted-only", "none").contains(word) ? word : null;
    }
  },

  /** A name that stands in {@code templates}; stays a {@code String}. */
  TEMPLATE("the name of a template") {
    @Override
    @Nullable Object read(String text) {
      return text.isEmpty() ? null : text;
    }
  },

  /** Any type that a key or a value may have; stays a {@code String}. */
  TYPE("the name of a class, with `[]` behind it for arrays") {
    @Override
    @Nullable Object read(String text) {
      return className(text.replace("[]", "")) == null ? null : text;
    }
  },

  /** A class of which an instance is made; stays a {@code String}. */
  CLASS("the name of a class, or of a `Factory` of it, with a constructor without arguments") {
    @Override
    @Nullable Object read(String text) {
      return className(text);
    }
  },

  /** Becomes a {@code List} of {@code String}s. */
  TYPES("a list of names of classes") {
    @Override
    @Nullable Object read(String text) {
      List<String> names =
          COMMA.splitAsStream(text).map(String::strip).filter(name -> !name.isEmpty()).toList();
      boolean valid = names.stream().allMatch(name -> className(name) != null);
      return valid ? names : null;
    }
  },

  /** Becomes a {@code List} of {@link ListenerSettings}. */
  LISTENERS("a list of names of classes, or of blocks with `class`, see below") {
    @Override
    @Nullable Object read(String text) {
      @SuppressWarnings("unchecked")
      List<String> names = (List<String>) TYPES.read(text);
      return names == null ? null : names.stream().map(ListenerSettings::of).toList();
    }
  };

  /** What {@code unbounded} becomes. */
  public static final Long UNBOUNDED = Long.MAX_VALUE;

  private static final String UNBOUNDED_WORD = "unbounded";
  private static final long MAXIMUM_SHARDS = 1 << 16;
  private static final Pattern COMMA = Pattern.compile(",");
  private static final Pattern DIGITS = Pattern.compile("\\d{1,19}");
  private static final Pattern CLASS_NAME =
      Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*(\\.[\\p{L}_$][\\p{L}\\p{N}_$]*)*");

  private final String rule;

  Kind(String rule) {
    this.rule = rule;
  }

  /**
   * Returns what the value must be.
   *
   * @return words that follow "must be"; what stands between backquotes is to be written as it is
   */
  public String rule() {
    return rule;
  }

  /** Returns what a text becomes, or null if it breaks the rule. */
  abstract @Nullable Object read(String text);

  private static @Nullable Long positive(String text) {
    Matcher matcher = DIGITS.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    try {
      long number = Long.parseLong(text);
      return number > 0 ? (Long) number : null;
    } catch (NumberFormatException e) { // nineteen digits may be too many
      return null;
    }
  }

  private static @Nullable String className(String text) {
    return CLASS_NAME.matcher(text).matches() ? text : null;
  }
}
