package org.theine.jcache.spring;

import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContext;
import org.springframework.util.ClassUtils;

/**
 * The properties {@code theine.jcache.*} of an application, as the manager wants them: {@code
 * theine.jcache.caches.NAME.SETTING}. Names of caches in brackets lose them: {@code
 * theine.jcache.caches[com.acme.Product].ttl} is of the cache {@code com.acme.Product}. Immutable.
 */
final class EnvironmentProperties {
  static final String ROOT = "theine.jcache";
  static final String PREFIX = ROOT + ".";

  private static final String CACHES = "caches.";
  private static final String STATISTICS = "defaults.statistics";
  private static final String BY_VALUE = "defaults.store-by-value";
  private static final Set<String> OFF = Set.of("off", "false", "no");

  /** Not of a manager: a property of the system, which is a part of the environment. */
  private static final String HASH_SEED = "hash-seed";

  /** By its name: an application need not have it on its class path. */
  private static final String METER_REGISTRY = "io.micrometer.core.instrument.MeterRegistry";

  private final ApplicationContext application;

  EnvironmentProperties(ApplicationContext application) {
    this.application = application;
  }

  /**
   * Puts the properties of the application into those that a manager is to be made with. With a
   * meter registry statistics are on among the defaults, unless the environment says otherwise. A
   * file's defaults count for less than that, since it is read later; the block of a cache counts
   * for more.
   */
  void copyTo(Properties properties) {
    Map<String, String> said = said();
    if (measures()) {
      said.putIfAbsent(STATISTICS, "true"); // without them all meters of a cache read zero
    }
    said.forEach((key, value) -> properties.setProperty(PREFIX + key, value));
  }

  /** Returns the caches that have settings of their own, by name and not by a wildcard. */
  Set<String> cacheNames() {
    Set<String> names = new TreeSet<>();
    for (String key : said().keySet()) {
      int end = key.lastIndexOf('.');
      if (key.startsWith(CACHES) && end > CACHES.length() && key.indexOf('*') < 0) {
        names.add(key.substring(CACHES.length(), end));
      }
    }
    return names;
  }

  /** Whether the application wants its caches to hold the objects themselves, and no copies. */
  boolean isByReference() {
    return OFF.contains(said().getOrDefault(BY_VALUE, "").toLowerCase(Locale.ROOT));
  }

  private Map<String, String> said() {
    Map<String, String> said = new TreeMap<>();
    read().forEach((key, value) -> said.put(SettingNames.canonical(key), value));
    said.remove(HASH_SEED);
    return said;
  }

  private Map<String, String> read() {
    return Binder.get(application.getEnvironment())
        .bind(ROOT, Bindable.mapOf(String.class, String.class))
        .orElse(Map.of());
  }

  private boolean measures() {
    ClassLoader loader = application.getClassLoader();
    if (!ClassUtils.isPresent(METER_REGISTRY, loader)) {
      return false;
    }
    Class<?> registry = ClassUtils.resolveClassName(METER_REGISTRY, loader);
    return BeanFactoryUtils.beanNamesForTypeIncludingAncestors(application, registry, true, false)
            .length
        > 0;
  }
}
