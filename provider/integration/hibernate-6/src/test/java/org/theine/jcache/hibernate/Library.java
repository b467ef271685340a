package org.theine.jcache.hibernate;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hibernate.Cache;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.cfg.Configuration;
import org.hibernate.resource.jdbc.spi.StatementInspector;
import org.hibernate.stat.Statistics;

/**
 * A database in memory, Hibernate with second-level and query cache above it, and a way round
 * Hibernate. Missing regions are created without a word ({@code missing_cache_strategy=create}).
 */
final class Library implements AutoCloseable {
  private static final AtomicInteger LIBRARIES = new AtomicInteger();

  /** Held, since a logger that nobody holds loses its level. */
  private static final Logger HIBERNATE = Logger.getLogger("org.hibernate");

  static {
    HIBERNATE.setLevel(Level.SEVERE); // tells of every optimistic lock that fails
  }

  /** What a session read, and how many statements that took by two counts. */
  record Reading<T>(T result, long prepared, long inspected) {}

  private final AtomicLong inspected = new AtomicLong();
  private final Connection direct; // the database lives as long as it has a connection
  private final SessionFactory sessions;

  Library(Map<String, Object> cacheSettings) throws SQLException {
    String url = "jdbc:h2:mem:library-" + LIBRARIES.incrementAndGet();
    direct = DriverManager.getConnection(url);
    StatementInspector inspector =
        sql -> {
          inspected.incrementAndGet();
          return sql;
        };
    Map<String, Object> settings = new HashMap<>(cacheSettings);
    settings.put(AvailableSettings.JAKARTA_JDBC_URL, url);
    settings.put(AvailableSettings.HBM2DDL_AUTO, "create");
    settings.put(AvailableSettings.GENERATE_STATISTICS, true);
    settings.put(AvailableSettings.STATEMENT_INSPECTOR, inspector);
    settings.put(AvailableSettings.USE_SECOND_LEVEL_CACHE, true);
    settings.put(AvailableSettings.USE_QUERY_CACHE, true);
    settings.put(AvailableSettings.CACHE_REGION_FACTORY, "jcache");
    // else Hibernate leaves a collection that the other side maps as it was
    settings.put(AvailableSettings.AUTO_EVICT_COLLECTION_CACHE, true);
    settings.put("hibernate.javax.cache.missing_cache_strategy", "create");
    Configuration configuration = new Configuration();
    configuration.getProperties().putAll(settings);
    sessions =
        configuration
            .addAnnotatedClass(Author.class)
            .addAnnotatedClass(Book.class)
            .addAnnotatedClass(Tally.class)
            .buildSessionFactory();
  }

  /** Changes something in a session and a transaction of its own. */
  void change(Consumer<Session> work) {
    sessions.inTransaction(work);
  }

  /** Reads in a session and a transaction of its own; for one thread at a time. */
  <T> Reading<T> read(Function<Session, T> work) {
    long preparedBefore = statistics().getPrepareStatementCount();
    long inspectedBefore = inspected.get();
    T result = sessions.fromTransaction(work);
    return new Reading<>(
        result,
        statistics().getPrepareStatementCount() - preparedBefore,
        inspected.get() - inspectedBefore);
  }

  /** Reads in a session and a transaction of its own; for any thread. */
  <T> T ask(Function<Session, T> work) {
    return sessions.fromTransaction(work);
  }

  /** Reads a number past Hibernate. */
  long direct(String sql) throws SQLException {
    try (Statement statement = direct.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** Changes the database behind Hibernate's back. */
  void directly(String sql) throws SQLException {
    try (Statement statement = direct.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  Statistics statistics() {
    return sessions.getStatistics();
  }

  Cache regions() {
    return sessions.getCache();
  }

  @Override
  public void close() throws SQLException {
    try (direct) {
      sessions.close();
    }
  }
}
