package org.theine.jcache.packaging;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads JSON without escapes into maps, lists, strings and Booleans, strictly. For one thread. */
final class Json {
  private static final Pattern TOKEN =
      Pattern.compile("\\s*(?:\"([^\"\\\\]*)\"|(true|false)|([\\[\\]{}:,]))\\s*");

  private final String text;
  private final Matcher tokens;
  private int at;

  private Json(String text) {
    this.text = text;
    tokens = TOKEN.matcher(text);
    next();
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> object(String text) {
    return (Map<String, Object>) new Json(text).value();
  }

  private void next() {
    if (at < text.length()) {
      if (!tokens.find(at) || tokens.start() != at) {
        throw new IllegalArgumentException("not JSON: " + text.substring(at));
      }
      at = tokens.end();
    }
  }

  private boolean skip(String mark) {
    if (mark.equals(tokens.group(3))) {
      next();
      return true;
    }
    return false;
  }

  private void require(String mark) {
    if (!skip(mark)) {
      throw new IllegalArgumentException(mark + " expected before " + text.substring(at));
    }
  }

  private Object value() {
    if (skip("{")) {
      return members();
    }
    if (skip("[")) {
      return elements();
    }
    String string = tokens.group(1);
    Object value = string == null ? (Object) Boolean.valueOf(tokens.group(2)) : string;
    next();
    return value;
  }

  private Map<String, Object> members() {
    Map<String, Object> members = new LinkedHashMap<>();
    do {
      String name = (String) value();
      require(":");
      if (at == text.length() || members.put(name, value()) != null) {
        throw new IllegalArgumentException("twice: " + name);
      }
    } while (skip(","));
    closing("}");
    return members;
  }

  private List<Object> elements() {
    List<Object> elements = new ArrayList<>();
    if (skip("]")) {
      return elements;
    }
    do {
      elements.add(value());
    } while (skip(","));
    closing("]");
    return elements;
  }

  private void closing(String mark) {
    if (at == text.length() && mark.equals(tokens.group(3))) {
      return; // the last one
    }
    require(mark);
  }
}
