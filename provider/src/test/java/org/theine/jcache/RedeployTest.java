package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.Serial;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.spi.CachingProvider;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** An application that is taken away takes its class loader with it, whoever has the provider. */
final class RedeployTest {
  private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** An application server where each application has all jars. */
  @Test
  void applicationWithApiAndProvider_closed_isCollected() throws Exception {
    awaitCollected(deployAndTakeAway(FindProvider.class, ClassLoader.getPlatformClassLoader()));
  }

  /** One whose applications bring the provider along and share the API of JCache. */
  @Test
  void applicationWithProvider_madeByConstructor_isCollected() throws Exception {
    awaitCollected(deployAndTakeAway(MakeProvider.class, new Sharing("javax.cache.")));
  }

  /** One whose applications share both. */
  @Test
  void applicationAlone_closed_isCollected() throws Exception {
    awaitCollected(
        deployAndTakeAway(
            FindProvider.class,
            new Sharing("javax.cache.", "org.theine.jcache.Theine", "META-INF/services/")));
  }

  /** A manager holds its loader while it is open, and nobody else has to. */
  @Test
  void manager_itsLoaderHeldByNobodyElse_works() throws Exception {
    try (CachingProvider provider = new TheineCachingProvider()) {
      CacheManager manager = provider.getCacheManager(null, new URLClassLoader(classPath()));
      for (int i = 0; i < 5; i++) {
        System.gc();
      }
      Cache<String, List<String>> cache =
          manager.createCache("lists", new MutableConfiguration<String, List<String>>());
      cache.put("a", new ArrayList<>(List.of("b")));

      assertThat(cache.get("a")).containsExactly("b");
      assertThat(provider.getCacheManager(null, manager.getClassLoader())).isSameAs(manager);
    }
  }

  private static WeakReference<ClassLoader> deployAndTakeAway(Class<?> task, ClassLoader parent)
      throws Exception {
    URLClassLoader loader = new URLClassLoader(classPath(), parent);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      Class<?> inside = loader.loadClass(task.getName());
      assertThat(inside).isNotSameAs(task);
      assertThat(((Callable<?>) inside.getDeclaredConstructor().newInstance()).call())
          .isEqualTo("[put] 3");
    } finally {
      thread.setContextClassLoader(before);
      loader.close();
    }
    return new WeakReference<>(loader);
  }

  private static URL[] classPath() throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String part : System.getProperty("java.class.path").split(File.pathSeparator)) {
      urls.add(Path.of(part).toUri().toURL());
    }
    return urls.toArray(URL[]::new);
  }

  private static void awaitCollected(WeakReference<?> reference) throws InterruptedException {
    long started = System.nanoTime();
    while (reference.get() != null && System.nanoTime() - started < WAIT_NANOS) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertThat(reference.get()).isNull();
  }

  /** Gives its children some of the classes and resources of the tests, and those of the JDK. */
  private static final class Sharing extends ClassLoader {
    private final Predicate<String> shares;

    Sharing(String... prefixes) {
      super(ClassLoader.getPlatformClassLoader());
      shares = name -> List.of(prefixes).stream().anyMatch(name::startsWith);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (shares.test(name)) {
        return RedeployTest.class.getClassLoader().loadClass(name);
      }
      throw new ClassNotFoundException(name);
    }
  }

  /** The life of an application. For one thread. */
  private abstract static class Application implements Callable<String> {
    abstract CachingProvider provider();

    @Override
    public String call() throws Exception {
      CachingProvider provider = provider();
      CacheManager manager = provider.getCacheManager(null, getClass().getClassLoader());
      List<Object> told = new ArrayList<>();
      CacheEntryCreatedListener<String, Content> listener = events -> events.forEach(told::add);
      Cache<String, Content> cache =
          manager.createCache(
              "contents",
              new MutableConfiguration<String, Content>()
                  .setTypes(String.class, Content.class)
                  .setExpiryPolicyFactory(ModifiedExpiryPolicy.factoryOf(Duration.ONE_HOUR))
                  .setStatisticsEnabled(true)
                  .setManagementEnabled(true)
                  .addCacheEntryListenerConfiguration(
                      new MutableCacheEntryListenerConfiguration<>(
                          () -> listener, null, false, true)));
      cache.put("a", new Content("put"));
      String read = cache.get("a").texts.toString();
      int beans =
          ManagementFactory.getPlatformMBeanServer()
              .queryNames(new ObjectName("javax.cache:Cache=contents,*"), null)
              .size();
      provider.close(manager.getClassLoader());
      return read + " " + (beans + told.size());
    }
  }

  /** Gets the provider as portable code does. */
  public static final class FindProvider extends Application {
    /** For the test, which is of another class loader. */
    public FindProvider() {}

    @Override
    CachingProvider provider() {
      return Caching.getCachingProvider();
    }
  }

  /** Goes round {@code Caching}, which holds a provider for as long as its class loader. */
  public static final class MakeProvider extends Application {
    /** For the test, which is of another class loader. */
    public MakeProvider() {}

    @Override
    CachingProvider provider() {
      return new TheineCachingProvider();
    }
  }

  private static final class Content implements Serializable {
    @Serial private static final long serialVersionUID = 1;

    final ArrayList<String> texts = new ArrayList<>();

    Content(String text) {
      texts.add(text);
    }
  }
}
