package org.theine.jcache.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.loader.tools.Library;
import org.springframework.boot.loader.tools.LibraryScope;
import org.springframework.boot.loader.tools.Repackager;
import org.theine.jcache.TheineCachingProvider;

/** An application in one jar, with its libraries as jars in it, as Spring Boot packs them. */
@Timeout(120)
final class PackedApplicationTest {
  /** What an application of nothing but caches needs of the class path of these tests. */
  private static final Pattern NEEDED =
      Pattern.compile(
          "(spring-(aop|beans|context|context-support|core|expression|jcl)"
              + "|spring-boot(-autoconfigure|-cache)?|commons-logging"
              + "|micrometer-(commons|observation)|cache-api|config|jspecify)-[0-9].*\\.jar");

  @TempDir Path folder;

  @Test
  void configuration_insideTheJar_isRead() throws Exception {
    Path jar = pack();
    Path output = folder.resolve("output");

    Process application =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                jar.toString(),
                "caches.conf",
                "library.conf")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(application.waitFor(100, TimeUnit.SECONDS)).isTrue();
    } finally {
      application.destroyForcibly();
    }

    String place = "jar:nested:" + jar.toUri().getRawPath() + "/!BOOT-INF/";
    assertThat(Files.readAllLines(output))
        .containsExactly(
            "100 " + place + "classes/!/caches.conf",
            "30 " + place + "lib/library.jar!/library.conf");
  }

  private Path pack() throws Exception {
    List<File> libraries = new ArrayList<>();
    libraries.add(provider().toFile());
    libraries.add(library().toFile());
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      File file = new File(entry);
      if (file.isFile() && NEEDED.matcher(file.getName()).matches()) {
        libraries.add(file);
      }
    }
    Path tests = locationOf(PackedApplicationTest.class);
    Path classes = folder.resolve("classes.jar");
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(classes))) {
      addFolder(jar, tests);
    }
    Path packed = folder.resolve("application.jar");
    Repackager repackager = new Repackager(classes.toFile());
    repackager.setMainClass(PackedApplication.class.getName());
    repackager.repackage(
        packed.toFile(),
        callback -> {
          for (File library : libraries) {
            callback.library(new Library(library, LibraryScope.COMPILE));
          }
        });
    return packed.toRealPath();
  }

  /** A library of the application that brings a file of caches. */
  private Path library() throws IOException {
    Path library = folder.resolve("library.jar");
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(library))) {
      jar.putNextEntry(new ZipEntry("library.conf"));
      jar.write("theine.jcache.caches.users.maximum = 30".getBytes(UTF_8));
    }
    return library;
  }

  /** The jar under test, or one of its classes if it is not packed yet. */
  private Path provider() throws Exception {
    Path location = locationOf(TheineCachingProvider.class);
    if (Files.isRegularFile(location)) {
      return location;
    }
    Path packed = folder.resolve("theine-jcache.jar");
    try (OutputStream file = Files.newOutputStream(packed);
        JarOutputStream jar = new JarOutputStream(file)) {
      addFolder(jar, location);
    }
    return packed;
  }

  private static Path locationOf(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static void addFolder(JarOutputStream jar, Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        jar.putNextEntry(new ZipEntry(root.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, jar);
      }
    }
  }
}
