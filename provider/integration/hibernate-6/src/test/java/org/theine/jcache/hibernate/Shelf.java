package org.theine.jcache.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * Some products and a tally, changed and read at random through Hibernate, and a model of what
 * their rows hold. Steps of one shelf take turns; those of several shelves do not, and share
 * tables, regions and queries' time stamps.
 */
final class Shelf {
  private static final int MAXIMUM_PRODUCTS = 5;
  private static final int NUMBERS = 1000;
  private static final String[] TAGS = {"big", "new", "old", "red"};

  /** What the database holds of a product. */
  private static final class Row {
    private String sku;
    private String name;
    private final SortedSet<String> tags = new TreeSet<>();

    private Row(String sku, String name) {
      this.sku = sku;
      this.name = name;
    }
  }

  private final Lock turn = new ReentrantLock();
  private final Library library;
  private final int number;

  /** By id; guarded by the turn, as what follows. */
  private final SortedMap<Long, Row> rows = new TreeMap<>();

  private long total;
  private int names;

  /** Puts the tally there. */
  Shelf(Library library, int number) {
    this.library = library;
    this.number = number;
    library.change(session -> session.persist(new Tally(number)));
  }

  /** Changes or reads something; fails if what is read is not what the model says. */
  void step(Random random, String about) {
    turn.lock();
    try {
      switch (random.nextInt(16)) {
        case 0 -> insert();
        case 1 -> remove(random);
        case 2 -> rename(random, true);
        case 3 -> rename(random, false);
        case 4 -> renumber(random);
        case 5 -> tag(random);
        case 6 -> renameAll();
        case 7 -> count();
        case 8, 9 -> assertOne(random, about);
        default -> assertQueries(random, about);
      }
    } finally {
      turn.unlock();
    }
  }

  // ------------------------------------------------------------------------------------- changes

  private void insert() {
    if (rows.size() < MAXIMUM_PRODUCTS) {
      long id = (long) number * NUMBERS + names;
      Row row = new Row(freshSku(), freshName());
      library.change(session -> session.persist(new Product(id, row.sku, number, row.name)));
      rows.put(id, row);
    }
  }

  private void remove(Random random) {
    Long id = any(random);
    if (id != null) {
      library.change(session -> session.remove(session.find(Product.class, id)));
      rows.remove(id);
    }
  }

  private void rename(Random random, boolean commit) {
    Long id = any(random);
    if (id != null) {
      String name = freshName();
      library.ask(
          session -> {
            session.find(Product.class, id).rename(name);
            session.flush();
            if (!commit) {
              session.getTransaction().setRollbackOnly();
            }
            return true;
          });
      if (commit) {
        rows.get(id).name = name;
      }
    }
  }

  private void renumber(Random random) {
    Long id = any(random);
    if (id != null) {
      String sku = freshSku();
      library.change(session -> session.find(Product.class, id).number(sku));
      rows.get(id).sku = sku;
    }
  }

  private void tag(Random random) {
    Long id = any(random);
    if (id != null) {
      String tag = TAGS[random.nextInt(TAGS.length)];
      if (rows.get(id).tags.add(tag)) {
        library.change(session -> session.find(Product.class, id).tag(tag));
      } else {
        rows.get(id).tags.remove(tag);
        library.change(session -> session.find(Product.class, id).untag(tag));
      }
    }
  }

  /** Without entities: by a statement of Hibernate's own language. */
  private void renameAll() {
    String name = freshName();
    library.change(
        session ->
            session
                .createMutationQuery(
                    "update versioned Product set name = :name where shelf = :shelf")
                .setParameter("name", name)
                .setParameter("shelf", number)
                .executeUpdate());
    rows.values().forEach(row -> row.name = name);
  }

  private void count() {
    library.change(session -> session.find(Tally.class, (long) number).increment());
    total++;
  }

  // --------------------------------------------------------------------------------------- reads

  private void assertOne(Random random, String about) {
    Long id = any(random);
    if (id != null) {
      String sku = rows.get(id).sku;
      String product = line(id);
      assertSeen("by id", session -> session.find(Product.class, id).toString(), product, about);
      assertSeen(
          "by natural id",
          session -> String.valueOf(Questions.bySku(session, sku)),
          product,
          about);
    }
  }

  private void assertQueries(Random random, String about) {
    List<String> products = rows.keySet().stream().map(this::line).toList();
    List<String> called = rows.values().stream().map(row -> row.name).toList();
    List<String> tags = rows.values().stream().flatMap(row -> row.tags.stream()).sorted().toList();
    switch (random.nextInt(4)) {
      case 0 ->
          assertSeen(
              "rows by a query", session -> Questions.productsOn(session, number), products, about);
      case 1 ->
          assertSeen(
              "names by a query", session -> Questions.namesOn(session, number), called, about);
      case 2 ->
          assertSeen("tags by a query", session -> Questions.tagsOn(session, number), tags, about);
      default ->
          assertSeen(
              "total by a query", session -> Questions.totalOf(session, number), total, about);
    }
  }

  private void assertSeen(
      String what, Function<Session, Object> question, Object expected, String about) {
    Object seen = library.ask(question);
    assertThat(seen).as("%s, %s", what, about).isEqualTo(expected);
  }

  // ------------------------------------------------------------------------------------- details

  private @Nullable Long any(Random random) {
    List<Long> ids = new ArrayList<>(rows.keySet());
    return ids.isEmpty() ? null : ids.get(random.nextInt(ids.size()));
  }

  private String line(long id) {
    Row row = rows.get(id);
    return id + " " + row.sku + " " + row.name + " " + row.tags;
  }

  private String freshName() {
    return "name " + names++;
  }

  private String freshSku() {
    return number + "-" + names++;
  }
}
