package org.theine.jcache.osgi;

import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.cache.Caching;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.FrameworkWiring;
import org.theine.jcache.TheineCachingProvider;

/**
 * Apache Felix with the API of JCache and the provider's jar installed and started. Nothing of the
 * class path of the tests is seen inside. For one thread.
 */
final class Osgi {
  private static final long WAIT_SECONDS = 60;

  private final Path folder;
  private final Framework framework;

  Osgi(Path folder) throws Exception {
    this.folder = folder;
    framework =
        new FrameworkFactory()
            .newFramework(
                Map.of(
                    Constants.FRAMEWORK_STORAGE,
                    folder.resolve("storage").toString(),
                    // Otherwise Felix asks the class path of the tests where the JDK looks for a
                    // class.
                    "felix.bootdelegation.implicit",
                    "false"));
    framework.start();
    install(jarOf(Caching.class)).start();
    install(jarOf(TheineCachingProvider.class)).start();
  }

  /** The bundle of JCache; not kept, since it would keep its class loader. */
  Bundle api() {
    return bundle("javax.cache.api");
  }

  Bundle provider() {
    return bundle("org.theine.jcache");
  }

  private Bundle bundle(String symbolicName) {
    for (Bundle bundle : framework.getBundleContext().getBundles()) {
      if (bundle.getSymbolicName().equals(symbolicName)) {
        return bundle;
      }
    }
    throw new IllegalStateException("not installed: " + symbolicName);
  }

  Framework framework() {
    return framework;
  }

  /** The jar that a class of the class path is from. */
  static Path jarOf(Class<?> type) throws URISyntaxException {
    Path jar = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    if (!Files.isRegularFile(jar)) {
      throw new IllegalStateException("not a jar, so run `mvn verify`: " + jar);
    }
    return jar;
  }

  Bundle install(Path jar) throws BundleException {
    return framework.getBundleContext().installBundle(jar.toUri().toString());
  }

  /** Makes a bundle of the compiled classes of one package, installs and starts it. */
  Bundle start(String packageName, String imports) throws Exception {
    Path jar = folder.resolve(packageName + ".jar");
    Manifest manifest = new Manifest();
    Attributes headers = manifest.getMainAttributes();
    headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
    headers.putValue(Constants.BUNDLE_SYMBOLICNAME, packageName);
    headers.putValue(Constants.IMPORT_PACKAGE, imports);
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      addClasses(packageName.replace('.', '/'), out);
    }
    Bundle bundle = install(jar);
    bundle.start();
    return bundle;
  }

  private static void addClasses(String path, JarOutputStream out) throws Exception {
    Path classes = Path.of(Osgi.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<Path> files;
    try (var found = Files.list(classes.resolve(path))) {
      files = found.toList();
    }
    for (Path file : files) {
      out.putNextEntry(new JarEntry(path + "/" + file.getFileName()));
      Files.copy(file, out);
    }
  }

  /** Makes an application of a bundle by its class loader. */
  @SuppressWarnings("unchecked")
  static Callable<Map<String, Object>> application(Bundle bundle, String className)
      throws Exception {
    return (Callable<Map<String, Object>>)
        bundle.loadClass(className).getDeclaredConstructor().newInstance();
  }

  /** Uninstalls bundles and waits until nothing is wired to them any more. */
  void uninstall(Bundle... bundles) throws Exception {
    for (Bundle bundle : bundles) {
      bundle.uninstall();
    }
    refresh(bundles);
  }

  /** Wires bundles anew and waits for the end of it. */
  void refresh(Bundle... bundles) throws InterruptedException {
    CountDownLatch refreshed = new CountDownLatch(1);
    framework
        .adapt(FrameworkWiring.class)
        .refreshBundles(List.of(bundles), event -> refreshed.countDown());
    if (!refreshed.await(WAIT_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the framework does not refresh its bundles");
    }
  }

  void stop() throws Exception {
    framework.stop();
    framework.waitForStop(TimeUnit.SECONDS.toMillis(WAIT_SECONDS));
  }
}
