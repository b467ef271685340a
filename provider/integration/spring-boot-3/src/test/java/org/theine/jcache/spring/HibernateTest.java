package org.theine.jcache.spring;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.stream.Stream;
import javax.cache.CacheManager;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** The second-level cache of an application, with settings from the application's properties. */
final class HibernateTest {
  private static final int MAXIMUM = 50;
  private static final String REGION = Shelf.class.getName();

  private static final String[] PROPERTIES = {
    "spring.datasource.url=jdbc:h2:mem:shelves",
    "spring.jpa.hibernate.ddl-auto=create-drop",
    "spring.jpa.properties.hibernate.generate_statistics=true",
    "spring.jpa.properties.hibernate.javax.cache.missing_cache_strategy=create",
    "theine.jcache.caches[" + REGION + "].maximum=" + MAXIMUM,
  };

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @AutoConfigurationPackage
  static class Shelves {}

  @EnableCaching
  static class ShelvesAndCaches extends Shelves {}

  private static ConfigurableApplicationContext start(Class<?> source, String... more) {
    return Applications.start(
        source, Stream.of(PROPERTIES, more).flatMap(Stream::of).toArray(String[]::new));
  }

  private static void store(ConfigurableApplicationContext application, int from, int end) {
    try (EntityManager entities =
        application.getBean(EntityManagerFactory.class).createEntityManager()) {
      entities.getTransaction().begin();
      for (int i = from; i < end; i++) {
        entities.persist(new Shelf(i));
      }
      entities.getTransaction().commit();
    }
  }

  /** Returns how many statements it takes to find the first so many, in a session of its own. */
  private static long statements(ConfigurableApplicationContext application, int count) {
    EntityManagerFactory factory = application.getBean(EntityManagerFactory.class);
    Statistics statistics = factory.unwrap(SessionFactory.class).getStatistics();
    long before = statistics.getPrepareStatementCount();
    try (EntityManager entities = factory.createEntityManager()) {
      for (long i = 0; i < count; i++) {
        assertThat(entities.find(Shelf.class, i).id()).isEqualTo(i);
      }
    }
    return statistics.getPrepareStatementCount() - before;
  }

  @Test
  void region_withAMaximumInTheProperties_holdsThatManyAndNoMore() {
    try (ConfigurableApplicationContext application = start(Shelves.class)) {
      store(application, 0, MAXIMUM / 2);
      assertThat(statements(application, MAXIMUM / 2)).isZero();

      store(application, MAXIMUM / 2, 10 * MAXIMUM);
      assertThat(statements(application, 10 * MAXIMUM)).isGreaterThanOrEqualTo(9 * MAXIMUM);
      assertThat(application.getBeansOfType(CacheManager.class)).isEmpty();
    }
  }

  @Test
  void autoConfiguration_excluded_leavesHibernateAsItIsWithoutSpring() {
    try (ConfigurableApplicationContext application =
        start(
            Shelves.class,
            "spring.autoconfigure.exclude=" + TheineHibernateAutoConfiguration.class.getName())) {
      store(application, 0, 10 * MAXIMUM);

      assertThat(statements(application, 10 * MAXIMUM)).isZero();
    }
  }

  @Test
  void manager_withSpringsCachesToo_servesBoth() {
    try (ConfigurableApplicationContext application =
        start(
            ShelvesAndCaches.class,
            "spring.jpa.properties.hibernate.cache.region.factory_class=jcache",
            "spring.cache.cache-names=users")) {
      store(application, 0, 1);

      assertThat(statements(application, 1)).isZero();
      assertThat(Applications.manager(application).getCacheNames()).contains("users", REGION);
      assertThat(Applications.configuration(application, "users").getMaximumSize()).isNull();
    }
  }

  @Test
  void anotherRegionFactory_namedByTheUser_isLeftAlone() {
    try (ConfigurableApplicationContext application =
        start(
            ShelvesAndCaches.class,
            "spring.jpa.properties.hibernate.cache.region.factory_class="
                + "org.hibernate.cache.internal.NoCachingRegionFactory")) {
      store(application, 0, 1);

      assertThat(statements(application, 1)).isEqualTo(1);
    }
  }
}
