package org.theine.jcache.hibernate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.hibernate.cache.jcache.ConfigSettings;

/** Writes files of the provider's settings, and the settings of Hibernate that name them. */
final class ConfigurationFile {
  private ConfigurationFile() {}

  /**
   * Writes a file.
   *
   * @param content what stands between the braces of {@code theine.jcache}
   */
  static Map<String, Object> at(Path directory, String content) throws IOException {
    Path file = Files.createTempFile(directory, "caches", ".conf");
    Files.writeString(file, "theine.jcache { " + content + " }");
    return at(file.toUri().toString());
  }

  /** Names a file. */
  static Map<String, Object> at(String uri) {
    Map<String, Object> settings = new HashMap<>(Library.THIS_PROVIDER);
    settings.put(ConfigSettings.CONFIG_URI, uri);
    return settings;
  }
}
