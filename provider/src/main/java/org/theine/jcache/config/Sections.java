package org.theine.jcache.config;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The blocks of one source, while it is being read. For one thread. */
final class Sections {

  /** The three kinds of blocks. */
  enum Scope {
    DEFAULTS("defaults") {
      @Override
      String name(String block) {
        return "the defaults";
      }
    },
    TEMPLATES("templates") {
      @Override
      String name(String block) {
        return "template '" + block + "'";
      }
    },
    CACHES("caches") {
      @Override
      String name(String block) {
        return "cache '" + block + "'";
      }
    };

    final String key;

    Scope(String key) {
      this.key = key;
    }

    /** A block as messages name it. */
    abstract String name(String block);
  }

  private final Map<Scope, Map<String, Section>> blocks = new EnumMap<>(Scope.class);
  private final Problems problems;

  Sections(Problems problems) {
    this.problems = problems;
    for (Scope scope : Scope.values()) {
      blocks.put(scope, new TreeMap<>());
    }
  }

  /** Sees to it that there is such a block, even if it says nothing. */
  void declare(Scope scope, String block, String where) {
    blocks.get(scope).computeIfAbsent(block, name -> Section.empty(scope.name(name), where));
  }

  /** Adds what a block says of a setting; a mistake becomes a problem. */
  void add(Scope scope, String block, String key, String text, String where) {
    Setting setting = setting(scope, block, key, where);
    if (setting == null) {
      return;
    }
    String stripped = text.strip();
    Object content = setting.kind().read(stripped);
    if (content == null) {
      refuse(scope, block, setting, stripped, where);
    } else {
      add(scope, block, setting, content, where);
    }
  }

  /** Tells that a value is none of the setting's kind. */
  void refuse(Scope scope, String block, Setting setting, String text, String where) {
    problems.add(
        where,
        "%s: %s must be %s: %s"
            .formatted(
                scope.name(block), setting.key(), setting.kind().rule().replace("`", ""), text));
  }

  /** The setting of this name if the block may have it; otherwise null, and a problem. */
  @Nullable Setting setting(Scope scope, String block, String key, String where) {
    Setting setting = Setting.of(key);
    if (setting == null) {
      problems.unknown(where, scope.name(block) + ": no setting", key, Setting.keys());
    } else if (scope == Scope.DEFAULTS && !setting.mayBeDefault()) {
      problems.add(where, "the defaults: no " + key + " can stand here");
      return null;
    }
    return setting;
  }

  /** Adds what a block says of a setting. */
  void add(Scope scope, String block, Setting setting, Object content, String where) {
    declare(scope, block, where);
    Section section = blocks.get(scope).get(block);
    for (Setting said : section.values().keySet()) {
      if (said.contradicts(setting)) {
        problems.add(
            where,
            "%s: one of %s and %s, not both"
                .formatted(
                    scope.name(block), first(said, setting).key(), last(said, setting).key()));
      }
    }
    Value before = section.get(setting);
    if (before != null) {
      problems.add(
          where,
          "%s: %s is said twice, also in %s"
              .formatted(before.whose(), setting.key(), before.where()));
    }
    Value value = new Value(setting, content, scope.name(block), where);
    Section one = new Section(section.whose(), section.where(), Map.of(setting, value));
    Map<Setting, Value> more = new EnumMap<>(one.values());
    section.values().forEach(more::putIfAbsent);
    blocks.get(scope).put(block, new Section(section.whose(), section.where(), more));
  }

  private static Setting first(Setting one, Setting other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Setting last(Setting one, Setting other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  Map<String, Section> of(Scope scope) {
    return blocks.get(scope);
  }

  /** The blocks of this source over those of a weaker one. */
  Sections over(Sections weaker) {
    Sections merged = new Sections(problems);
    blocks.forEach(
        (scope, sections) -> {
          Map<String, Section> target = merged.blocks.get(scope);
          target.putAll(weaker.blocks.get(scope));
          sections.forEach((name, section) -> target.merge(name, section, (old, s) -> s.over(old)));
        });
    return merged;
  }
}
