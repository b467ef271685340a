package org.theine.jcache.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.config.Sections.Scope;

/**
 * Reads the blocks of a file in HOCON, JSON or the form of properties. For one thread.
 *
 * <p>The syntax is that of <a
 * href="https://github.com/lightbend/config/blob/main/HOCON.md">HOCON</a>, read by its library;
 * this class knows what the blocks mean. The name of a cache is the key of its block, or, where
 * nobody has quoted it, the keys of the blocks around each other with dots between them: {@code
 * com.acme.Product { }} is read as three blocks and means one.
 */
final class ConfigurationFile {
  private static final String ROOT = "theine";
  private static final String BLOCK = "jcache";
  private static final Pattern RESERVED = Pattern.compile("reserved|path has|not allowed|quot");

  private static final Set<String> LISTENER_KEYS =
      Set.of(
          ListenerSettings.CLASS,
          ListenerSettings.FILTER,
          ListenerSettings.OLD_VALUE,
          ListenerSettings.SYNCHRONOUS);

  private final URL url;
  private final Problems problems;
  private final Sections sections;

  private ConfigurationFile(URL url, Problems problems) {
    this.url = url;
    this.problems = problems;
    this.sections = new Sections(problems);
  }

  /**
   * Reads a file.
   *
   * @param url the file
   * @param classLoader finds resources that the file includes
   * @param problems takes what is wrong with the settings
   * @return its blocks
   * @throws CacheException if it cannot be read, or breaks the rules of its syntax
   */
  static Sections read(URL url, ClassLoader classLoader, Problems problems) {
    ConfigurationFile file = new ConfigurationFile(url, problems);
    file.read(file.parse(classLoader));
    return file.sections;
  }

  private ConfigObject parse(ClassLoader classLoader) {
    ConfigParseOptions options =
        ConfigParseOptions.defaults()
            .setAllowMissing(false)
            .setClassLoader(classLoader)
            .setIncluder(new LocalIncluder(url));
    try {
      return resolved(ConfigFactory.parseURL(url, options));
    } catch (ConfigException.IO e) {
      throw new CacheException("configuration file " + url + " cannot be read", e);
    } catch (ConfigException e) {
      boolean aboutNames =
          e instanceof ConfigException.BadPath || RESERVED.matcher(e.getMessage()).find();
      throw refused(e, aboutNames ? "; a name with *, #, $ or a dot at its end wants quotes" : "");
    }
  }

  /**
   * The file with its variables; those outside of our block may be of others, and without value.
   */
  private static ConfigObject resolved(Config config) {
    try {
      return config.resolve().root();
    } catch (ConfigException.UnresolvedSubstitution e) {
      Config others = config.resolve(ConfigResolveOptions.defaults().setAllowUnresolved(true));
      try {
        ConfigObject block = (ConfigObject) ((ConfigObject) others.root().get(ROOT)).get(BLOCK);
        if (block.toConfig().isResolved()) {
          return others.root();
        }
      } catch (ConfigException.NotResolved | ClassCastException | NullPointerException ours) {
        e.addSuppressed(ours);
      }
      throw e;
    }
  }

  private CacheException refused(ConfigException e, String advice) {
    ConfigOrigin origin = e.origin();
    if (origin == null) {
      return new CacheException("configuration file " + url + ": " + e.getMessage() + advice, e);
    }
    String message = e.getMessage().replace(origin.description() + ": ", "");
    return new CacheException("configuration file " + where(origin) + ": " + message + advice, e);
  }

  // ---------------------------------------------------------------------------------------- blocks

  private void read(ConfigObject file) {
    ConfigValue outer = file.get(ROOT);
    ConfigValue block = outer instanceof ConfigObject object ? object.get(BLOCK) : null;
    if (!(block instanceof ConfigObject)) {
      problems.add(url.toString(), "has no block " + ROOT + "." + BLOCK);
      return;
    }
    sorted((ConfigObject) block)
        .forEach(
            (key, value) -> {
              Scope scope = scope(key, value);
              if (scope != null && value instanceof ConfigObject object) {
                read(scope, object);
              } else if (scope != null && value.valueType() != ConfigValueType.NULL) {
                problems.add(where(value), key + " must be a block of settings: " + text(value));
              }
            });
  }

  private @Nullable Scope scope(String key, ConfigValue value) {
    for (Scope scope : Scope.values()) {
      if (scope.key.equals(key)) {
        return scope;
      }
    }
    List<String> keys = Stream.of(Scope.values()).map(scope -> scope.key).toList();
    problems.unknown(where(value), "no part", key, keys);
    return null;
  }

  private void read(Scope scope, ConfigObject object) {
    if (scope == Scope.DEFAULTS) {
      sections.declare(scope, "", where(object));
      sorted(object).forEach((key, value) -> setting(scope, "", key, value));
      return;
    }
    sorted(object)
        .forEach(
            (name, value) -> {
              if (value instanceof ConfigObject block) {
                block(scope, name, block);
              } else if (value.valueType() != ConfigValueType.NULL) {
                problems.add(
                    where(value),
                    scope.name(name) + " must be a block of settings: " + text(value));
              }
            });
  }

  /** Reads a block, and those in it, which are of other caches whose names begin like this one. */
  private void block(Scope scope, String name, ConfigObject block) {
    Map<String, ConfigValue> values = sorted(block);
    boolean hasSettings =
        values.values().stream().anyMatch(value -> !(value instanceof ConfigObject));
    if (hasSettings || values.isEmpty()) {
      sections.declare(scope, name, where(block));
    }
    values.forEach(
        (key, value) -> {
          if (value instanceof ConfigObject inner && Setting.of(key) == null) {
            if (hasSettings && !isFlat()) {
              problems.add(
                  where(inner),
                  scope.name(name)
                      + ": no block '"
                      + key
                      + "' here; the name of a cache wants quotes");
            } else {
              block(scope, name + "." + key, inner);
            }
          } else {
            setting(scope, name, key, value);
          }
        });
  }

  /** In the form of properties every dot begins a block, and no name can be quoted. */
  private boolean isFlat() {
    return url.getPath().toLowerCase(Locale.ROOT).endsWith(".properties");
  }

  // -------------------------------------------------------------------------------------- settings

  private void setting(Scope scope, String block, String key, ConfigValue value) {
    switch (value.valueType()) {
      case NULL -> sections.setting(scope, block, key, where(value)); // says nothing, if it exists
      case LIST -> list(scope, block, key, (ConfigList) value);
      case OBJECT -> {
        Setting setting = sections.setting(scope, block, key, where(value));
        if (setting != null) {
          sections.refuse(scope, block, setting, "a block; quote names with dots", where(value));
        }
      }
      default -> sections.add(scope, block, key, text(value), where(value));
    }
  }

  private void list(Scope scope, String block, String key, ConfigList list) {
    Setting setting = sections.setting(scope, block, key, where(list));
    if (setting == null) {
      return;
    }
    if (setting.kind() == Kind.LISTENERS) {
      listeners(scope, block, setting, list);
    } else if (setting.kind() == Kind.TYPES && list.stream().allMatch(this::isText)) {
      String names = list.stream().map(this::text).collect(Collectors.joining(","));
      sections.add(scope, block, key, names, where(list));
    } else {
      sections.refuse(scope, block, setting, text(list), where(list));
    }
  }

  private void listeners(Scope scope, String block, Setting setting, ConfigList list) {
    List<ListenerSettings> listeners = new ArrayList<>();
    for (ConfigValue element : list) {
      ListenerSettings listener = listener(scope, block, element);
      if (listener == null) {
        return; // told already
      }
      listeners.add(listener);
    }
    sections.add(scope, block, setting, List.copyOf(listeners), where(list));
  }

  private @Nullable ListenerSettings listener(Scope scope, String block, ConfigValue element) {
    if (isText(element) && Kind.CLASS.read(text(element)) != null) {
      return ListenerSettings.of(text(element));
    }
    if (!(element instanceof ConfigObject fields)) {
      sections.refuse(scope, block, Setting.LISTENERS, text(element), where(element));
      return null;
    }
    String whose = scope.name(block) + ": listeners: ";
    for (String key : sorted(fields).keySet()) {
      if (!LISTENER_KEYS.contains(key)) {
        problems.unknown(where(fields.get(key)), whose + "no setting", key, LISTENER_KEYS);
        return null;
      }
    }
    String listener = field(fields, ListenerSettings.CLASS, Kind.CLASS, whose);
    if (listener == null) {
      problems.add(where(element), whose + "a listener must have a class");
      return null;
    }
    return new ListenerSettings(
        listener,
        field(fields, ListenerSettings.FILTER, Kind.CLASS, whose),
        isOn(fields, ListenerSettings.OLD_VALUE, whose),
        isOn(fields, ListenerSettings.SYNCHRONOUS, whose));
  }

  private boolean isOn(ConfigObject fields, String key, String whose) {
    String text = field(fields, key, Kind.SWITCH, whose);
    return text != null && Boolean.TRUE.equals(Kind.SWITCH.read(text));
  }

  /** The text of a field, or null if it is absent or, which is told, none of its kind. */
  private @Nullable String field(ConfigObject fields, String key, Kind kind, String whose) {
    ConfigValue value = fields.get(key);
    if (value == null || value.valueType() == ConfigValueType.NULL) {
      return null;
    }
    String text = text(value);
    if (!isText(value) || kind.read(text) == null) {
      problems.add(
          where(value), whose + key + " must be " + kind.rule().replace("`", "") + ": " + text);
      return null;
    }
    return text;
  }

  // --------------------------------------------------------------------------------------- helpers

  /** In the order of the alphabet, so that messages do not change from run to run. */
  private static Map<String, ConfigValue> sorted(ConfigObject object) {
    return new TreeMap<>(object);
  }

  private boolean isText(ConfigValue value) {
    return !(value instanceof ConfigObject) && !(value instanceof ConfigList);
  }

  private String text(ConfigValue value) {
    return String.valueOf(value.unwrapped()).strip();
  }

  private String where(ConfigValue value) {
    return where(value.origin());
  }

  /** The file, which may be one that was included, and the line where its form has lines. */
  private String where(ConfigOrigin origin) {
    String file;
    if (origin.filename() != null) {
      file = origin.filename();
    } else if (origin.url() != null) {
      file = origin.url().toString();
    } else if (origin.resource() != null) {
      file = origin.resource();
    } else {
      return url + ", " + origin.description();
    }
    return origin.lineNumber() < 1 ? file : file + ", line " + origin.lineNumber();
  }
}
