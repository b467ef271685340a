package org.theine.jcache.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.spi.CachingProvider;
import org.hibernate.Session;
import org.hibernate.Version;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.theine.jcache.TheineCache;
import org.theine.jcache.TheineCachingProvider;
import org.theine.jcache.TheineConfiguration;
import org.theine.jcache.hibernate.Library.Reading;

/** Hibernate's second-level cache on this provider: what is read, what it costs, what is seen. */
final class HibernateTest {
  private static final String PROVIDER = TheineCachingProvider.class.getName();
  private static final String MAXIMUM = "theine.jcache.defaults.maximum";

  private static final int BOOKS = 100;
  private static final int BOUND = 16;
  private static final int TALLIES = 8;
  private static final int THREADS = 4;
  private static final int ROUNDS = 150;

  /** One for each tally. */
  private static final Lock[] TURNS =
      Stream.generate(ReentrantLock::new).limit(TALLIES).toArray(Lock[]::new);

  /** The ways in which Hibernate comes to its caches. */
  enum Way {
    BY_CLASS_NAME {
      @Override
      Map<String, Object> settings() {
        return Map.of("hibernate.javax.cache.provider", PROVIDER);
      }
    },
    THE_ONLY_PROVIDER {
      @Override
      Map<String, Object> settings() {
        return Map.of();
      }
    },
    /** With a bound from the manager's properties and one region that was made beforehand. */
    GIVEN_MANAGER {
      @Override
      Map<String, Object> settings() {
        CachingProvider provider = Caching.getCachingProvider(PROVIDER);
        Properties properties = new Properties();
        properties.setProperty(MAXIMUM, String.valueOf(BOUND));
        CacheManager manager =
            provider.getCacheManager(
                provider.getDefaultURI(), provider.getDefaultClassLoader(), properties);
        TheineConfiguration<Object, Object> byReference = new TheineConfiguration<>();
        manager.createCache(Author.class.getName(), byReference.setStoreByValue(false));
        return Map.of("hibernate.javax.cache.cache_manager", manager);
      }
    };

    abstract Map<String, Object> settings();
  }

  @AfterEach
  void forgetBound() {
    System.clearProperty(MAXIMUM);
  }

  @Test
  void version_ofHibernate_isThatOfTheModule() {
    assertThat(Version.getVersionString())
        .isEqualTo(System.getProperty("theine.hibernate.version"));
  }

  // --------------------------------------------------------------------------------- without SQL

  @ParameterizedTest
  @EnumSource
  void entity_readBySecondSession_needsNoStatement(Way way) throws SQLException {
    try (Library library = stocked(way)) {
      Reading<String> first = library.read(session -> session.find(Author.class, 1L).name());
      Reading<String> second = library.read(session -> session.find(Author.class, 1L).name());

      assertThat(first.result()).isEqualTo("Ursula");
      assertCost(second, 0, "Ursula");
      assertThat(library.statistics().getSecondLevelCacheHitCount()).isPositive();
      assertThat(regions()).contains(Author.class.getName());
    }
  }

  @ParameterizedTest
  @EnumSource
  void collection_readBySecondSession_needsNoStatement(Way way) throws SQLException {
    try (Library library = stocked(way)) {
      library.read(HibernateTest::titles);
      Reading<List<String>> second = library.read(HibernateTest::titles);

      assertCost(second, 0, List.of("The Dispossessed", "Lathe"));
      assertThat(regions()).contains(Author.class.getName() + ".books");
    }
  }

  @ParameterizedTest
  @EnumSource
  void query_askedBySecondSession_needsNoStatement(Way way) throws SQLException {
    try (Library library = stocked(way)) {
      Reading<List<String>> first = library.read(session -> titlesLike(session, "L%"));
      Reading<List<String>> second = library.read(session -> titlesLike(session, "L%"));
      Reading<List<String>> other = library.read(session -> titlesLike(session, "The%"));

      assertCost(first, 1, List.of("Lathe"));
      assertCost(second, 0, List.of("Lathe"));
      assertCost(other, 1, List.of("The Dispossessed"));
      assertThat(library.statistics().getQueryCacheHitCount()).isEqualTo(1);
    }
  }

  @Test
  void entity_changedBehindHibernate_isReadFromTheCache() throws SQLException {
    try (Library library = stocked(Way.BY_CLASS_NAME)) {
      library.read(session -> session.find(Author.class, 1L).name());
      library.directly("update Author set name = 'Nobody'");

      assertCost(library.read(session -> session.find(Author.class, 1L).name()), 0, "Ursula");
    }
  }

  @ParameterizedTest
  @EnumSource
  void evict_ofOneEntityThenOfAll_readsTheDatabaseAnew(Way way) throws SQLException {
    try (Library library = stocked(way)) {
      library.read(HibernateTest::names);
      library.directly("update Author set name = 'Nobody'");
      library.regions().evict(Author.class, 1L);
      assertThat(library.read(HibernateTest::names).result())
          .containsExactly("Nobody", "Stanislaw");

      library.regions().evict(Author.class);
      assertThat(library.read(HibernateTest::names).result()).containsExactly("Nobody", "Nobody");
    }
  }

  // ------------------------------------------------------------------------------------- changes

  @ParameterizedTest
  @EnumSource
  void update_committedInOneSession_isSeenByTheNext(Way way) throws SQLException {
    try (Library library = stocked(way)) {
      library.read(session -> session.find(Author.class, 1L).name());
      for (int i = 1; i <= 5; i++) {
        String name = "Ursula " + i;
        library.change(session -> session.find(Author.class, 1L).rename(name));

        assertCost(library.read(session -> session.find(Author.class, 1L).name()), 0, name);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void update_rolledBack_isNotSeen(Way way) throws SQLException {
    try (Library library = stocked(way)) {
      library.read(session -> session.find(Author.class, 1L).name());
      library.ask(
          session -> {
            session.find(Author.class, 1L).rename("Nobody");
            session.flush();
            session.getTransaction().setRollbackOnly();
            return null;
          });

      assertThat(library.read(session -> session.find(Author.class, 1L).name()).result())
          .isEqualTo("Ursula");
    }
  }

  @ParameterizedTest
  @EnumSource
  void collection_withAnElementMore_isSeenByTheNext(Way way) throws SQLException {
    try (Library library = stocked(way)) {
      library.read(HibernateTest::titles);
      library.change(
          session -> session.persist(new Book(30, "Tehanu", session.find(Author.class, 1L))));

      assertThat(library.read(HibernateTest::titles).result())
          .containsExactly("The Dispossessed", "Lathe", "Tehanu");
      assertCost(
          library.read(HibernateTest::titles), 0, List.of("The Dispossessed", "Lathe", "Tehanu"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void query_afterUpdateOfItsTable_isAskedAnew(Way way) throws SQLException {
    try (Library library = stocked(way)) {
      library.read(session -> titlesLike(session, "L%"));
      library.change(session -> session.find(Book.class, 20L).rename("Lavinia"));

      assertThat(library.read(session -> titlesLike(session, "L%")).result())
          .containsExactly("Lavinia");
    }
  }

  @ParameterizedTest
  @EnumSource
  void entity_removed_isGoneForTheNext(Way way) throws SQLException {
    try (Library library = stocked(way)) {
      library.read(session -> session.find(Book.class, 20L).title());
      library.change(session -> session.remove(session.find(Book.class, 20L)));

      assertThat(library.read(session -> session.find(Book.class, 20L) == null).result()).isTrue();
    }
  }

  // --------------------------------------------------------------------------------------- bound

  @Test
  void bound_belowTheNumberOfEntities_holdsAndWhatIsReadIsRight() throws SQLException {
    System.setProperty(MAXIMUM, String.valueOf(BOUND));
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (Library library = stocked(Way.THE_ONLY_PROVIDER)) {
      List<String> titles = addBooks(library);
      long statements = library.statistics().getPrepareStatementCount();
      for (int i = 0; i < 1000; i++) {
        int book = skewed(random);
        if (random.nextInt(5) == 0) {
          String title = "Edition " + i;
          titles.set(book, title);
          library.change(session -> session.find(Book.class, 1000L + book).rename(title));
        }

        assertThat(title(library, book))
            .as("step %d of seed %d", i, seed)
            .isEqualTo(titles.get(book));
      }

      assertThat(cache(Book.class.getName()))
          .as("entries, seed %d", seed)
          .hasSizeBetween(BOUND / 2, BOUND);
      assertThat(library.statistics().getPrepareStatementCount() - statements)
          .as("some reads needed no statement, and some did, seed %d", seed)
          .isBetween(300L, 1200L);
      assertSizes();
    }
  }

  // ------------------------------------------------------------------------------------- threads

  @Test
  void readWrite_underFourThreads_cacheAndDatabaseAgree() throws Exception {
    underThreads();
  }

  /**
   * The tallies fit: Hibernate's soft locks are entries too, and one that is evicted protects
   * nothing, whatever the provider. The books do not fit, so that evictions go on all the time.
   */
  @Test
  void readWrite_underFourThreadsAndABound_cacheAndDatabaseAgree() throws Exception {
    System.setProperty(MAXIMUM, String.valueOf(BOUND));
    underThreads();
  }

  private static void underThreads() throws Exception {
    long seed = System.nanoTime();
    try (Library library = stocked(Way.THE_ONLY_PROVIDER)) {
      addBooks(library);
      Threads.run(THREADS, thread -> incrementAndRead(library, new Random(seed + thread)));

      assertThat(library.direct("select sum(total) from Tally"))
          .as("no increment was lost, seed %d", seed)
          .isEqualTo((long) THREADS * ROUNDS);
      assertThat(talliesInTheCache(library, seed)).isPositive();
      assertThat(talliesInTheCache(library, seed)).as("all, once read").isEqualTo(TALLIES);
      assertSizes();
    }
  }

  /** One thread's work: an increment and two reads in each round. */
  private static void incrementAndRead(Library library, Random random) {
    long[] latest = new long[TALLIES];
    for (int i = 0; i < ROUNDS; i++) {
      increment(library, random.nextInt(TALLIES));
      int read = random.nextInt(TALLIES);
      long total = library.ask(session -> session.find(Tally.class, (long) read).total());
      assertThat(total).as("a total never falls").isGreaterThanOrEqualTo(latest[read]);
      latest[read] = total;
      int book = random.nextInt(BOOKS);
      assertThat(title(library, book)).isEqualTo("Book " + book);
    }
  }

  /**
   * Writers of one tally take turns. Hibernate's soft lock that two of them had at a time keeps the
   * version from before the first; a load that began between the two may then put what it has read,
   * although that is old: stale reads that are Hibernate's own, whatever the provider.
   */
  private static void increment(Library library, int tally) {
    TURNS[tally].lock();
    try {
      library.change(session -> session.find(Tally.class, (long) tally).increment());
    } finally {
      TURNS[tally].unlock();
    }
  }

  /** Compares every tally that needs no statement with the database; how many there were. */
  private static int talliesInTheCache(Library library, long seed) throws SQLException {
    int cached = 0;
    for (long id = 0; id < TALLIES; id++) {
      long tally = id;
      Reading<Long> read = library.read(session -> session.find(Tally.class, tally).total());
      assertThat(read.result())
          .as("tally %d, %d statements, seed %d", id, read.prepared(), seed)
          .isEqualTo(library.direct("select total from Tally where id = " + id));
      cached += read.prepared() == 0 && read.inspected() == 0 ? 1 : 0;
    }
    return cached;
  }

  // ----------------------------------------------------------------------------------------- end

  @ParameterizedTest
  @EnumSource
  void close_ofTheSessionFactory_closesTheManager(Way way) throws SQLException {
    CacheManager manager;
    try (Library library = stocked(way)) {
      manager = manager();
      assertThat(library.statistics().isStatisticsEnabled()).isTrue();
      assertThat(manager.getCacheNames()).isNotEmpty();
    }

    assertThat(manager.isClosed()).isTrue();
  }

  // ------------------------------------------------------------------------------------- fixture

  /** A library with two authors and three books, and nothing in the caches yet. */
  private static Library stocked(Way way) throws SQLException {
    Library library = new Library(way.settings());
    library.change(
        session -> {
          session.persist(new Author(1, "Ursula").write(10, "The Dispossessed").write(20, "Lathe"));
          session.persist(new Author(2, "Stanislaw").write(11, "Solaris"));
          for (int i = 0; i < TALLIES; i++) {
            session.persist(new Tally(i));
          }
        });
    manager().getCacheNames().forEach(name -> cache(name).clear());
    return library;
  }

  private static List<String> addBooks(Library library) {
    List<String> titles = new ArrayList<>();
    library.change(
        session -> {
          for (int i = 0; i < BOOKS; i++) {
            titles.add("Book " + i);
            session.persist(new Book(1000 + i, titles.get(i), null));
          }
        });
    return titles;
  }

  private static String title(Library library, int book) {
    return library.ask(session -> session.find(Book.class, 1000L + book).title());
  }

  /** Some books are asked for much more often than others. */
  private static int skewed(Random random) {
    return (int) (BOOKS * Math.pow(random.nextDouble(), 4));
  }

  private static List<String> names(Session session) {
    return LongStream.of(1, 2).mapToObj(id -> session.find(Author.class, id).name()).toList();
  }

  private static List<String> titles(Session session) {
    return session.find(Author.class, 1L).books().stream().map(Book::title).toList();
  }

  private static List<String> titlesLike(Session session, String pattern) {
    return session
        .createQuery("from Book where title like :pattern order by id", Book.class)
        .setParameter("pattern", pattern)
        .setCacheable(true)
        .list()
        .stream()
        .map(Book::title)
        .toList();
  }

  private static <T> void assertCost(Reading<T> reading, int statements, T expected) {
    assertThat(reading).isEqualTo(new Reading<>(expected, statements, statements));
  }

  private static CacheManager manager() {
    return Caching.getCachingProvider(PROVIDER).getCacheManager();
  }

  private static Cache<Object, Object> cache(String region) {
    return manager().getCache(region);
  }

  private static Iterable<String> regions() {
    return manager().getCacheNames();
  }

  /** No region holds more or less than can be read from it. */
  private static void assertSizes() {
    for (String region : regions()) {
      int entries = 0;
      for (Cache.Entry<Object, Object> entry : cache(region)) {
        assertThat(cache(region).containsKey(entry.getKey()))
            .as("%s in %s", entry, region)
            .isTrue();
        entries++;
      }
      assertThat(cache(region).unwrap(TheineCache.class).size()).as(region).isEqualTo(entries);
    }
  }
}
