package org.theine.jcache.bench.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import org.junit.jupiter.api.Test;

final class CatalogueTest {
  private static final int PRODUCTS = 300;

  private final Catalogue catalogue = new Catalogue(PRODUCTS);

  @Test
  void page_sameCatalogueAgain_isTheSame() {
    Catalogue again = new Catalogue(PRODUCTS);

    for (int product = 0; product < PRODUCTS; product++) {
      assertThat(again.page(product)).isEqualTo(catalogue.page(product));
    }
  }

  @Test
  void page_anyProduct_showsTheCheapestInOrder() {
    for (int product = 0; product < PRODUCTS; product++) {
      assertThat(catalogue.page(product).cheapest())
          .hasSize(Catalogue.SHOWN)
          .isSortedAccordingTo(Comparator.comparingInt(PageView.Offer::cents));
    }
  }

  @Test
  void reprice_toTheLowest_showsItOnItsPageAndBesideItsNeighbours() {
    PageView before = catalogue.page(7);

    catalogue.reprice(7, 0);

    PageView after = catalogue.page(7);
    assertThat(after.cents()).isZero();
    assertThat(after.cheapest().get(0)).isEqualTo(new PageView.Offer(before.title(), 0));
    assertThat(after.cheapest()).hasSize(Catalogue.SHOWN);
  }
}
