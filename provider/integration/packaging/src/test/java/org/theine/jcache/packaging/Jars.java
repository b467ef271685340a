package org.theine.jcache.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import javax.cache.Caching;
import org.theine.jcache.TheineCachingProvider;

/** The jars that this build has made. Without a state. */
final class Jars {
  private static final String SUFFIX = ".jar";

  private Jars() {}

  static Path provider() {
    return jarOf(TheineCachingProvider.class);
  }

  static Path api() {
    return jarOf(Caching.class);
  }

  /** The provider's jar with that classifier. */
  static Path provider(String classifier) {
    String name = provider().getFileName().toString();
    return provider()
        .resolveSibling(
            name.substring(0, name.length() - SUFFIX.length()) + "-" + classifier + SUFFIX);
  }

  private static Path jarOf(Class<?> type) {
    try {
      Path jar = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (!Files.isRegularFile(jar)) {
        throw new IllegalStateException("not a jar, so run `mvn verify`: " + jar);
      }
      return jar;
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The files in a jar, by their names, in the order that they have there. */
  static Map<String, byte[]> files(Path jar) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (JarFile file = new JarFile(jar.toFile())) {
      for (ZipEntry entry : file.stream().toList()) {
        if (!entry.isDirectory()) {
          try (InputStream in = file.getInputStream(entry)) {
            files.put(entry.getName(), in.readAllBytes());
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  static String text(byte[] content) {
    return new String(content, StandardCharsets.UTF_8);
  }
}
