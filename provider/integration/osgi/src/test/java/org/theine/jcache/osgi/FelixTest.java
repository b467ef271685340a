package org.theine.jcache.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.util.Printer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleWiring;

/** The provider as a bundle, with the applications of the packages beside this one. */
final class FelixTest {
  private static final String APPLICATION = "org.theine.jcache.osgi.application";
  private static final String IMPORTING = "org.theine.jcache.osgi.importing";
  private static final String JCACHE =
      "javax.cache, javax.cache.configuration, javax.cache.event, javax.cache.integration,"
          + "javax.cache.processor, javax.cache.spi";
  private static final String OF_APPLICATION =
      JCACHE + ", javax.management, org.osgi.framework, org.osgi.framework.wiring";
  private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final Thread thread = Thread.currentThread();
  private final ClassLoader contextLoader = thread.getContextClassLoader();

  private Osgi osgi;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    osgi = new Osgi(folder);
    thread.setContextClassLoader(null); // that of the tests sees another provider
  }

  @AfterEach
  void stop() throws Exception {
    thread.setContextClassLoader(contextLoader);
    osgi.stop();
  }

  @Test
  void provider_started_exportsItsApiAlone() {
    Set<String> exported = new TreeSet<>();
    for (BundleCapability capability :
        osgi.provider()
            .adapt(BundleWiring.class)
            .getCapabilities(PackageNamespace.PACKAGE_NAMESPACE)) {
      exported.add((String) capability.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE));
    }

    assertThat(osgi.provider().getState()).isEqualTo(Bundle.ACTIVE);
    assertThat(osgi.provider().getSymbolicName()).isEqualTo("org.theine.jcache");
    assertThat(exported)
        .contains("org.theine.jcache")
        .isSubsetOf(
            "org.theine.jcache",
            "org.theine.jcache.cdi",
            "org.theine.jcache.micrometer",
            "org.theine.jcache.spring");
  }

  @Test
  void manager_ofALoaderThatDoesNotSeeTheProvider_works() throws Exception {
    Bundle bundle = osgi.start(APPLICATION, OF_APPLICATION);

    Map<String, Object> seen = Osgi.application(bundle, APPLICATION + ".Application").call();

    assertThat(seen)
        .contains(
            entry("sees the provider", false),
            entry("provider of its own loader", "javax.cache.CacheException"),
            entry("manager has its loader", true),
            entry("read", "ada[]"),
            entry("read as its class", true),
            entry("loaded", "bob[loaded]"),
            entry("loaded by a thread of the provider", "eve[loaded]"),
            entry("processed", "ada[bob]"),
            entry("hits", 3L),
            entry("read through", true),
            entry("beans", 2),
            entry("beans afterwards", 0))
        .containsEntry(
            "events",
            List.of(
                "CREATED ada[]",
                "CREATED bob[loaded]",
                "CREATED eve[loaded]",
                "UPDATED ada[bob]",
                "REMOVED null"));
  }

  @Test
  void manager_withTheContextLoaderOfTheBundle_works() throws Exception {
    Bundle bundle = osgi.start(APPLICATION, OF_APPLICATION);
    thread.setContextClassLoader(bundle.adapt(BundleWiring.class).getClassLoader());

    assertThat(Osgi.application(bundle, APPLICATION + ".Application").call())
        .contains(entry("read as its class", true), entry("loaded", "bob[loaded]"));
  }

  @Test
  void bundle_thatImportsTheProvider_findsItByClassNameAndConfiguresIt() throws Exception {
    Bundle bundle = osgi.start(IMPORTING, JCACHE + ", org.theine.jcache");

    assertThat(Osgi.application(bundle, IMPORTING + ".ImportingApplication").call())
        .containsExactly(entry("held", 10), entry("unwraps", true));
  }

  @Test
  void bundle_thatAsksForInternals_isNotResolved() {
    assertThatThrownBy(() -> osgi.start(IMPORTING, "org.theine.jcache.store"))
        .hasMessageContaining("org.theine.jcache.store");
  }

  @Test
  void extenderOfServiceLoaders_present_registersTheProvider() throws Exception {
    BundleContext context = osgi.framework().getBundleContext();
    for (Class<?> inJar :
        List.of(
            ClassVisitor.class,
            ClassNode.class,
            Analyzer.class,
            ClassRemapper.class,
            Printer.class)) {
      osgi.install(Osgi.jarOf(inJar));
    }
    osgi.install(Osgi.jarOf(org.apache.aries.spifly.dynamic.DynamicWeavingActivator.class)).start();
    osgi.refresh(osgi.provider()); // its optional requirement could not be met before

    ServiceReference<?>[] services =
        context.getAllServiceReferences("javax.cache.spi.CachingProvider", null);

    assertThat(services).hasSize(1);
    assertThat(services[0].getBundle()).isEqualTo(osgi.provider());
    assertThat(context.getService(services[0]).getClass().getName())
        .isEqualTo("org.theine.jcache.TheineCachingProvider");
  }

  @Test
  void application_closedAndUninstalled_leavesNothingBehind() throws Exception {
    WeakReference<ClassLoader> application = useCloseAndUninstall();

    awaitCollected(application);
    assertThat(threadsWithAContextLoader()).isEmpty();
    assertThat(osgi.provider().getState()).isEqualTo(Bundle.ACTIVE);
  }

  private WeakReference<ClassLoader> useCloseAndUninstall() throws Exception {
    Bundle bundle = osgi.start(IMPORTING, JCACHE + ", org.theine.jcache");
    Callable<Map<String, Object>> running =
        Osgi.application(bundle, IMPORTING + ".ImportingApplication");
    running.call();
    ((AutoCloseable) running).close();
    WeakReference<ClassLoader> loader = new WeakReference<>(running.getClass().getClassLoader());
    osgi.uninstall(bundle);
    return loader;
  }

  @Test
  void providerAndApi_uninstalled_leaveNothingBehind() throws Exception {
    useCloseAndUninstall();

    awaitCollected(uninstallProvider());
  }

  /** Takes seconds: a thread of the provider waits five for another task. */
  @Test
  @Tag("full")
  void providerAndApi_uninstalledAfterAsynchronousWork_leaveNothingBehind() throws Exception {
    WeakReference<ClassLoader> application = loadAndUninstall();

    awaitCollected(application);
    awaitCollected(uninstallProvider());
  }

  private WeakReference<ClassLoader> loadAndUninstall() throws Exception {
    Bundle bundle = osgi.start(APPLICATION, OF_APPLICATION);
    Osgi.application(bundle, APPLICATION + ".Application").call();
    WeakReference<ClassLoader> loader =
        new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader());
    osgi.uninstall(bundle);
    return loader;
  }

  private WeakReference<ClassLoader> uninstallProvider() throws Exception {
    WeakReference<ClassLoader> loader =
        new WeakReference<>(osgi.provider().adapt(BundleWiring.class).getClassLoader());
    osgi.uninstall(osgi.provider(), osgi.api());
    return loader;
  }

  private static void awaitCollected(WeakReference<?> reference) throws InterruptedException {
    long started = System.nanoTime();
    while (reference.get() != null && System.nanoTime() - started < WAIT_NANOS) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(50);
    }
    assertThat(reference.get()).isNull();
  }

  private static List<String> threadsWithAContextLoader() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(other -> other.getName().startsWith("theine-jcache"))
        .filter(other -> other.getContextClassLoader() != null)
        .map(Thread::getName)
        .toList();
  }
}
