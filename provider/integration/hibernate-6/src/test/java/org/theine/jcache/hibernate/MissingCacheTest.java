package org.theine.jcache.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import javax.cache.CacheManager;
import javax.cache.Caching;
import org.hibernate.cache.jcache.ConfigSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.theine.jcache.TheineCachingProvider;
import org.theine.jcache.TheineConfiguration;
import org.theine.jcache.hibernate.Library.Reading;

/** What becomes of regions that the manager does not have. */
final class MissingCacheTest {
  private static final String LOGGER = "org.hibernate.orm.cache";

  @AfterEach
  void closeManager() {
    manager().close();
  }

  @Test
  void create_ofAllRegions_isSilent() throws SQLException {
    try (LogTap log = new LogTap(LOGGER);
        Library library = new Library(settings("create"))) {
      assertThat(library.manager().getCacheNames()).hasSameElementsAs(Library.REGIONS);
      assertThat(log.messages()).isEmpty();
    }
  }

  @Test
  void createWarn_ofAllRegions_namesEachOnce() throws SQLException {
    try (LogTap log = new LogTap(LOGGER);
        Library library = new Library(settings("create-warn"))) {
      assertThat(library.manager().getCacheNames()).hasSameElementsAs(Library.REGIONS);
      assertThat(log.messages()).hasSameSizeAs(Library.REGIONS);
      for (String region : Library.REGIONS) {
        assertThat(log.messages())
            .as(region)
            .anyMatch(line -> line.contains("[" + region + "] was created"));
      }
    }
  }

  @Test
  void createWarn_ofRegionsThatExist_saysNothingOfThem() throws SQLException {
    manager().createCache(Product.ENTITY, new TheineConfiguration<>());
    try (LogTap log = new LogTap(LOGGER);
        Library library = new Library(settings("create-warn"))) {
      assertThat(library.manager()).isSameAs(manager());
      assertThat(log.messages())
          .hasSize(Library.REGIONS.size() - 1)
          .noneMatch(line -> line.contains("[" + Product.ENTITY + "]"));
    }
  }

  @Test
  void fail_withRegionsMissing_namesOneAndSucceedsOnceTheyAreThere() throws SQLException {
    for (String region : Library.REGIONS) {
      if (!region.equals(Product.TAGS)) {
        manager().createCache(region, new TheineConfiguration<>());
      }
    }

    assertThatThrownBy(() -> new Library(settings("fail")))
        .hasStackTraceContaining(
            "On-the-fly creation of JCache Cache objects is not supported [" + Product.TAGS + "]");

    CacheManager manager = manager();
    for (String region : Library.REGIONS) {
      if (manager.getCache(region) == null) {
        manager.createCache(region, new TheineConfiguration<>());
      }
    }
    try (Library library = new Library(settings("fail"))) {
      assertThat(library.manager()).isSameAs(manager);
      library.change(session -> session.persist(new Product(1, "K-1", 7, "Kite")));
      assertThat(library.read(session -> session.find(Product.class, 1L).name()))
          .isEqualTo(new Reading<>("Kite", 0, 0));
    }
  }

  private static Map<String, Object> settings(String missingCacheStrategy) {
    Map<String, Object> settings = new HashMap<>(Library.THIS_PROVIDER);
    settings.put(ConfigSettings.MISSING_CACHE_STRATEGY, missingCacheStrategy);
    return settings;
  }

  private static CacheManager manager() {
    return Caching.getCachingProvider(TheineCachingProvider.class.getName()).getCacheManager();
  }
}
