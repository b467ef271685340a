package org.theine.jcache.config;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One block of settings: of a cache or a wildcard, of a template, or the defaults. Immutable.
 *
 * @param whose the block as messages name it
 * @param where the file and line where it begins, or the property that made it
 */
record Section(String whose, String where, Map<Setting, Value> values) {

  Section {
    values = Collections.unmodifiableMap(new EnumMap<>(checkedNotEmpty(values)));
  }

  /** An EnumMap copies no plain map that is empty. */
  private static Map<Setting, Value> checkedNotEmpty(Map<Setting, Value> values) {
    return values.isEmpty() ? new EnumMap<>(Setting.class) : values;
  }

  static Section empty(String whose, String where) {
    return new Section(whose, where, Map.of());
  }

  @Nullable Value get(Setting setting) {
    return values.get(setting);
  }

  /** This block's settings, and those of a weaker one about which this one says nothing. */
  Section over(Section weaker) {
    Map<Setting, Value> merged = new EnumMap<>(Setting.class);
    merged.putAll(weaker.values);
    merged.keySet().removeIf(setting -> answers(setting, values.keySet()));
    merged.putAll(values);
    return new Section(whose, where, merged);
  }

  private static boolean answers(Setting asked, Collection<Setting> said) {
    return said.stream().anyMatch(asked::answersAs);
  }

  /** The block without some of its settings. */
  Section without(Predicate<Setting> unwanted) {
    Map<Setting, Value> kept = new EnumMap<>(Setting.class);
    kept.putAll(values);
    kept.keySet().removeIf(unwanted);
    return new Section(whose, where, kept);
  }
}
