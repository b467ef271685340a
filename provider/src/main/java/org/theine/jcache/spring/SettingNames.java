package org.theine.jcache.spring;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.theine.jcache.config.Setting;

/**
 * The spellings that Spring allows for the name of a setting, as it does for its own properties:
 * {@code evictionEvents}, {@code eviction_events} and the {@code EVICTIONEVENTS} of an environment
 * variable are all {@code eviction-events}. Names of caches and templates stay as they are written.
 */
final class SettingNames {
  private static final Map<String, String> BY_LETTERS = new HashMap<>();

  static {
    for (Setting setting : Setting.values()) {
      BY_LETTERS.put(letters(setting.key()), setting.key());
    }
  }

  private SettingNames() {}

  /** Returns a key with the setting at its end as the manager spells it, or as it is if unknown. */
  static String canonical(String key) {
    int setting = key.lastIndexOf('.') + 1;
    String known = BY_LETTERS.get(letters(key.substring(setting)));
    return known == null ? key : key.substring(0, setting) + known;
  }

  private static String letters(String name) {
    return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
  }
}
