package org.theine.jcache.hibernate;

import java.util.List;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** Questions about products that go through the natural ids' region and the queries'. */
final class Questions {
  private Questions() {}

  @SuppressWarnings("deprecation") // in Hibernate 7; what takes its place, 6 does not have
  static @Nullable Product bySku(Session session, String sku) {
    return session.bySimpleNaturalId(Product.class).load(sku);
  }

  static @Nullable Long idOf(Session session, String sku) {
    Product product = bySku(session, sku);
    return product == null ? null : product.id();
  }

  /** The name of the only product there, or null. */
  static @Nullable String nameOnShelf(Session session, int shelf) {
    return session
        .createQuery("select name from Product where shelf = :shelf", String.class)
        .setParameter("shelf", shelf)
        .setCacheable(true)
        .uniqueResult();
  }

  /** What {@link Product#toString} says of each product of a shelf, by id: rows through a query. */
  static List<String> productsOn(Session session, int shelf) {
    return session
        .createQuery("from Product where shelf = :shelf order by id", Product.class)
        .setParameter("shelf", shelf)
        .setCacheable(true)
        .list()
        .stream()
        .map(Product::toString)
        .toList();
  }

  /** The names on a shelf, by id: columns through a query. */
  static List<String> namesOn(Session session, int shelf) {
    return session
        .createQuery("select name from Product where shelf = :shelf order by id", String.class)
        .setParameter("shelf", shelf)
        .setCacheable(true)
        .list();
  }

  /** The tags on a shelf, with repetitions, in order: a query of two tables. */
  static List<String> tagsOn(Session session, int shelf) {
    return session
        .createQuery(
            "select t from Product p join p.tags t where p.shelf = :shelf order by t", String.class)
        .setParameter("shelf", shelf)
        .setCacheable(true)
        .list();
  }

  /** A total through a query. */
  static Long totalOf(Session session, long tally) {
    return session
        .createQuery("select total from Tally where id = :tally", Long.class)
        .setParameter("tally", tally)
        .setCacheable(true)
        .uniqueResult();
  }
}
