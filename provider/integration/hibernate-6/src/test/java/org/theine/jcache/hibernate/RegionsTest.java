package org.theine.jcache.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.expiry.Duration;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.hibernate.cache.jcache.ConfigSettings;
import org.hibernate.stat.CacheRegionStatistics;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.theine.jcache.TheineCache;

/** Size, time to live and statistics of each region, as a file says: by name, wildcard, default. */
final class RegionsTest {
  private static final String FILE = "shop-caches.conf";
  private static final int PRODUCTS = 200;

  @ParameterizedTest
  @CsvSource({
    "Author, 30, 7",
    "Author.books, 30, 7",
    "Book, 40, 30",
    "Tally, 40, 30",
    "Product, 50, 30",
    "Product.tags, 40, 30",
    "Product##NaturalId, 40, 30"
  })
  void region_ofTheShop_hasTheSettingsOfItsBlockOrLongestWildcard(
      String name, long maximum, long minutes) throws SQLException {
    try (Library library = new Library(ConfigurationFile.at(FILE))) {
      String region = Shelf.class.getPackageName() + "." + name;

      assertThat(maximum(library, region)).isEqualTo(maximum);
      assertThat(timeToLive(library, region).getDurationAmount()).isPositive();
      assertThat(timeToLive(library, region).getAdjustedTime(0)).isEqualTo(minutes * 60_000);
      assertThat(library.configuration(region).isStatisticsEnabled()).isTrue();
    }
  }

  @Test
  void regionsOfQueries_underTheSameFile_areBoundedForResultsOnly() throws SQLException {
    try (Library library = new Library(ConfigurationFile.at(FILE))) {
      assertThat(maximum(library, Library.QUERIES)).isEqualTo(20);
      assertThat(timeToLive(library, Library.QUERIES).getAdjustedTime(0)).isEqualTo(5 * 60_000);
      assertThat(maximum(library, Library.TIMESTAMPS)).isEqualTo(Long.MAX_VALUE);
      assertThat(timeToLive(library, Library.TIMESTAMPS)).isEqualTo(Duration.ETERNAL);
      assertThat(library.configuration(Library.TIMESTAMPS).isStatisticsEnabled()).isTrue();
    }
  }

  @Test
  void regions_thatAreReadManyTimesOver_keepTheirMaximum() throws SQLException {
    try (Library library = new Library(ConfigurationFile.at(FILE))) {
      library.change(
          session -> {
            for (int i = 0; i < PRODUCTS; i++) {
              session.persist(new Product(i, "P-" + i, i, "name " + i).tag("new"));
            }
          });
      for (int i = 0; i < PRODUCTS; i++) {
        int number = i;
        long id = i;
        assertThat(library.<Object>ask(session -> session.find(Product.class, id).tags()))
            .isEqualTo(Set.of("new"));
        assertThat(library.<Object>ask(session -> Questions.nameOnShelf(session, number)))
            .isEqualTo("name " + i);
      }

      assertThat(library.cache(Product.ENTITY)).hasSize(50);
      assertThat(library.cache(Product.TAGS)).hasSize(40);
      assertThat(library.cache(Library.QUERIES)).hasSize(20);
      assertThat(library.cache(Library.TIMESTAMPS)).hasSizeGreaterThanOrEqualTo(2);
    }
  }

  /** Before Hibernate puts a row that it has loaded, it looks once more: a miss of the cache. */
  @Test
  void statistics_ofARegion_areThoseOfHibernate() throws SQLException, JMException {
    try (Library library = new Library(ConfigurationFile.at(FILE))) {
      library.change(session -> session.persist(new Product(1, "P-1", 1, "Kite")));
      library.regions().evict(Product.class, 1L);
      long putsBefore = statistic(library, Product.ENTITY, "CachePuts");
      long missesBefore = statistic(library, Product.ENTITY, "CacheMisses");
      library.statistics().clear();
      for (int i = 0; i < 5; i++) {
        library.ask(session -> session.find(Product.class, 1L).name());
      }

      CacheRegionStatistics region = library.statistics().getCacheRegionStatistics(Product.ENTITY);
      assertThat(region.getHitCount()).isEqualTo(4);
      assertThat(region.getMissCount()).isEqualTo(1);
      assertThat(region.getPutCount()).isEqualTo(1);
      assertThat(statistic(library, Product.ENTITY, "CacheHits")).isEqualTo(4);
      assertThat(statistic(library, Product.ENTITY, "CachePuts") - putsBefore).isEqualTo(1);
      assertThat(statistic(library, Product.ENTITY, "CacheMisses") - missesBefore).isEqualTo(2);
    }
  }

  /** With all regions in the file Hibernate need make none. */
  @Test
  void missingCacheStrategyFail_withEveryRegionDeclared_findsThem(@TempDir Path directory)
      throws SQLException, IOException {
    StringBuilder caches = new StringBuilder();
    Library.REGIONS.forEach(
        region ->
            caches
                .append('"')
                .append(region)
                .append(region.equals(Library.TIMESTAMPS) ? "\" {}\n" : "\" { maximum = 100 }\n"));
    Map<String, Object> settings = ConfigurationFile.at(directory, "caches {\n" + caches + "}");
    settings.put(ConfigSettings.MISSING_CACHE_STRATEGY, "fail");

    try (Library library = new Library(settings)) {
      assertThat(library.manager().getCacheNames()).hasSameElementsAs(Library.REGIONS);
      assertThat(maximum(library, Product.NATURAL_ID)).isEqualTo(100);
      assertThat(maximum(library, Library.TIMESTAMPS)).isEqualTo(Long.MAX_VALUE);
    }
  }

  // ------------------------------------------------------------------------------------- fixture

  private static long maximum(Library library, String region) {
    return library.cache(region).unwrap(TheineCache.class).maximum();
  }

  private static @Nullable Duration timeToLive(Library library, String region) {
    CompleteConfiguration<Object, Object> configuration = library.configuration(region);
    return configuration.getExpiryPolicyFactory().create().getExpiryForCreation();
  }

  private static long statistic(Library library, String region, String attribute)
      throws JMException {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ObjectName pattern = new ObjectName("javax.cache:type=CacheStatistics,*");
    for (ObjectName name : server.queryNames(pattern, null)) {
      if (name.getKeyProperty("Cache").equals(region)
          && name.getKeyProperty("CacheManager").contains(FILE)) {
        return (Long) server.getAttribute(name, attribute);
      }
    }
    throw new AssertionError("no statistics of " + region);
  }
}
