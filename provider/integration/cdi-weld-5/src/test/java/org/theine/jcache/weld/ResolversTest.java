package org.theine.jcache.weld;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheInvocationContext;
import javax.cache.annotation.CacheMethodDetails;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResolver;
import javax.cache.annotation.CacheResolverFactory;
import javax.cache.annotation.CacheResult;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Where caches come from: the default manager, that of the application, and its own resolvers. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
final class ResolversTest {
  private static final String PROVIDER = "org.theine.jcache.TheineCachingProvider";

  /** With the default resolver. */
  static class Service {
    private final AtomicInteger runs = new AtomicInteger();

    @CacheResult(cacheName = "service")
    public int find(int key) {
      return runs.incrementAndGet();
    }

    @CacheResult(cacheName = "service", exceptionCacheName = "exceptions")
    public int failing(int key) {
      throw new IllegalStateException("run " + runs.incrementAndGet());
    }
  }

  /** Needed by the factory. */
  @Dependent
  static class Part {
    static final List<String> DESTROYED = new ArrayList<>();

    @PreDestroy
    void destroy() {
      DESTROYED.add("part");
    }
  }

  /** A dependent bean that says what it was asked for. */
  @Dependent
  static class BeanFactory implements CacheResolverFactory {
    static final List<String> ASKED = new ArrayList<>();

    @Inject Part part;

    @Override
    public CacheResolver getCacheResolver(CacheMethodDetails<? extends Annotation> method) {
      ASKED.add(method.getMethod().getName() + " " + method.getCacheName());
      return new OneCache("of the factory");
    }

    @Override
    public CacheResolver getExceptionCacheResolver(CacheMethodDetails<CacheResult> method) {
      ASKED.add("exceptions of " + method.getMethod().getName());
      return new OneCache(method.getCacheAnnotation().exceptionCacheName());
    }

    @PreDestroy
    void destroy() {
      Part.DESTROYED.add("factory");
    }
  }

  /** No bean. */
  static final class ConstructedFactory implements CacheResolverFactory {
    @Override
    public CacheResolver getCacheResolver(CacheMethodDetails<? extends Annotation> method) {
      return new OneCache("constructed");
    }

    @Override
    public CacheResolver getExceptionCacheResolver(CacheMethodDetails<CacheResult> method) {
      throw new UnsupportedOperationException();
    }
  }

  private record OneCache(String name) implements CacheResolver {
    @Override
    public <K, V> Cache<K, V> resolveCache(CacheInvocationContext<? extends Annotation> call) {
      Cache<K, V> cache = Container.manager().getCache(name);
      return cache == null
          ? Container.manager().createCache(name, new MutableConfiguration<>())
          : cache;
    }
  }

  /** Finds nothing, against the rules. */
  static final class Nothing implements CacheResolverFactory {
    @Override
    @SuppressWarnings("NullAway")
    public CacheResolver getCacheResolver(CacheMethodDetails<? extends Annotation> method) {
      return null;
    }

    @Override
    public CacheResolver getExceptionCacheResolver(CacheMethodDetails<CacheResult> method) {
      throw new UnsupportedOperationException();
    }
  }

  /** With resolvers of its own. */
  @CacheDefaults(cacheName = "asked for", cacheResolverFactory = BeanFactory.class)
  static class Resolved {
    @CacheResult(exceptionCacheName = "exceptions asked for")
    public int find(int key) {
      return key;
    }

    @CacheRemoveAll(cacheResolverFactory = ConstructedFactory.class)
    public void clear() {}

    @CacheResult(cacheResolverFactory = Nothing.class)
    public int nothing() {
      return 1;
    }
  }

  /** Gives the application's manager. */
  @Dependent
  static class Producer {
    static final AtomicInteger CLOSED = new AtomicInteger();

    @Produces
    CacheManager manager() {
      return Caching.getCachingProvider()
          .getCacheManager(URI.create("urn:of-the-application"), null);
    }

    void close(@Disposes CacheManager manager) {
      CLOSED.incrementAndGet();
      manager.close();
    }
  }

  @AfterEach
  void close() {
    Caching.getCachingProvider().close();
    System.clearProperty("theine.jcache.caches.service.maximum");
  }

  @Test
  void missingCache_isMadeWithTheSettingsFromOutside() {
    System.setProperty("theine.jcache.caches.service.maximum", "2");
    try (Container container = new Container(Service.class)) {
      Service service = container.get(Service.class);
      for (int key = 0; key < 100; key++) {
        service.find(key);
      }

      assertThat(Container.size("service")).isEqualTo(2);
    }
  }

  @Test
  void cacheOfTheApplication_madeBefore_isUsed() {
    try (Container container = new Container(Service.class)) {
      Container.counted("service");

      container.get(Service.class).find(1);

      assertThat(Container.count("service", "CachePuts")).isEqualTo(1);
    }
  }

  @Test
  void cache_destroyedAndMadeAnew_isTheNewOne() {
    try (Container container = new Container(Service.class)) {
      Service service = container.get(Service.class);
      service.find(1);
      Container.manager().destroyCache("service");
      Container.counted("service");

      assertThat(service.find(1)).isEqualTo(2);

      assertThat(Container.count("service", "CachePuts")).isEqualTo(1);
    }
  }

  @Test
  void manager_closed_isFollowedByANewOne() {
    try (Container container = new Container(Service.class)) {
      Service service = container.get(Service.class);
      service.find(1);
      Container.manager().close();

      assertThat(service.find(1)).isEqualTo(2);
      assertThat(Container.size("service")).isEqualTo(1);
    }
  }

  @Test
  void exceptionCache_missing_isMade() {
    try (Container container = new Container(Service.class)) {
      Service service = container.get(Service.class);
      assertThatThrownBy(() -> service.failing(1)).hasMessage("run 1");
      assertThatThrownBy(() -> service.failing(1)).hasMessage("run 1");

      assertThat(Container.size("exceptions")).isEqualTo(1);
    }
  }

  @Test
  void managerOfTheApplication_isUsedAndDisposedOfAtTheEnd() {
    Producer.CLOSED.set(0);
    try (Container container = new Container(Service.class, Producer.class)) {
      Service service = container.get(Service.class);
      assertThat(service.find(1)).isEqualTo(service.find(1));
      CacheManager manager =
          Caching.getCachingProvider().getCacheManager(URI.create("urn:of-the-application"), null);

      assertThat(manager.getCacheNames()).containsExactly("service");
      assertThat(Container.manager().getCacheNames()).isEmpty();
      assertThat(Producer.CLOSED).hasValue(0);
      container.stopWeld();

      assertThat(Producer.CLOSED).hasValue(1);
      assertThat(manager.isClosed()).isTrue();
    }
  }

  @Test
  void factory_aBean_isAskedOnceForEachMethodAndDestroyedAtTheEnd() {
    BeanFactory.ASKED.clear();
    Part.DESTROYED.clear();
    try (Container container = new Container(Resolved.class, BeanFactory.class, Part.class)) {
      Resolved bean = container.get(Resolved.class);
      bean.find(1);
      bean.find(2);
      container.get(Resolved.class).find(3);

      assertThat(BeanFactory.ASKED).containsExactly("find asked for", "exceptions of find");
      assertThat(Container.size("of the factory")).isEqualTo(3);
      assertThat(Part.DESTROYED).isEmpty();
      container.stopWeld();

      assertThat(Part.DESTROYED).containsExactlyInAnyOrder("factory", "part");
    }
  }

  @Test
  void factory_noBean_isMadeByItsConstructor() {
    try (Container container = new Container(Resolved.class, BeanFactory.class, Part.class)) {
      Container.counted("constructed").put("a", 1);

      container.get(Resolved.class).clear();

      assertThat(Container.size("constructed")).isZero();
    }
  }

  @Test
  void factory_withoutAResolver_isNamed() {
    try (Container container = new Container(Resolved.class, BeanFactory.class, Part.class)) {
      Resolved bean = container.get(Resolved.class);
      assertThatThrownBy(bean::nothing)
          .isInstanceOf(CacheException.class)
          .hasMessageContaining("ResolversTest$Resolved.nothing()")
          .hasMessageContaining(Nothing.class.getName());
    }
  }

  @Test
  void severalProviders_onTheClassPath_doNotMatter() {
    withContextLoader(
        new TwoProviders(),
        () -> {
          assertThatThrownBy(Caching::getCachingProvider).isInstanceOf(CacheException.class);
          usesTheDefaultManagerOf(Thread.currentThread().getContextClassLoader());
        });
  }

  @Test
  void contextClassLoader_none_doesNotMatter() {
    withContextLoader(null, () -> usesTheDefaultManagerOf(getClass().getClassLoader()));
  }

  @Test
  void contextClassLoader_thatDoesNotSeeTheProvider_doesNotMatter() {
    withContextLoader(
        ClassLoader.getPlatformClassLoader(),
        () -> usesTheDefaultManagerOf(getClass().getClassLoader()));
  }

  @Test
  void contextClassLoader_ofACall_doesNotMatter() {
    try (Container container = new Container(Service.class)) {
      Service service = container.get(Service.class);
      withContextLoader(new TwoProviders(), () -> service.find(1));

      assertThat(Container.size("service")).isEqualTo(1);
    }
  }

  private static void usesTheDefaultManagerOf(ClassLoader loader) {
    try (var weld =
        Container.initializer(Service.class)
            .setClassLoader(ResolversTest.class.getClassLoader())
            .initialize()) {
      Service service = weld.select(Service.class).get();
      assertThat(service.find(1)).isEqualTo(service.find(1));
    }
    try (CachingProvider provider = Caching.getCachingProvider(PROVIDER, loader)) {
      assertThat(provider.getCacheManager().getCacheNames()).containsExactly("service");
    }
  }

  private static void withContextLoader(ClassLoader loader, Runnable action) {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(loader);
    try {
      action.run();
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  /** Lists a provider twice, under two names. */
  private static final class TwoProviders extends ClassLoader {
    private static final String SERVICE = "META-INF/services/javax.cache.spi.CachingProvider";

    TwoProviders() {
      super(ResolversTest.class.getClassLoader());
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      if (!name.equals(SERVICE)) {
        return super.getResources(name);
      }
      List<URL> both = Collections.list(super.getResources(name));
      both.add(new URL(null, "text:another", new Text(AnotherProvider.class.getName())));
      return Collections.enumeration(both);
    }
  }

  private static final class Text extends URLStreamHandler {
    private final String text;

    Text(String text) {
      this.text = text;
    }

    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() {}

        @Override
        public InputStream getInputStream() {
          return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }
      };
    }
  }
}
