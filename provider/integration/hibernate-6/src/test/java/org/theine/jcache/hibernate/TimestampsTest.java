package org.theine.jcache.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.cache.Caching;
import javax.cache.expiry.Duration;
import javax.cache.spi.CachingProvider;
import org.hibernate.Session;
import org.hibernate.cache.jcache.ConfigSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.theine.jcache.TheineCache;
import org.theine.jcache.TheineCachingProvider;

/**
 * When a table was last changed stands in a region of its own. Hibernate takes a table without an
 * entry there for one that never changed, so that a result of a query that is older than the change
 * counts as fresh: the region must lose nothing.
 */
final class TimestampsTest {
  private static final String TINY = "{ maximum = 2, ttl = 1s }";
  private static final String MAXIMUM = "theine.jcache.defaults.maximum";

  /** A table, how it is changed and what a query then returns. */
  private enum Table {
    AUTHOR(
        session -> session.find(Author.class, 1L).rename("new"),
        session -> answer(session, "select name from Author")),
    BOOK(
        session -> session.find(Book.class, 1L).rename("new"),
        session -> answer(session, "select title from Book")),
    PRODUCT(
        session -> session.find(Product.class, 1L).rename("new"),
        session -> answer(session, "select name from Product")),
    TALLY(
        session -> session.find(Tally.class, 1L).increment(),
        session ->
            answer(session, "select case when total = 1 then 'new' else 'old' end from Tally"));

    private final Consumer<Session> change;
    private final Function<Session, String> query;

    Table(Consumer<Session> change, Function<Session, String> query) {
      this.change = change;
      this.query = query;
    }

    private static String answer(Session session, String query) {
      return session.createQuery(query, String.class).setCacheable(true).uniqueResult();
    }
  }

  @TempDir private Path directory;

  @AfterEach
  void forgetBound() {
    System.clearProperty(MAXIMUM);
  }

  // ------------------------------------------------------------------------------ what protects

  @ParameterizedTest
  @ValueSource(
      strings = {
        "defaults " + TINY,
        "caches { \"*\" " + TINY + " }",
        "caches { \"default-*\" " + TINY + " }",
        "caches { \"default-update-timestamps-region*\" " + TINY + " }",
        "templates { small " + TINY + " }, caches { \"default-*\" { template = small } }",
        "templates { small "
            + TINY
            + " }, caches { default-update-timestamps-region { template = small } }"
      })
  void timestamps_underATinyDefaultOrWildcard_areKept(String settings)
      throws SQLException, IOException {
    try (LogTap log = new LogTap("org.theine.jcache");
        Library library = stocked(ConfigurationFile.at(directory, settings))) {
      assertUnbounded(library, Library.TIMESTAMPS);
      assertThat(staleTables(library)).isEmpty();
      assertThat(log.messages()).noneMatch(line -> line.contains(Library.TIMESTAMPS));
    }
  }

  @Test
  void timestamps_underATinySystemProperty_areKept() throws SQLException {
    System.setProperty(MAXIMUM, "2");
    try (Library library = stocked(Library.THIS_PROVIDER)) {
      assertUnbounded(library, Library.TIMESTAMPS);
      assertThat(staleTables(library)).isEmpty();
    }
  }

  @Test
  void timestamps_underATinyPropertyOfTheManager_areKept() throws SQLException {
    CachingProvider provider = Caching.getCachingProvider(TheineCachingProvider.class.getName());
    Properties properties = new Properties();
    properties.setProperty(MAXIMUM, "2");
    try (Library library =
        stocked(
            Map.of(
                ConfigSettings.CACHE_MANAGER,
                provider.getCacheManager(
                    provider.getDefaultURI(), provider.getDefaultClassLoader(), properties)))) {
      assertUnbounded(library, Library.TIMESTAMPS);
      assertThat(staleTables(library)).isEmpty();
    }
  }

  /** Hibernate puts its {@code hibernate.cache.region_prefix} before each name. */
  @Test
  void timestamps_withAPrefix_areKeptToo() throws SQLException, IOException {
    Map<String, Object> settings =
        ConfigurationFile.at(
            directory, "defaults " + TINY + ", caches { \"shop.*\" " + TINY + " }");
    settings.put("hibernate.cache.region_prefix", "shop");
    try (Library library = stocked(settings)) {
      assertUnbounded(library, "shop." + Library.TIMESTAMPS);
      assertThat(staleTables(library)).isEmpty();
    }
  }

  /** Hibernate takes a region of a name that it once had, if there is one. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.hibernate.cache.spi.TimestampsRegion",
        "org.hibernate.cache.spi.UpdateTimestampsCache"
      })
  void timestamps_byAFormerName_areKeptToo(String former) throws SQLException, IOException {
    String settings = "defaults " + TINY + ", caches { \"" + former + "\" {} }";
    try (Library library = stocked(ConfigurationFile.at(directory, settings))) {
      assertUnbounded(library, former);
      assertThat(library.manager().getCacheNames()).doesNotContain(Library.TIMESTAMPS);
      assertThat(staleTables(library)).isEmpty();
      assertThat(library.cache(former)).isNotEmpty();
    }
  }

  // ---------------------------------------------------------------------------- that it must be

  @Test
  void timestamps_boundedByTheirOwnName_makeQueriesStaleAndAreWarnedOf()
      throws SQLException, IOException {
    String settings = "caches { default-update-timestamps-region { maximum = 2 } }";
    try (LogTap log = new LogTap("org.theine.jcache");
        Library library = stocked(ConfigurationFile.at(directory, settings))) {
      assertThat(library.cache(Library.TIMESTAMPS).unwrap(TheineCache.class).maximum())
          .isEqualTo(2);
      assertThat(staleTables(library)).hasSizeGreaterThanOrEqualTo(2);
      assertThat(log.messages()).filteredOn(line -> line.contains(Library.TIMESTAMPS)).hasSize(1);
    }
  }

  @Test
  void timestamps_thatExpireByTheirOwnName_makeQueriesStaleAndAreWarnedOf()
      throws SQLException, IOException {
    String settings = "caches { default-update-timestamps-region { ttl = 1ms } }";
    try (LogTap log = new LogTap("org.theine.jcache");
        Library library = stocked(ConfigurationFile.at(directory, settings))) {
      library.ask(Table.BOOK.query);
      library.change(Table.BOOK.change);
      while (library.cache(Library.TIMESTAMPS).iterator().hasNext()) {
        Thread.onSpinWait();
      }

      assertThat(library.ask(Table.BOOK.query)).isEqualTo("old");
      assertThat(log.messages()).filteredOn(line -> line.contains(Library.TIMESTAMPS)).hasSize(1);
    }
  }

  // ------------------------------------------------------------------------------------- fixture

  private static void assertUnbounded(Library library, String region) {
    assertThat(library.cache(region).unwrap(TheineCache.class).maximum()).isEqualTo(Long.MAX_VALUE);
    assertThat(
            library.configuration(region).getExpiryPolicyFactory().create().getExpiryForCreation())
        .isEqualTo(Duration.ETERNAL);
  }

  /** One row in each table, in no cache. */
  private static Library stocked(Map<String, Object> settings) throws SQLException {
    Library library = new Library(settings);
    library.change(
        session -> {
          session.persist(new Author(1, "old"));
          session.persist(new Book(1, "old", null));
          session.persist(new Product(1, "P-1", 1, "old"));
          session.persist(new Tally(1));
        });
    library.regions().evictAllRegions();
    return library;
  }

  /** Asks, changes all tables, asks again, as often as there are tables that may go first. */
  private static List<Table> staleTables(Library library) {
    List<Table> stale = new ArrayList<>();
    for (Table table : Table.values()) {
      assertThat(library.ask(table.query)).isEqualTo("old");
    }
    for (Table table : Table.values()) {
      library.change(table.change);
    }
    for (Table table : Table.values()) {
      if (!library.ask(table.query).equals("new")) {
        stale.add(table);
      }
    }
    return stale;
  }
}
