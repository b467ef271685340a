package org.theine.jcache.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.hibernate.Session;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.stat.CacheRegionStatistics;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.theine.jcache.hibernate.Library.Reading;

/** Every concurrency strategy with a region of every kind. */
final class StrategiesTest {
  private static final SortedSet<String> TAGS = new TreeSet<>(Set.of("new", "red"));

  /** A question for each kind of region. */
  private enum Kind {
    ENTITY(Product.ENTITY, "Kite", session -> session.find(Product.class, 1L).name()),
    COLLECTION(Product.TAGS, TAGS, session -> session.find(Product.class, 1L).tags()),
    NATURAL_ID(Product.NATURAL_ID, 1L, session -> Questions.idOf(session, "K-1")),
    QUERY(Library.QUERIES, "Kite", session -> Questions.nameOnShelf(session, 7));

    private final String region;
    private final Object answer;
    private final Function<Session, @Nullable Object> question;

    Kind(String region, Object answer, Function<Session, @Nullable Object> question) {
      this.region = region;
      this.answer = answer;
      this.question = question;
    }
  }

  // --------------------------------------------------------------------------------------- reads

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void regionOfEachKind_readBySecondSession_needsNoStatement(CacheConcurrencyStrategy strategy)
      throws SQLException {
    for (Kind kind : Kind.values()) {
      try (Library library = stocked(strategy)) {
        Reading<?> first = library.read(kind.question);
        Reading<?> second = library.read(kind.question);

        assertThat(first.result()).as("%s", kind).isEqualTo(kind.answer);
        assertThat(first.prepared()).as("%s", kind).isPositive().isEqualTo(first.inspected());
        assertThat(second).as("%s", kind).isEqualTo(new Reading<>(kind.answer, 0, 0));
        CacheRegionStatistics region = library.statistics().getCacheRegionStatistics(kind.region);
        assertThat(region.getPutCount()).as("puts of %s", kind).isEqualTo(1);
        assertThat(region.getMissCount()).as("misses of %s", kind).isEqualTo(1);
        assertThat(region.getHitCount()).as("hits of %s", kind).isEqualTo(1);
      }
    }
  }

  // ------------------------------------------------------------------------------------- changes

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"NONE", "READ_ONLY"})
  void change_committed_isSeenInTheRegionOfEachKind(CacheConcurrencyStrategy strategy)
      throws SQLException {
    try (Library library = stocked(strategy)) {
      readAll(library);
      library.change(
          session -> {
            Product product = session.find(Product.class, 1L);
            product.rename("Dragon");
            product.number("K-2");
            product.tag("big").untag("new");
          });

      for (int pass = 0; pass < 2; pass++) {
        assertThat(ask(library, session -> session.find(Product.class, 1L).name()))
            .isEqualTo("Dragon");
        assertThat(ask(library, session -> session.find(Product.class, 1L).tags().toString()))
            .isEqualTo("[big, red]");
        assertThat(ask(library, session -> Questions.idOf(session, "K-2"))).isEqualTo(1L);
        assertThat(ask(library, session -> Questions.idOf(session, "K-1"))).isNull();
        assertThat(ask(library, session -> Questions.nameOnShelf(session, 7))).isEqualTo("Dragon");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void insertThenRemove_committed_areSeenInTheRegionOfEachKind(CacheConcurrencyStrategy strategy)
      throws SQLException {
    try (Library library = stocked(strategy)) {
      assertThat(ask(library, session -> Questions.nameOnShelf(session, 8))).isNull();
      library.change(session -> session.persist(new Product(2, "B-1", 8, "Ball").tag("round")));

      assertThat(ask(library, session -> session.find(Product.class, 2L).name())).isEqualTo("Ball");
      assertThat(ask(library, session -> session.find(Product.class, 2L).tags().toString()))
          .isEqualTo("[round]");
      assertThat(ask(library, session -> Questions.idOf(session, "B-1"))).isEqualTo(2L);
      assertThat(ask(library, session -> Questions.nameOnShelf(session, 8))).isEqualTo("Ball");

      library.change(session -> session.remove(session.find(Product.class, 2L)));

      assertThat(ask(library, session -> session.find(Product.class, 2L))).isNull();
      assertThat(ask(library, session -> Questions.idOf(session, "B-1"))).isNull();
      assertThat(ask(library, session -> Questions.nameOnShelf(session, 8))).isNull();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NONSTRICT_READ_WRITE", "READ_WRITE"})
  void change_rolledBack_isSeenInNoRegion(CacheConcurrencyStrategy strategy) throws SQLException {
    try (Library library = stocked(strategy)) {
      readAll(library);
      changeAndRollBack(library);

      for (Kind kind : Kind.values()) {
        assertThat(ask(library, kind.question)).as("%s", kind).isEqualTo(kind.answer);
      }
    }
  }

  @Test
  void readOnly_changed_isRefusedAndNothingChanges() throws SQLException {
    try (Library library = stocked(CacheConcurrencyStrategy.READ_ONLY)) {
      readAll(library);

      assertThatThrownBy(
              () -> library.change(session -> session.find(Product.class, 1L).rename("Dragon")))
          .hasStackTraceContaining("UnsupportedOperationException");

      for (Kind kind : Kind.values()) {
        assertThat(ask(library, kind.question)).as("%s", kind).isEqualTo(kind.answer);
      }
      assertThat(library.direct("select count(*) from Product where name = 'Kite'")).isEqualTo(1);
    }
  }

  // ------------------------------------------------------------------------------- transactional

  @Test
  void transactional_whereverItIsUsed_isAcceptedWithAWarning() throws SQLException {
    try (LogTap log = new LogTap("org.hibernate.orm.cache");
        Library library = stocked(CacheConcurrencyStrategy.TRANSACTIONAL)) {
      for (String region : new String[] {Product.ENTITY, Product.TAGS, Product.NATURAL_ID}) {
        assertThat(log.messages())
            .as("the one of %s", region)
            .anyMatch(line -> line.contains("[" + region + "]") && line.contains("transactional"));
      }
      assertThat(library.manager().getCacheNames()).contains(Product.ENTITY);
    }
  }

  /**
   * JCache knows no transactions, and Hibernate leaves to the cache what to do at a rollback: with
   * any provider of JCache what was never committed stays until it is evicted or expires.
   */
  @Test
  void transactional_changeRolledBack_staysInTheCache() throws SQLException {
    try (Library library = stocked(CacheConcurrencyStrategy.TRANSACTIONAL)) {
      readAll(library);
      changeAndRollBack(library);

      assertThat(library.read(Kind.ENTITY.question)).isEqualTo(new Reading<>("Dragon", 0, 0));
      library.regions().evict(Product.class, 1L);
      assertThat(ask(library, Kind.ENTITY.question)).isEqualTo("Kite");
    }
  }

  // ------------------------------------------------------------------------------------- fixture

  private static Library stocked(CacheConcurrencyStrategy strategy) throws SQLException {
    Library library = new Library(Library.THIS_PROVIDER, strategy);
    library.change(
        session -> session.persist(new Product(1, "K-1", 7, "Kite").tag("new").tag("red")));
    library.regions().evictAllRegions();
    library.statistics().clear();
    return library;
  }

  private static void readAll(Library library) {
    for (Kind kind : Kind.values()) {
      assertThat(ask(library, kind.question)).as("%s", kind).isEqualTo(kind.answer);
    }
  }

  private static void changeAndRollBack(Library library) {
    library.ask(
        session -> {
          Product product = session.find(Product.class, 1L);
          product.rename("Dragon");
          product.number("K-2");
          product.tag("big");
          session.flush();
          session.getTransaction().setRollbackOnly();
          return true;
        });
  }

  private static @Nullable Object ask(Library library, Function<Session, ?> question) {
    return library.ask(question);
  }
}
