package org.theine.jcache.spring;

import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;

/** Where the properties {@code theine.jcache.*} of an application were written. */
final class PropertyOrigins {
  private static final ConfigurationPropertyName ROOT =
      ConfigurationPropertyName.of(EnvironmentProperties.ROOT);

  private PropertyOrigins() {}

  /** Returns the place of each property, by the name that the manager has for it. */
  static Map<String, String> of(Environment environment) {
    Map<String, String> origins = new TreeMap<>();
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      if (source instanceof IterableConfigurationPropertySource iterable) {
        iterable.stream()
            .filter(ROOT::isAncestorOf)
            .forEach(name -> origins.putIfAbsent(managersName(name), place(source, name)));
      }
    }
    return origins;
  }

  private static String place(ConfigurationPropertySource source, ConfigurationPropertyName name) {
    ConfigurationProperty property = source.getConfigurationProperty(name);
    return property == null || property.getOrigin() == null
        ? String.valueOf(source.getUnderlyingSource())
        : property.getOrigin().toString();
  }

  private static String managersName(ConfigurationPropertyName name) {
    StringBuilder key = new StringBuilder();
    for (int i = ROOT.getNumberOfElements(); i < name.getNumberOfElements(); i++) {
      key.append(i == ROOT.getNumberOfElements() ? "" : ".")
          .append(name.getElement(i, Form.ORIGINAL));
    }
    return EnvironmentProperties.PREFIX + SettingNames.canonical(key.toString());
  }
}
