package org.theine.jcache.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.NotSerializableException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import org.hibernate.Session;
import org.hibernate.cache.jcache.ConfigSettings;
import org.hibernate.cache.spi.access.SoftLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.theine.jcache.TheineCachingProvider;
import org.theine.jcache.TheineConfiguration;
import org.theine.jcache.hibernate.Library.Reading;

/** What Hibernate keeps in a region, by value and by reference: keys, rows, results, soft locks. */
final class ValuesTest {
  private static final Map<String, Object> REFERENCE_ENTRIES =
      Map.of("hibernate.cache.use_reference_entries", true);

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void value_ofAnyRegion_isCopiedWhereItIsKeptByValue(boolean byValue) throws SQLException {
    try (Library library = library(byValue)) {
      library.change(session -> session.persist(new Product(1, "K-1", 7, "Kite").tag("red")));
      for (int i = 0; i < 2; i++) {
        library.ask(session -> session.find(Product.class, 1L).tags());
        library.ask(session -> Questions.idOf(session, "K-1"));
        library.ask(session -> Questions.nameOnShelf(session, 7));
      }

      for (String region :
          new String[] {
            Product.ENTITY, Product.TAGS, Product.NATURAL_ID, Library.QUERIES, Library.TIMESTAMPS
          }) {
        Cache<Object, Object> cache = library.cache(region);
        assertThat(library.configuration(region).isStoreByValue()).isEqualTo(byValue);
        assertThat(cache).as(region).isNotEmpty();
        for (Cache.Entry<Object, Object> entry : cache) {
          boolean same = cache.get(entry.getKey()) == cache.get(entry.getKey());
          boolean immutable = entry.getValue() instanceof Long;
          assertThat(same).as("%s in %s", entry, region).isEqualTo(!byValue || immutable);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void softLock_whileATransactionIsOpen_hidesTheEntryFromOthers(boolean byValue)
      throws SQLException {
    try (Library library = library(byValue)) {
      library.change(session -> session.persist(new Product(1, "K-1", 7, "Kite")));
      Object item = onlyValue(library);
      assertThat(item).isNotInstanceOf(SoftLock.class);
      try (Session session = library.openSession()) {
        session.beginTransaction();
        session.find(Product.class, 1L).rename("Dragon");
        session.flush();

        assertThat(onlyValue(library)).isInstanceOf(SoftLock.class);
        assertThat(library.read(other -> other.find(Product.class, 1L).name()))
            .isEqualTo(new Reading<>("Kite", 1, 1));
        assertThat(onlyValue(library)).isInstanceOf(SoftLock.class);
        session.getTransaction().commit();
      }
      assertThat(onlyValue(library)).isNotInstanceOf(SoftLock.class);
      assertThat(library.read(other -> other.find(Product.class, 1L).name()))
          .isEqualTo(new Reading<>("Dragon", 0, 0));
    }
  }

  @Test
  void referenceEntry_byReference_isTheEntityItself() throws SQLException {
    try (Library library = library(false, REFERENCE_ENTRIES)) {
      library.change(session -> session.persist(new Country("CH", "Switzerland")));
      Country first = library.ask(session -> session.find(Country.class, "CH"));
      Reading<Country> second = library.read(session -> session.find(Country.class, "CH"));

      assertThat(second.result())
          .isSameAs(first)
          .extracting(Country::name)
          .isEqualTo("Switzerland");
      assertThat(second.prepared()).isZero();
    }
  }

  /** Hibernate puts the entity itself, which is seldom serialisable. */
  @Test
  void referenceEntry_byValue_isRefusedByTheNameOfTheRegion() throws SQLException {
    try (Library library = library(true, REFERENCE_ENTRIES)) {
      assertThatThrownBy(
              () -> library.change(session -> session.persist(new Country("CH", "Switzerland"))))
          .hasMessageContaining("cache '" + Country.class.getName() + "' stores by value")
          .hasRootCauseInstanceOf(NotSerializableException.class);
    }
  }

  private static Object onlyValue(Library library) {
    assertThat(library.cache(Product.ENTITY)).hasSize(1);
    return library.cache(Product.ENTITY).iterator().next().getValue();
  }

  private static Library library(boolean byValue) throws SQLException {
    return library(byValue, Map.of());
  }

  private static Library library(boolean byValue, Map<String, Object> more) throws SQLException {
    CacheManager manager =
        Caching.getCachingProvider(TheineCachingProvider.class.getName()).getCacheManager();
    for (String region : Library.REGIONS) {
      manager.createCache(region, new TheineConfiguration<>().setStoreByValue(byValue));
    }
    Map<String, Object> settings = new HashMap<>(more);
    settings.put(ConfigSettings.CACHE_MANAGER, manager);
    settings.put(ConfigSettings.MISSING_CACHE_STRATEGY, "fail");
    return new Library(settings);
  }
}
