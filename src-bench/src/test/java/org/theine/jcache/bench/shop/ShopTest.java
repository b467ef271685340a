package org.theine.jcache.bench.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** Pages of the shop, and what they cost. */
final class ShopTest {
  /** The product, its category, its images, the cheapest of the category. */
  private static final int ALL_STATEMENTS = 4;

  private final Catalogue catalogue = new Catalogue(200);

  @Test
  void page_withoutCache_needsAllStatementsEachTime() throws SQLException {
    try (Shop shop = Shop.open(catalogue, false)) {
      assertThat(cost(shop, 3)).isEqualTo(ALL_STATEMENTS);
      assertThat(cost(shop, 3)).isEqualTo(ALL_STATEMENTS);
      assertThat(shop.regions()).isEmpty();
    }
  }

  @Test
  void page_withCache_needsNoStatementTheSecondTime() throws SQLException {
    try (Shop shop = Shop.open(catalogue, true)) {
      assertThat(cost(shop, 3)).isEqualTo(ALL_STATEMENTS);
      assertThat(cost(shop, 3)).isZero();
      assertThat(shop.regions())
          .filteredOn(figures -> figures.region() != Region.TIMESTAMPS) // nothing was changed
          .allMatch(figures -> figures.hits() == 1, "one hit");
    }
  }

  @Test
  void page_priceChanged_showsTheNewOneEverywhere() throws SQLException {
    for (boolean cached : new boolean[] {false, true}) {
      Catalogue model = new Catalogue(200);
      try (Shop shop = Shop.open(model, cached)) {
        for (int product = 0; product < model.products(); product++) {
          shop.page(product);
        }
        shop.reprice(3, 0);
        model.reprice(3, 0);

        for (int product = 0; product < model.products(); product++) {
          assertThat(shop.page(product)).isEqualTo(model.page(product));
        }
        assertThat(shop.otherPrices(model)).isZero();
      }
    }
  }

  @Test
  void page_modelChangedAlone_isNoticed() throws SQLException {
    try (Shop shop = Shop.open(catalogue, true)) {
      assertThat(shop.page(3)).isEqualTo(catalogue.page(3));
      catalogue.reprice(3, 0);

      assertThat(shop.page(3)).isNotEqualTo(catalogue.page(3));
      assertThat(shop.otherPrices(catalogue)).isOne();
    }
  }

  @Test
  void open_withCache_leavesTheSeedOfTheHashesAsItWas() throws SQLException {
    String before = System.getProperty("theine.jcache.hash-seed");
    try (Shop shop = Shop.open(catalogue, true)) {
      shop.page(0);
      assertThat(System.getProperty("theine.jcache.hash-seed")).isEqualTo(before);
    }
  }

  private long cost(Shop shop, int product) {
    long inspected = shop.inspected();
    long prepared = shop.prepared();
    assertThat(shop.page(product)).isEqualTo(catalogue.page(product));
    assertThat(shop.prepared() - prepared).isEqualTo(shop.inspected() - inspected);
    return shop.inspected() - inspected;
  }
}
