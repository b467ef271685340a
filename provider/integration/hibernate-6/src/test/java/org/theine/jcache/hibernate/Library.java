package org.theine.jcache.hibernate;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.CompleteConfiguration;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.boot.CacheRegionDefinition;
import org.hibernate.boot.CacheRegionDefinition.CacheRegionType;
import org.hibernate.boot.MetadataBuilder;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.StandardServiceRegistry;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.cache.jcache.ConfigSettings;
import org.hibernate.cache.jcache.internal.JCacheRegionFactory;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.resource.jdbc.spi.StatementInspector;
import org.hibernate.stat.Statistics;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.TheineCachingProvider;

/**
 * A database in memory, Hibernate with second-level and query cache above it, and a way round
 * Hibernate. Missing regions are created without a word ({@code missing_cache_strategy=create}) if
 * the settings say nothing else.
 */
final class Library implements AutoCloseable {
  static final String QUERIES = "default-query-results-region";
  static final String TIMESTAMPS = "default-update-timestamps-region";

  /** All that Hibernate asks for. */
  static final Set<String> REGIONS =
      Set.of(
          Author.class.getName(),
          Author.class.getName() + ".books",
          Book.class.getName(),
          Country.class.getName(),
          Tally.class.getName(),
          Product.ENTITY,
          Product.TAGS,
          Product.NATURAL_ID,
          QUERIES,
          TIMESTAMPS);

  /** The setting that names the provider. */
  static final Map<String, Object> THIS_PROVIDER =
      Map.of(ConfigSettings.PROVIDER, TheineCachingProvider.class.getName());

  private static final AtomicInteger LIBRARIES = new AtomicInteger();

  /** Held, since a logger that nobody holds loses its level. */
  private static final Logger HIBERNATE = Logger.getLogger("org.hibernate");

  private static final Logger PROVIDER = Logger.getLogger("org.theine.jcache");

  static {
    HIBERNATE.setLevel(Level.SEVERE); // tells of every optimistic lock that fails
    PROVIDER.setLevel(Level.WARNING); // tells of every region without a bound
  }

  /** What a session read, and how many statements that took by two counts. */
  record Reading<T>(T result, long prepared, long inspected) {}

  private final AtomicLong inspected = new AtomicLong();
  private final Connection direct; // the database lives as long as it has a connection
  private final SessionFactory sessions;

  /** With the strategies that the entities name. */
  Library(Map<String, Object> cacheSettings) throws SQLException {
    this(cacheSettings, null);
  }

  /** With one strategy for all that is cached of {@link Product}, where it is not null. */
  Library(Map<String, Object> cacheSettings, @Nullable CacheConcurrencyStrategy strategy)
      throws SQLException {
    String url = "jdbc:h2:mem:library-" + LIBRARIES.incrementAndGet();
    direct = DriverManager.getConnection(url);
    try {
      sessions = sessionFactory(settings(url, cacheSettings), strategy);
    } catch (RuntimeException e) {
      direct.close();
      throw e;
    }
  }

  private Map<String, Object> settings(String url, Map<String, Object> cacheSettings) {
    StatementInspector inspector =
        sql -> {
          inspected.incrementAndGet();
          return sql;
        };
    Map<String, Object> settings = new HashMap<>();
    settings.put(AvailableSettings.JAKARTA_JDBC_URL, url);
    settings.put(AvailableSettings.HBM2DDL_AUTO, "create");
    settings.put(AvailableSettings.GENERATE_STATISTICS, true);
    settings.put(AvailableSettings.STATEMENT_INSPECTOR, inspector);
    settings.put(AvailableSettings.USE_SECOND_LEVEL_CACHE, true);
    settings.put(AvailableSettings.USE_QUERY_CACHE, true);
    settings.put(AvailableSettings.CACHE_REGION_FACTORY, "jcache");
    // else Hibernate leaves a collection that the other side maps as it was
    settings.put(AvailableSettings.AUTO_EVICT_COLLECTION_CACHE, true);
    settings.put(ConfigSettings.MISSING_CACHE_STRATEGY, "create");
    settings.putAll(cacheSettings);
    return settings;
  }

  private static SessionFactory sessionFactory(
      Map<String, Object> settings, @Nullable CacheConcurrencyStrategy strategy) {
    StandardServiceRegistry registry =
        new StandardServiceRegistryBuilder().applySettings(settings).build();
    try {
      MetadataBuilder metadata =
          new MetadataSources(registry)
              .addAnnotatedClasses(
                  Author.class, Book.class, Country.class, Product.class, Tally.class)
              .getMetadataBuilder();
      if (strategy != null) {
        String usage = strategy.toAccessType().getExternalName();
        metadata.applyCacheRegionDefinition(
            new CacheRegionDefinition(
                CacheRegionType.ENTITY, Product.ENTITY, usage, Product.ENTITY, true));
        metadata.applyCacheRegionDefinition(
            new CacheRegionDefinition(
                CacheRegionType.COLLECTION, Product.TAGS, usage, Product.TAGS, true));
      }
      return metadata.build().buildSessionFactory();
    } catch (RuntimeException e) {
      StandardServiceRegistryBuilder.destroy(registry);
      throw e;
    }
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

  org.hibernate.Cache regions() {
    return sessions.getCache();
  }

  /** A region as a cache of the provider. */
  Cache<Object, Object> cache(String region) {
    return manager().getCache(region);
  }

  @SuppressWarnings("unchecked") // a class literal has no type arguments
  CompleteConfiguration<Object, Object> configuration(String region) {
    return cache(region).getConfiguration(CompleteConfiguration.class);
  }

  Session openSession() {
    return sessions.openSession();
  }

  /** The manager that the session factory uses. */
  CacheManager manager() {
    return ((JCacheRegionFactory)
            sessions.unwrap(SessionFactoryImplementor.class).getCache().getRegionFactory())
        .getCacheManager();
  }

  /** Ends Hibernate alone. */
  void closeSessions() {
    sessions.close();
  }

  @Override
  public void close() throws SQLException {
    try (direct) {
      closeSessions();
    }
  }
}
