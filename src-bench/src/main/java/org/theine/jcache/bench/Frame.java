package org.theine.jcache.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page with gaps: a resource in which <code>{{name}}</code> stands for what is known only when
 * the page is written.
 *
 * @param name of the resource
 * @param text the page, with its gaps
 */
public record Frame(String name, String text) {
  private static final Pattern GAP = Pattern.compile("\\{\\{(\\w+)\\}\\}");

  /** Reads the resource beside a class. */
  public static Frame of(Class<?> neighbour, String name) throws IOException {
    try (InputStream in = neighbour.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException(name + ": no such resource in " + neighbour.getPackageName());
      }
      return new Frame(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /** The page; every gap must have a text. */
  public String filled(Map<String, String> texts) {
    return GAP.matcher(text)
        .replaceAll(gap -> Matcher.quoteReplacement(textOf(texts, gap.group(1))));
  }

  private String textOf(Map<String, String> texts, String gap) {
    String known = texts.get(gap);
    if (known == null) {
      throw new IllegalStateException(name + ": nothing is known of '" + gap + "'");
    }
    return known;
  }

  /** A text as HTML shows it, also in the value of an attribute. */
  public static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("'", "&#39;")
        .replace("\"", "&quot;");
  }
}
