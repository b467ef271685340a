package org.theine.jcache.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** Finds out which version of a library is on the class path. Stateless. */
public final class Versions {
  private static final String UNKNOWN = "of unknown version";

  private Versions() {}

  /**
   * The version that the jar of a class says, or that it is no jar.
   *
   * @param type the class
   * @return a word or three
   */
  public static String of(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    try {
      Path path = source == null ? Path.of("") : Path.of(source.getLocation().toURI());
      if (!path.toString().endsWith(".jar")) {
        return "of this build";
      }
      try (JarFile jar = new JarFile(path.toFile())) {
        return of(jar);
      }
    } catch (IOException | URISyntaxException e) {
      return UNKNOWN;
    }
  }

  /** What the manifest says, else what Maven left there. */
  private static String of(JarFile jar) throws IOException {
    Manifest manifest = jar.getManifest();
    Attributes attributes = manifest == null ? new Attributes() : manifest.getMainAttributes();
    for (String name : List.of("Implementation-Version", "Bundle-Version")) {
      String version = attributes.getValue(name);
      if (version != null) {
        return version;
      }
    }
    JarEntry maven =
        jar.stream()
            .filter(entry -> entry.getName().matches("META-INF/maven/.*/pom\\.properties"))
            .findFirst()
            .orElse(null);
    return maven == null ? UNKNOWN : ofMaven(jar, maven);
  }

  private static String ofMaven(JarFile jar, JarEntry entry) throws IOException {
    Properties properties = new Properties();
    try (InputStream in = jar.getInputStream(entry)) {
      properties.load(in);
    }
    return properties.getProperty("version", UNKNOWN);
  }
}
