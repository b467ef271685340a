package org.theine.jcache.config;

import java.net.URI;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.config.Sections.Scope;

/**
 * What the file and the properties of a manager say of its caches. Immutable.
 *
 * <p>For each setting the first of these that says something counts: the cache's own block; the
 * wildcards that match its name, the longest first; the defaults. What a block takes from its
 * template counts as its own. Of each block what a system property says counts before a property of
 * the manager, and that before the file.
 */
public final class ManagerSettings {
  /*
   * Hibernate keeps in one region when each table was last changed, and believes a query's cached
   * result if it is younger. An entry of that region that was evicted or has expired means "never
   * changed": the query then answers from before the change. So what is said of many caches never
   * gives that region a bound or an end of life. It has one name, and two former ones that
   * Hibernate takes where such a cache exists; all are prefixed if there is a prefix for regions.
   */
  private static final List<String> TIMESTAMPS =
      List.of(
          "default-update-timestamps-region",
          "org.hibernate.cache.spi.TimestampsRegion",
          "org.hibernate.cache.spi.UpdateTimestampsCache");

  private final Map<String, Section> templates;
  private final Map<String, Section> caches;
  private final List<Wildcard> wildcards;
  private final Section defaults;

  /** Caches that the file itself names, and where. */
  private final Map<String, String> declared;

  private ManagerSettings(Sections merged, @Nullable Sections file) {
    this.templates = merged.of(Scope.TEMPLATES);
    this.caches = merged.of(Scope.CACHES);
    this.wildcards =
        caches.keySet().stream()
            .filter(Wildcard::is)
            .map(Wildcard::of)
            .sorted(Wildcard.LONGEST_FIRST)
            .toList();
    this.defaults =
        merged.of(Scope.DEFAULTS).getOrDefault("", Section.empty(Scope.DEFAULTS.name(""), ""));
    Map<String, String> places = new TreeMap<>();
    if (file != null) {
      file.of(Scope.CACHES).forEach((name, section) -> places.put(name, section.where()));
    }
    places.keySet().removeIf(Wildcard::is);
    this.declared = Collections.unmodifiableMap(places);
  }

  /**
   * Reads and checks all settings of a manager.
   *
   * @param uri names the file, or nothing but the manager
   * @param isDefault whether this is the default manager, which has a file of a fixed name if one
   *     is on the class path
   * @param classLoader the manager's, which finds resources
   * @param properties those of the manager; others than this provider's are ignored
   * @param check looks at a value that is more than this package knows about, and returns null or
   *     the exception that tells what is wrong
   * @return the settings
   * @throws CacheException if there is no such file, or anything in it or in the properties is
   *     wrong; the message has all mistakes with their places
   */
  public static ManagerSettings read(
      URI uri,
      boolean isDefault,
      ClassLoader classLoader,
      Properties properties,
      Function<Value, @Nullable CacheException> check) {
    Problems problems = new Problems();
    URL url =
        isDefault
            ? ConfigurationSource.ofDefault(classLoader)
            : ConfigurationSource.of(uri, classLoader);
    Sections file = url == null ? null : readFile(url, classLoader, problems);
    Sections merged =
        FlatProperties.ofSystem()
            .read(problems)
            .over(FlatProperties.ofManager(properties).read(problems));
    ManagerSettings settings = new ManagerSettings(file == null ? merged : merged.over(file), file);
    settings.check(problems, check);
    problems.report("cache manager " + uri);
    return settings;
  }

  private static Sections readFile(URL url, ClassLoader classLoader, Problems problems) {
    try {
      return ConfigurationFile.read(url, classLoader, problems);
    } catch (NoClassDefFoundError e) {
      throw new CacheException(
          "configuration file " + url + " needs the library com.typesafe:config on the class path",
          e);
    }
  }

  // ----------------------------------------------------------------------------------------- check

  private void check(Problems problems, Function<Value, @Nullable CacheException> check) {
    List<Section> all = new ArrayList<>(List.of(defaults));
    all.addAll(templates.values());
    all.addAll(caches.values());
    all.forEach(section -> checkTemplate(section, problems));
    all.forEach(section -> section.values().values().forEach(v -> problems.add(check.apply(v))));
    if (problems.count() == 0) { // so each chain of templates ends
      problems.add(new CacheSettings("", defaults).contradiction(false));
      if (problems.count() == 0) { // else each cache would tell it once more
        caches.keySet().forEach(name -> checkWhole(name, problems));
      }
    }
  }

  /** Follows a block's templates; a circle is told for each template of it. */
  private void checkTemplate(Section section, Problems problems) {
    Set<String> seen = new LinkedHashSet<>();
    Value template = section.get(Setting.TEMPLATE);
    while (template != null) {
      String name = template.as(String.class);
      Section next = templates.get(name);
      if (next == null) {
        if (seen.isEmpty()) { // else the template itself tells it
          problems.unknown(
              template.where(), section.whose() + ": no template", name, templates.keySet());
        }
        return;
      }
      boolean isNew = seen.add(name);
      if (section.whose().equals(Scope.TEMPLATES.name(name))) {
        problems.add(
            section.values().get(Setting.TEMPLATE).where(),
            section.whose() + " includes itself: " + name + " -> " + String.join(" -> ", seen));
        return;
      }
      if (!isNew) {
        return; // the templates of the circle tell it
      }
      template = next.get(Setting.TEMPLATE);
    }
  }

  private void checkWhole(String name, Problems problems) {
    problems.add(of(name, true).contradiction(declared.containsKey(name)));
  }

  // ---------------------------------------------------------------------------------------- answer

  /**
   * Returns the caches that the file names, which exist from the beginning.
   *
   * @return their names in the order of the alphabet, unmodifiable
   */
  public Set<String> declared() {
    return declared.keySet();
  }

  /**
   * Returns where a cache was declared.
   *
   * @param cacheName its name
   * @return the file and line, or null if it was not
   */
  public @Nullable String whereDeclared(String cacheName) {
    return declared.get(cacheName);
  }

  /**
   * Returns what holds for a cache that the file declares.
   *
   * @param cacheName its name
   * @return its settings
   */
  public CacheSettings ofDeclared(String cacheName) {
    return of(cacheName, true);
  }

  /**
   * Returns what holds for a cache that a program makes. The defaults do not make it store by
   * reference: a program that relies on copies must not lose them by a line about all caches.
   *
   * @param cacheName its name
   * @return its settings
   */
  public CacheSettings ofMade(String cacheName) {
    return of(cacheName, false);
  }

  private CacheSettings of(String cacheName, boolean isDeclared) {
    Section own = caches.get(cacheName);
    Section weaker = isDeclared ? defaults : defaults.without(s -> s == Setting.STORE_BY_VALUE);
    for (int i = wildcards.size() - 1; i >= 0; i--) {
      Wildcard wildcard = wildcards.get(i);
      if (wildcard.matches(cacheName) && !wildcard.name().equals(cacheName)) {
        weaker = withTemplates(caches.get(wildcard.name())).over(weaker);
      }
    }
    if (isTimestamps(cacheName)) {
      weaker = weaker.without(ManagerSettings::losesEntries);
    }
    if (own == null) {
      return new CacheSettings(cacheName, weaker);
    }
    Section whole = isTimestamps(cacheName) ? ownTimestamps(own) : withTemplates(own);
    return new CacheSettings(cacheName, whole.over(weaker));
  }

  private Section ownTimestamps(Section own) {
    return own.over(withTemplates(own).without(ManagerSettings::losesEntries));
  }

  private Section withTemplates(Section section) {
    Value template = section.get(Setting.TEMPLATE);
    if (template == null) {
      return section;
    }
    return section.over(withTemplates(templates.get(template.as(String.class))));
  }

  /**
   * Tells whether this is the region in which Hibernate keeps when tables were changed, which must
   * not lose entries.
   *
   * @param cacheName the name of a cache
   * @return true for that region, with and without a prefix
   */
  public static boolean isTimestamps(String cacheName) {
    return TIMESTAMPS.stream()
        .anyMatch(name -> cacheName.equals(name) || cacheName.endsWith("." + name));
  }

  private static boolean losesEntries(Setting setting) {
    return setting.isBound() || setting.isExpiry() || setting == Setting.WEIGHER;
  }
}
