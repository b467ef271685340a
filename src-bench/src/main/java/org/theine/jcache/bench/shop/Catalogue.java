package org.theine.jcache.bench.shop;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/**
 * The model of the shop: what it sells and what every page must show, in plain collections, the
 * same in each run. It knows neither Hibernate nor a cache. Not thread-safe.
 */
final class Catalogue {
  /** How many products are shown beside another one. */
  static final int SHOWN = 4;

  private static final int PRODUCTS_PER_CATEGORY = 50;
  private static final int MOST_IMAGES = 5;
  private static final int MOST_CENTS = 20_000;
  private static final long SEED = 20_260_101;

  /** The price is the only thing that changes. */
  private static final class Article {
    private final int id;
    private final int category;
    private final int images;
    private int cents;

    Article(int id, int category, int images, int cents) {
      this.id = id;
      this.category = category;
      this.images = images;
      this.cents = cents;
    }
  }

  private final List<Article> articles = new ArrayList<>();

  /** The articles of each category, the cheapest first. */
  private final List<TreeSet<Article>> categories = new ArrayList<>();

  /** Makes up so many products. */
  Catalogue(int products) {
    Random random = new Random(SEED);
    int count = Math.max(1, products / PRODUCTS_PER_CATEGORY);
    for (int i = 0; i < count; i++) {
      categories.add(
          new TreeSet<>(
              Comparator.<Article>comparingInt(a -> a.cents).thenComparingInt(a -> a.id)));
    }
    for (int id = 0; id < products; id++) {
      int images = 1 + random.nextInt(MOST_IMAGES);
      Article article = new Article(id, random.nextInt(count), images, price(random));
      articles.add(article);
      categories.get(article.category).add(article);
    }
  }

  /** A price for a product, drawn from a source of chance. */
  static int price(Random random) {
    return 1 + random.nextInt(MOST_CENTS);
  }

  /** How many products there are. */
  int products() {
    return articles.size();
  }

  /** How many categories there are. */
  int categories() {
    return categories.size();
  }

  /** The name by which the page of a product is asked for. */
  static String slug(int product) {
    return "product-" + product;
  }

  /** Changes a price. */
  void reprice(int product, int cents) {
    Article article = articles.get(product);
    TreeSet<Article> neighbours = categories.get(article.category);
    neighbours.remove(article); // it is found by its old price
    article.cents = cents;
    neighbours.add(article);
  }

  /** What the page of a product must show now. */
  PageView page(int product) {
    Article article = articles.get(product);
    List<PageView.Offer> cheapest = new ArrayList<>();
    for (Article neighbour : categories.get(article.category)) {
      if (cheapest.size() == SHOWN) {
        break;
      }
      cheapest.add(new PageView.Offer(title(neighbour.id), neighbour.cents));
    }
    return new PageView(
        title(product), article.cents, category(article.category), images(article), cheapest);
  }

  private static String title(int product) {
    return "Product no. " + product;
  }

  private static String category(int category) {
    return "Category " + category;
  }

  private static List<String> images(Article article) {
    List<String> images = new ArrayList<>();
    for (int place = 0; place < article.images; place++) {
      images.add(slug(article.id) + "-" + place + ".webp");
    }
    return images;
  }

  /** Writes everything into the tables, which are empty. */
  void store(Connection connection) throws SQLException {
    try (PreparedStatement row =
        connection.prepareStatement("insert into Category(id, name) values (?, ?)")) {
      for (int category = 0; category < categories.size(); category++) {
        add(row, category, category(category));
      }
      row.executeBatch();
    }
    try (PreparedStatement product =
            connection.prepareStatement(
                "insert into Product(id, version, slug, title, cents, category_id)"
                    + " values (?, 0, ?, ?, ?, ?)");
        PreparedStatement image =
            connection.prepareStatement(
                "insert into Product_images(product_id, place, file) values (?, ?, ?)")) {
      for (Article article : articles) {
        add(
            product,
            article.id,
            slug(article.id),
            title(article.id),
            article.cents,
            article.category);
        int place = 0;
        for (String file : images(article)) {
          add(image, article.id, place++, file);
        }
      }
      product.executeBatch();
      image.executeBatch();
    }
  }

  private static void add(PreparedStatement row, Object... columns) throws SQLException {
    for (int i = 0; i < columns.length; i++) {
      row.setObject(i + 1, columns[i]);
    }
    row.addBatch();
  }

  /** Counts the products whose price in the database is another one. */
  int otherPrices(Connection connection) throws SQLException {
    int others = products();
    try (PreparedStatement query = connection.prepareStatement("select id, cents from Product");
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        if (articles.get(rows.getInt(1)).cents == rows.getInt(2)) {
          others--;
        }
      }
    }
    return others;
  }
}
