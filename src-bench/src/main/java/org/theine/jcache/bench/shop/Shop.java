package org.theine.jcache.bench.shop;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.cfg.Configuration;
import org.hibernate.resource.jdbc.spi.StatementInspector;
import org.theine.jcache.TheineCachingProvider;

/**
 * The shop itself: a database in memory and Hibernate above it, with the second-level cache or
 * without. Every page and every change has a session of its own. For one thread.
 */
final class Shop implements AutoCloseable {
  /** Held, since a logger that nobody holds loses its level. */
  private static final Logger HIBERNATE = Logger.getLogger("org.hibernate");

  private static final Logger POOL = Logger.getLogger("org.hibernate.orm.connections.pooling");

  private static final AtomicInteger SHOPS = new AtomicInteger();

  private static final String CHEAPEST =
      "from Product where category = :category order by cents, id";

  static {
    HIBERNATE.setLevel(Level.WARNING); // else it greets at each start
    POOL.setLevel(Level.SEVERE); // warns that it is for trials alone, as this is
  }

  private final AtomicLong inspected = new AtomicLong();
  private final Connection direct; // the database lives as long as it has a connection
  private final SessionFactory sessions;
  private final boolean cached;

  private Shop(String url, boolean cached) throws SQLException {
    this.cached = cached;
    this.direct = DriverManager.getConnection(url);
    Configuration configuration = new Configuration();
    configuration.getProperties().putAll(settings(url));
    this.sessions =
        configuration
            .addAnnotatedClass(Product.class)
            .addAnnotatedClass(Category.class)
            .buildSessionFactory();
  }

  /** Opens a shop that sells what the catalogue says. */
  static Shop open(Catalogue catalogue, boolean cached) throws SQLException {
    if (cached) {
      Regions.create();
    }
    Shop shop = new Shop("jdbc:h2:mem:shop-" + SHOPS.incrementAndGet(), cached);
    try {
      catalogue.store(shop.direct);
    } catch (SQLException e) {
      shop.close();
      throw e;
    }
    return shop;
  }

  private Map<String, Object> settings(String url) {
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
    settings.put(AvailableSettings.USE_SECOND_LEVEL_CACHE, cached);
    settings.put(AvailableSettings.USE_QUERY_CACHE, cached);
    if (cached) {
      settings.put(AvailableSettings.CACHE_REGION_FACTORY, "jcache");
      settings.put("hibernate.javax.cache.provider", TheineCachingProvider.class.getName());
      // no region without a bound by mistake
      settings.put("hibernate.javax.cache.missing_cache_strategy", "fail");
    }
    return settings;
  }

  /** Loads the page of a product. */
  PageView page(int product) {
    return inSession(session -> page(session, Catalogue.slug(product)));
  }

  private static PageView page(Session session, String slug) {
    Product product = find(session, slug);
    Category category = product.category();
    List<Product> cheapest =
        session
            .createQuery(CHEAPEST, Product.class)
            .setParameter("category", category)
            .setMaxResults(Catalogue.SHOWN)
            .setCacheable(true)
            .list();
    return new PageView(
        product.title(),
        product.cents(),
        category.name(),
        product.images(),
        cheapest.stream().map(p -> new PageView.Offer(p.title(), p.cents())).toList());
  }

  /** Changes the price of a product. */
  void reprice(int product, int cents) {
    inSession(
        session -> {
          find(session, Catalogue.slug(product)).reprice(cents);
          return null;
        });
  }

  private static Product find(Session session, String slug) {
    return session.bySimpleNaturalId(Product.class).load(slug);
  }

  private <T> T inSession(Function<Session, T> work) {
    return sessions.fromTransaction(work);
  }

  /** Statements by now, as the inspector saw them, through which each has to go. */
  long inspected() {
    return inspected.get();
  }

  /** Statements by now, as Hibernate counts them. */
  long prepared() {
    return sessions.getStatistics().getPrepareStatementCount();
  }

  /** What came of the regions by now; none without the cache. */
  List<RegionFigures> regions() {
    return cached ? Regions.figures(sessions.getStatistics()) : List.of();
  }

  /** Counts the products whose price in the database is not the catalogue's. */
  int otherPrices(Catalogue catalogue) throws SQLException {
    return catalogue.otherPrices(direct);
  }

  /** Closes Hibernate, which closes the caches, and drops the database. */
  @Override
  public void close() throws SQLException {
    try (direct) {
      sessions.close();
    }
  }
}
