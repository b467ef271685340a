package org.theine.jcache.bench.shop;

/**
 * A region of Hibernate's second-level cache: the cache that holds one kind of thing. Each is
 * bounded, but for the one that says when a table was changed: without an entry of it Hibernate
 * takes an old result of a query for a valid one.
 */
enum Region {
  PRODUCTS("products", Product.class.getName(), 500),
  SLUGS("products by slug", Product.class.getName() + "##NaturalId", 500),
  IMAGES("images of a product", Product.class.getName() + ".images", 500),
  CATEGORIES("categories", Category.class.getName(), 100),
  QUERIES("cheapest of a category", "default-query-results-region", 100),
  TIMESTAMPS("last change of a table", "default-update-timestamps-region", 0);

  private final String title;
  private final String cacheName;
  private final int bound;

  Region(String title, String cacheName, int bound) {
    this.title = title;
    this.cacheName = cacheName;
    this.bound = bound;
  }

  /** What it holds. */
  String title() {
    return title;
  }

  /** The name of its cache. */
  String cacheName() {
    return cacheName;
  }

  /** Entries at most; 0 if it has no bound. */
  int bound() {
    return bound;
  }
}
