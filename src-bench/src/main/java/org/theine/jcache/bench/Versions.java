package org.theine.jcache.bench;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** Finds out which version of a library is on the class path. Stateless. */
public final class Versions {

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
        return of(jar.getManifest());
      }
    } catch (IOException | URISyntaxException e) {
      return "of unknown version";
    }
  }

  private static String of(Manifest manifest) {
    Attributes attributes = manifest.getMainAttributes();
    String version = attributes.getValue("Implementation-Version");
    return version != null ? version : "" + attributes.getValue("Bundle-Version");
  }
}
