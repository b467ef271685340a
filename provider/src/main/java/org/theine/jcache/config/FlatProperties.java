package org.theine.jcache.config;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.config.Sections.Scope;

/**
 * Reads flat properties, those of the system or of a manager: {@code
 * theine.jcache.caches.NAME.SETTING}, {@code theine.jcache.templates.NAME.SETTING}, {@code
 * theine.jcache.defaults.SETTING}. A name may have dots; a setting has none. Others than these are
 * somebody else's.
 */
final class FlatProperties {
  static final String PREFIX = "theine.jcache.";

  /** Of the system only, and read elsewhere: fixes the hashes, so that runs repeat exactly. */
  static final String HASH_SEED = PREFIX + "hash-seed";

  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,19}");

  private final String kind;
  private final Map<String, String> properties = new TreeMap<>();
  private @Nullable String hashSeed;

  private FlatProperties(String kind) {
    this.kind = kind;
  }

  static FlatProperties ofSystem() {
    FlatProperties flat = new FlatProperties("system property ");
    try {
      flat.take(System.getProperties());
    } catch (SecurityException e) {
      throw new CacheException("system properties " + PREFIX + "* may not be read", e);
    }
    flat.hashSeed = flat.properties.remove(HASH_SEED);
    return flat;
  }

  static FlatProperties ofManager(Properties properties) {
    FlatProperties flat = new FlatProperties("manager property ");
    flat.take(properties);
    return flat;
  }

  /** Takes texts, with those of the defaults behind them, and other objects by their text. */
  private void take(Properties all) {
    for (String property : all.stringPropertyNames()) {
      if (property.startsWith(PREFIX)) {
        properties.put(property, all.getProperty(property));
      }
    }
    all.forEach(
        (property, value) -> {
          if (property instanceof String name && name.startsWith(PREFIX)) {
            properties.putIfAbsent(name, String.valueOf(value));
          }
        });
  }

  Sections read(Problems problems) {
    Sections sections = new Sections(problems);
    if (hashSeed != null && !NUMBER.matcher(hashSeed.strip()).matches()) {
      problems.add(kind + HASH_SEED, "must be a number: " + hashSeed);
    }
    properties.forEach((property, text) -> read(property, text, sections, problems));
    return sections;
  }

  private void read(String property, String text, Sections sections, Problems problems) {
    String where = kind + property;
    String path = property.substring(PREFIX.length());
    int first = path.indexOf('.');
    int last = path.lastIndexOf('.');
    String head = first < 0 ? path : path.substring(0, first);
    String key = path.substring(last + 1);
    if (head.equals(Scope.DEFAULTS.key) && first > 0 && first == last) {
      sections.add(Scope.DEFAULTS, "", key, text, where);
    } else if (head.equals(Scope.TEMPLATES.key) && first + 1 < last) {
      sections.add(Scope.TEMPLATES, path.substring(first + 1, last), key, text, where);
    } else if (head.equals(Scope.CACHES.key) && first + 1 < last) {
      sections.add(Scope.CACHES, path.substring(first + 1, last), key, text, where);
    } else if (Stream.of(Scope.values()).anyMatch(scope -> scope.key.equals(head))) {
      problems.add(
          where,
          "must have the form %sdefaults.SETTING, %<scaches.NAME.SETTING or %<stemplates.NAME.SETTING"
              .formatted(PREFIX));
    } else {
      problems.unknown(
          where,
          "no part",
          head,
          List.of(Scope.DEFAULTS.key, Scope.TEMPLATES.key, Scope.CACHES.key));
    }
  }
}
