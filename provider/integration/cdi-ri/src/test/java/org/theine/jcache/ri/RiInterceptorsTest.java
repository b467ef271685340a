package org.theine.jcache.ri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import javax.cache.configuration.MutableConfiguration;
import javax.enterprise.inject.se.SeContainer;
import javax.enterprise.inject.se.SeContainerInitializer;
import javax.management.ObjectName;
import org.jsr107.ri.annotations.cdi.CachePutInterceptor;
import org.jsr107.ri.annotations.cdi.CacheRemoveAllInterceptor;
import org.jsr107.ri.annotations.cdi.CacheRemoveEntryInterceptor;
import org.jsr107.ri.annotations.cdi.CacheResultInterceptor;
import org.jsr107.ri.annotations.cdi.InterceptorExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.theine.jcache.TheineCacheManager;

/** Each annotation, served by the RI's interceptors from caches of the provider. */
final class RiInterceptorsTest {
  /** Counts its runs. */
  @CacheDefaults(cacheName = "users")
  public static class Users {
    private static final AtomicInteger RUNS = new AtomicInteger();

    /** Made by the container. */
    public Users() {}

    /** Returns how often it ran. */
    @CacheResult
    public Integer find(String other, @CacheKey int key) {
      return RUNS.incrementAndGet();
    }

    /** Throws something new each time it runs. */
    @CacheResult(exceptionCacheName = "failures")
    public Integer failing(int key) throws IOException {
      throw new IOException("run " + RUNS.incrementAndGet());
    }

    /** Replaces what is known. */
    @CachePut
    public void put(int key, @CacheValue Integer value) {}

    /** Forgets it. */
    @CacheRemove
    public void remove(int key) {}

    /** Forgets all. */
    @CacheRemoveAll
    public void clear() {}
  }

  private final SeContainer weld =
      SeContainerInitializer.newInstance()
          .disableDiscovery()
          .addExtensions(new InterceptorExtension())
          .addBeanClasses(Users.class)
          .addPackages(InterceptorExtension.class)
          .enableInterceptors(
              CacheResultInterceptor.class,
              CachePutInterceptor.class,
              CacheRemoveEntryInterceptor.class,
              CacheRemoveAllInterceptor.class)
          .initialize();

  private final Users users = weld.select(Users.class).get();
  private final CacheManager manager = Caching.getCachingProvider().getCacheManager();
  private final Cache<Object, Object> cache =
      manager.createCache("users", new MutableConfiguration<>().setStatisticsEnabled(true));

  @BeforeEach
  void forget() {
    Users.RUNS.set(0);
  }

  @AfterEach
  void close() {
    weld.close();
    Caching.getCachingProvider().close();
  }

  @Test
  void caches_behindTheAnnotations_areOfTheProvider() {
    assertThat(manager).isInstanceOf(TheineCacheManager.class);
  }

  @Test
  void result_secondCall_comesFromTheCache() throws Exception {
    assertThat(users.find("x", 1)).isEqualTo(1);
    assertThat(users.find("y", 1)).isEqualTo(1);
    assertThat(users.find("x", 2)).isEqualTo(2);

    assertThat(count("CacheHits")).isEqualTo(1);
    assertThat(count("CacheMisses")).isEqualTo(2);
    assertThat(count("CachePuts")).isEqualTo(2);
  }

  @Test
  void exception_cached_isThrownAgain() {
    assertThatThrownBy(() -> users.failing(1)).isInstanceOf(IOException.class).hasMessage("run 1");
    assertThatThrownBy(() -> users.failing(1)).isInstanceOf(IOException.class).hasMessage("run 1");

    assertThat(manager.getCache("failures").iterator()).hasNext();
  }

  @Test
  void put_afterTheMethod_isSeenByTheNextCall() {
    users.put(1, 10);

    assertThat(users.find("x", 1)).isEqualTo(10);
  }

  @Test
  void remove_ofOneAndOfAll_isSeenByTheNextCall() throws Exception {
    users.find("x", 1);
    users.find("x", 2);
    users.remove(1);
    assertThat(count("CacheRemovals")).isEqualTo(1);

    users.clear();

    assertThat(cache.iterator()).isExhausted();
    assertThat(users.find("x", 2)).isEqualTo(3);
  }

  private static long count(String attribute) throws Exception {
    var server = ManagementFactory.getPlatformMBeanServer();
    var names =
        server.queryNames(new ObjectName("javax.cache:type=CacheStatistics,Cache=users,*"), null);
    return (Long) server.getAttribute(names.iterator().next(), attribute);
  }
}
