package org.theine.jcache.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.net.URL;
import java.net.URLClassLoader;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;

/** Applications that come and go in one virtual machine, and those that live beside each other. */
final class LifeCycleTest {
  private static final String[] USERS = {
    "spring.cache.type=jcache", "spring.cache.cache-names=users"
  };

  /** A value whose class an application has in its own class loader. */
  static final class Mutable implements Serializable {
    private static final long serialVersionUID = 1;
    String name = "";
  }

  @Test
  void manager_whenTheApplicationCloses_isClosed() {
    CacheManager manager;
    Cache<Object, Object> cache;
    try (ConfigurableApplicationContext application = Applications.start(USERS)) {
      manager = Applications.manager(application);
      cache = manager.getCache("users");
    }

    assertThat(manager.isClosed()).isTrue();
    assertThat(cache.isClosed()).isTrue();
  }

  @Test
  void application_startedAgain_hasANewManagerAndNothingOfTheOldOne() {
    for (int i = 0; i < 3; i++) {
      try (ConfigurableApplicationContext application = Applications.start(USERS)) {
        Cache<Object, Object> cache = Applications.manager(application).getCache("users");
        assertThat(cache).isEmpty();
        cache.put("ada", i);
      }
    }
  }

  @Test
  void application_whoseStartFails_canStartAfterTheMend() {
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(
              () ->
                  Applications.start(
                      "spring.cache.type=jcache",
                      "spring.cache.cache-names=users",
                      "theine.jcache.caches.users.maximum=-1"))
          .hasStackTraceContaining("theine.jcache.caches.users.maximum");
    }
  }

  /**
   * As the tools for developers do: the application in a loader that is thrown away at each
   * restart.
   */
  @Test
  void application_inALoaderOfItsOwn_readsItsOwnClasses() throws Exception {
    for (int i = 0; i < 2; i++) {
      try (URLClassLoader restart = ownClasses();
          ConfigurableApplicationContext application =
              Applications.builder(Applications.Caching.class)
                  .resourceLoader(new DefaultResourceLoader(restart))
                  .run(Applications.arguments(USERS))) {
        CacheManager manager = Applications.manager(application);
        Class<?> type = Class.forName(Mutable.class.getName(), true, restart);
        Object value = newInstance(type);
        manager.getCache("users").put("ada", value);

        assertThat(type).isNotEqualTo(Mutable.class);
        assertThat(manager.getClassLoader()).isSameAs(restart);
        assertThat(manager.getCache("users").get("ada")).isNotSameAs(value).isInstanceOf(type);
      }
    }
  }

  private static Object newInstance(Class<?> type) throws ReflectiveOperationException {
    var constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    return constructor.newInstance();
  }

  /** The classes of these tests first, the others from the parent. */
  private static URLClassLoader ownClasses() {
    URL tests = LifeCycleTest.class.getProtectionDomain().getCodeSource().getLocation();
    return new URLClassLoader(new URL[] {tests}, LifeCycleTest.class.getClassLoader()) {
      @Override
      protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        Class<?> loaded = findLoadedClass(name);
        if (loaded != null) {
          return loaded;
        }
        return name.equals(Mutable.class.getName())
            ? findClass(name)
            : super.loadClass(name, resolve);
      }
    };
  }

  @Test
  void providers_askedByAnApplication_areNotHeldByItsLoader() {
    try (ConfigurableApplicationContext application = Applications.start(USERS)) {
      assertThat(Applications.manager(application).getCachingProvider())
          .isSameAs(
              Caching.getCachingProvider(application.getClassLoader())
                  .getCacheManager(null, application.getClassLoader())
                  .getCachingProvider());
    }
  }
}
