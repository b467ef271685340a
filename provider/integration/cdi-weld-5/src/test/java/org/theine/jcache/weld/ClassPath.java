package org.theine.jcache.weld;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.TheineCachingProvider;

/** The class path of an application of its own, beside that of the test. */
final class ClassPath {
  private final List<Path> entries = new ArrayList<>();

  /** Takes the libraries of the test that fit, but neither the provider nor the TCK. */
  ClassPath libraries(Predicate<String> condition) {
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      String name = Path.of(entry).getFileName().toString();
      if (name.endsWith(".jar")
          && !name.startsWith("theine-")
          && !name.startsWith("cache-tests")
          && condition.test(name)) {
        entries.add(Path.of(entry));
      }
    }
    return this;
  }

  /** Takes the provider, as it is or, with a beans.xml put into it, as a bean archive. */
  ClassPath provider(Path folder, @Nullable String beansXml) throws IOException {
    Path provider = locationOf(TheineCachingProvider.class);
    if (beansXml == null) {
      entries.add(provider);
      return this;
    }
    copyAll(provider, folder);
    Files.writeString(folder.resolve("META-INF/beans.xml"), beansXml);
    entries.add(folder);
    return this;
  }

  /** Takes the classes of the package app. */
  ClassPath application(Path folder, @Nullable String beansXml) throws IOException {
    Path app = locationOf(ClassPath.class).resolve("org/theine/jcache/weld/app");
    copyAll(app, folder.resolve("org/theine/jcache/weld/app"));
    if (beansXml != null) {
      Files.createDirectories(folder.resolve("META-INF"));
      Files.writeString(folder.resolve("META-INF/beans.xml"), beansXml);
    }
    entries.add(folder);
    return this;
  }

  /** Excludes the packages of the provider that need a library which is not there. */
  static String beansXml(String mode) {
    return """
        <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0"
            bean-discovery-mode="%s">
          <scan>
            <exclude name="org.theine.jcache.micrometer.**"/>
            <exclude name="org.theine.jcache.spring.**"/>
          </scan>
        </beans>
        """
        .formatted(mode);
  }

  private static Path locationOf(Class<?> type) {
    return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()));
  }

  private static void copyAll(Path from, Path to) throws IOException {
    if (Files.isDirectory(from)) {
      copyTree(from, to);
    } else {
      try (FileSystem jar = FileSystems.newFileSystem(from)) {
        copyTree(jar.getPath("/"), to);
      }
    }
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  /** Runs an application with this class path, and nothing else but the JDK. */
  String run(Class<? extends Callable<String>> application, Set<String> loaded) throws Exception {
    URL[] urls = entries.stream().map(ClassPath::url).toArray(URL[]::new);
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader loader = new Recording(urls, loaded)) {
      Thread.currentThread().setContextClassLoader(loader);
      Object made = loader.loadClass(application.getName()).getDeclaredConstructor().newInstance();
      return (String) ((Callable<?>) made).call();
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  String run(Class<? extends Callable<String>> application) throws Exception {
    return run(application, ConcurrentHashMap.newKeySet());
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Notes the names of the classes that it loads. */
  private static final class Recording extends URLClassLoader {
    private final Set<String> loaded;

    Recording(URL[] urls, Set<String> loaded) {
      super(urls, ClassLoader.getPlatformClassLoader());
      this.loaded = loaded;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      Class<?> found = super.findClass(name);
      loaded.add(name);
      return found;
    }
  }
}
