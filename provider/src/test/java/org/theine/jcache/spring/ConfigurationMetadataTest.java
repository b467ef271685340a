package org.theine.jcache.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.theine.jcache.config.Kind;
import org.theine.jcache.config.Setting;

/** What the editors of application.properties complete is what the provider knows. */
final class ConfigurationMetadataTest {
  private static final String DEFAULTS = "theine.jcache.defaults.";

  private final List<? extends Config> properties =
      ConfigFactory.parseResources("META-INF/spring-configuration-metadata.json")
          .getConfigList("properties");

  @Test
  void properties_ofTheMetadata_areTheSettings() {
    List<String> settings =
        Stream.of(Setting.values()).map(setting -> DEFAULTS + setting.key()).toList();

    assertThat(properties.stream().map(each -> each.getString("name")))
        .containsAll(settings)
        .containsOnlyOnceElementsOf(settings)
        .hasSize(settings.size() + 2)
        .contains("theine.jcache.caches", "theine.jcache.templates");
  }

  @Test
  void properties_ofTheMetadata_haveADescriptionAndTheDefaultOfTheSetting() {
    for (Config property : properties) {
      assertThat(property.getString("description")).endsWith(".");
      if (property.hasPath("defaultValue")) {
        Setting setting = setting(property.getString("name"));
        String expected = setting.without();
        String value = property.getValue("defaultValue").unwrapped().toString();
        assertThat(setting.kind() == Kind.SWITCH ? (value.equals("true") ? "on" : "off") : value)
            .as(setting.key())
            .isEqualTo(expected);
      }
    }
  }

  private static Setting setting(String property) {
    return Stream.of(Setting.values())
        .filter(each -> property.equals(DEFAULTS + each.key()))
        .findFirst()
        .orElseThrow();
  }
}
