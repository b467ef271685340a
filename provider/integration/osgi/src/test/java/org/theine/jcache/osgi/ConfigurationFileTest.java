package org.theine.jcache.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

/** A manager of a file, with the bundle that reads it and without; it is optional. */
final class ConfigurationFileTest {
  private final Thread thread = Thread.currentThread();
  private final ClassLoader contextLoader = thread.getContextClassLoader();

  private Osgi osgi;
  private Path file;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    osgi = new Osgi(folder);
    file =
        Files.writeString(
            folder.resolve("caches.conf"), "theine.jcache { caches { users { maximum = 5 } } }");
    thread.setContextClassLoader(null); // that of the tests sees another provider
  }

  @AfterEach
  void stop() throws Exception {
    thread.setContextClassLoader(contextLoader);
    osgi.stop();
  }

  @Test
  void manager_ofAFileWithTheLibrary_hasTheDeclaredCache() throws Exception {
    osgi.install(Osgi.jarOf(Config.class)).start();
    osgi.refresh(osgi.provider()); // its optional imports could not be met before

    Object manager = manager(file.toUri());

    Object names = api("javax.cache.CacheManager").getMethod("getCacheNames").invoke(manager);
    assertThat((Iterable<?>) names).hasToString("[users]");
  }

  @Test
  void manager_ofAFileWithoutTheLibrary_failsAndNamesIt() throws Exception {
    assertThatThrownBy(() -> manager(file.toUri()))
        .isInstanceOf(InvocationTargetException.class)
        .cause()
        .hasToString(
            "javax.cache.CacheException: configuration file "
                + file.toUri().toURL()
                + " needs the library com.typesafe:config on the class path");
  }

  /** By reflection, as these classes of JCache are those of the bundle. */
  private Object manager(URI uri) throws Exception {
    Object provider =
        api("javax.cache.Caching")
            .getMethod("getCachingProvider", String.class, ClassLoader.class)
            .invoke(null, "org.theine.jcache.TheineCachingProvider", loaderOf(osgi.provider()));
    return api("javax.cache.spi.CachingProvider")
        .getMethod("getCacheManager", URI.class, ClassLoader.class)
        .invoke(provider, uri, loaderOf(osgi.api()));
  }

  private Class<?> api(String name) throws ClassNotFoundException {
    return osgi.api().loadClass(name);
  }

  private static ClassLoader loaderOf(Bundle bundle) {
    return bundle.adapt(BundleWiring.class).getClassLoader();
  }
}
