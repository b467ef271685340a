package org.theine.jcache.config;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the file that the URI of a manager names. Only what is on this machine is ever opened: a
 * {@code file:}, an entry of a {@code jar:} that is a file, a {@code classpath:} resource, or a
 * resource named plainly, by a path that ends in {@code .conf}, {@code .json} or {@code
 * .properties}. Any other URI names nothing; it tells managers apart and no more.
 */
final class ConfigurationSource {
  /** Read for the default URI if it is there. */
  static final String DEFAULT_RESOURCE = "theine-jcache.conf";

  private static final List<String> EXTENSIONS = List.of(".conf", ".json", ".properties");

  /** What may hold a jar: a file, or a jar inside a jar as Spring Boot packs them. */
  private static final Set<String> JAR_PLACES = Set.of("file", "nested");

  /** How application servers, bundles and native images name resources. */
  private static final Set<String> RESOURCE_SCHEMES =
      Set.of("vfs", "bundle", "bundleresource", "bundleentry", "resource", "jrt");

  private ConfigurationSource() {}

  /** The file of the default manager, or null if there is none. */
  static @Nullable URL ofDefault(ClassLoader classLoader) {
    return resource(DEFAULT_RESOURCE, classLoader);
  }

  /**
   * The file that the URI names, or null if it names none.
   *
   * @throws CacheException if it names one that is not there
   */
  static @Nullable URL of(URI uri, ClassLoader classLoader) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    return switch (scheme) {
      case "file" -> file(uri);
      case "jar" -> jar(uri);
      case "classpath" -> named(uri, uri.getSchemeSpecificPart(), classLoader);
      case "" -> isResource(uri) ? named(uri, uri.getPath(), classLoader) : null;
      default -> other(uri, scheme);
    };
  }

  private static @Nullable URL other(URI uri, String scheme) {
    if (scheme.length() == 1) {
      throw new CacheException("configuration " + uri + " is a path: write file:/" + uri);
    }
    return RESOURCE_SCHEMES.contains(scheme) && hasExtension(uri.getPath()) ? url(uri) : null;
  }

  private static boolean isResource(URI uri) {
    return uri.getAuthority() == null && hasExtension(uri.getPath());
  }

  private static boolean hasExtension(@Nullable String path) {
    String lower = path == null ? "" : path.toLowerCase(Locale.ROOT);
    return EXTENSIONS.stream().anyMatch(lower::endsWith);
  }

  private static URL file(URI uri) {
    if (uri.isOpaque()) {
      throw new CacheException(
          "configuration " + uri + " must have an absolute path: file:/etc/acme/theine.conf");
    }
    requireReadable(uri, uri);
    return url(uri);
  }

  private static void requireReadable(URI uri, URI file) {
    Path path;
    try {
      path = Path.of(file); // refuses a host: that would be fetched from there
    } catch (IllegalArgumentException e) {
      throw new CacheException("configuration " + uri + " is no file of this machine", e);
    }
    if (!Files.isRegularFile(path)) {
      throw new CacheException(
          "configuration file " + path + (Files.exists(path) ? " is no file" : " does not exist"));
    }
    if (!Files.isReadable(path)) {
      throw new CacheException("configuration file " + path + " may not be read");
    }
  }

  private static URL jar(URI uri) {
    URI jar;
    try {
      jar = URI.create(uri.getRawSchemeSpecificPart().replaceAll("!/.*", ""));
    } catch (IllegalArgumentException e) {
      throw new CacheException("configuration " + uri + " names no jar", e);
    }
    String scheme = jar.getScheme() == null ? "" : jar.getScheme().toLowerCase(Locale.ROOT);
    if (!JAR_PLACES.contains(scheme)) {
      throw new CacheException("configuration " + uri + " is in no jar of this machine");
    }
    if (scheme.equals("file")) {
      requireReadable(uri, jar);
    }
    return uncached(url(uri));
  }

  private static URL named(URI uri, String path, ClassLoader classLoader) {
    String name = path.replaceFirst("^/+", "");
    URL found = resource(name, classLoader);
    if (found == null) {
      throw new CacheException(
          "configuration %s: no resource '%s' on the class path; a file is named by file:"
              .formatted(uri, name));
    }
    return found;
  }

  /** The user's class loader is asked first; that of the thread is the last resort. */
  private static @Nullable URL resource(String name, ClassLoader classLoader) {
    URL found = classLoader.getResource(name);
    if (found == null) {
      ClassLoader context = Thread.currentThread().getContextClassLoader();
      found = context == null ? null : context.getResource(name);
    }
    return found == null || !found.getProtocol().equals("jar") ? found : uncached(found);
  }

  private static URL url(URI uri) {
    try {
      return uri.toURL();
    } catch (MalformedURLException | IllegalArgumentException e) {
      throw new CacheException("configuration " + uri + " cannot be opened", e);
    }
  }

  /** The JVM keeps jars open that are read the usual way: they could not be replaced any more. */
  private static URL uncached(URL url) {
    try {
      return new URL(null, url.toExternalForm(), new Uncached(url));
    } catch (MalformedURLException e) {
      throw new CacheException("configuration " + url + " cannot be opened", e);
    }
  }

  private static final class Uncached extends URLStreamHandler {
    private final URL original;

    Uncached(URL original) {
      this.original = original;
    }

    @Override
    protected URLConnection openConnection(URL url) throws IOException {
      URLConnection connection = new URL(original, url.toExternalForm()).openConnection();
      connection.setUseCaches(false);
      return connection;
    }
  }
}
