package org.theine.jcache.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.EntityManagerFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import javax.cache.CacheManager;
import javax.sql.DataSource;
import org.hibernate.cache.spi.RegionFactory;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.junit.jupiter.api.Test;
import org.springframework.beans.DirectFieldAccessor;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.theine.jcache.TheineCache;
import org.theine.jcache.TheineConfiguration;

/** Who closes the manager of Hibernate's caches, and when. */
final class HibernateLifeCycleTest {
  private static final String REGION = Shelf.class.getName();

  private static final String[] PROPERTIES = {
    "spring.datasource.url=jdbc:h2:mem:lives",
    "spring.jpa.hibernate.ddl-auto=create-drop",
    "spring.jpa.properties.hibernate.javax.cache.missing_cache_strategy=create",
  };

  private static ConfigurableApplicationContext start(Class<?> source, String... more) {
    return Applications.start(
        source, Stream.of(PROPERTIES, more).flatMap(Stream::of).toArray(String[]::new));
  }

  private static CacheManager managerOf(EntityManagerFactory factory) {
    RegionFactory regions =
        factory.unwrap(SessionFactoryImplementor.class).getCache().getRegionFactory();
    return (CacheManager) new DirectFieldAccessor(regions).getPropertyValue("cacheManager");
  }

  @SuppressWarnings("unchecked")
  private static Long maximum(ConfigurableApplicationContext application) {
    TheineCache<Object, Object> region =
        managerOf(application.getBean(EntityManagerFactory.class))
            .getCache(REGION)
            .unwrap(TheineCache.class);
    return region.getConfiguration(TheineConfiguration.class).getMaximumSize();
  }

  @Test
  void application_whoseHibernateFails_startsWithItsNewSettingsAfterTheMend() {
    assertThatThrownBy(
            () ->
                start(
                    HibernateTest.Shelves.class,
                    "spring.jpa.properties.hibernate.dialect=com.acme.NoDialect",
                    "theine.jcache.defaults.maximum=5",
                    "theine.jcache.caches[" + REGION + "].statistics=true"))
        .hasStackTraceContaining("com.acme.NoDialect");

    CacheManager manager;
    try (ConfigurableApplicationContext application =
        start(HibernateTest.Shelves.class, "theine.jcache.defaults.maximum=77")) {
      manager = managerOf(application.getBean(EntityManagerFactory.class));
      assertThat(maximum(application)).isEqualTo(77);
    }
    assertThat(manager.isClosed()).isTrue();
  }

  @Test
  void sessionFactory_closedAlone_leavesSpringsCachesOpen() {
    try (ConfigurableApplicationContext application =
        start(HibernateTest.ShelvesAndCaches.class, "spring.cache.cache-names=users")) {
      application.getBean(EntityManagerFactory.class).close();

      Applications.manager(application).getCache("users").put("ada", 1);
      assertThat(Applications.manager(application).getCache("users").get("ada")).isEqualTo(1);
    }
  }

  @Test
  void manager_ofTwoSessionFactories_staysOpenUntilTheApplicationCloses() {
    ConfigurableApplicationContext application = start(HibernateTest.Shelves.class);
    CacheManager manager;
    try (application) {
      EntityManagerFactory first = application.getBean(EntityManagerFactory.class);
      manager = managerOf(first);
      try (EntityManagerFactory second = second(application)) {
        assertThat(managerOf(second).getCacheNames()).contains("second." + REGION, REGION);
      }

      assertThat(manager.getCacheNames()).contains(REGION);
      manager.getCache(REGION).put(1, 1);
      assertThat(manager.getCache(REGION).get(1)).isEqualTo(1);
    }
    assertThat(manager.isClosed()).isTrue();
  }

  /** The same entities once more, in regions with other names. */
  private static EntityManagerFactory second(ConfigurableApplicationContext application) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("hibernate.javax.cache.missing_cache_strategy", "create");
    properties.put("hibernate.cache.region_prefix", "second");
    application.getBean(ManagerOfHibernate.class).putInto(properties);
    LocalContainerEntityManagerFactoryBean bean = new LocalContainerEntityManagerFactoryBean();
    bean.setDataSource(application.getBean(DataSource.class));
    bean.setPackagesToScan(Shelf.class.getPackageName());
    bean.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
    bean.setJpaPropertyMap(properties);
    bean.afterPropertiesSet();
    return bean.getObject();
  }
}
