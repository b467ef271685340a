package org.theine.jcache.bench.shop;

import java.util.List;

/**
 * What a visitor sees on the page of a product.
 *
 * @param title of the product
 * @param cents its price
 * @param category the name of its category
 * @param images files, in the order in which they are shown
 * @param cheapest the products of the category that cost least, the cheapest first
 */
record PageView(
    String title, int cents, String category, List<String> images, List<Offer> cheapest) {

  /**
   * A product that is shown beside another one.
   *
   * @param title of the product
   * @param cents its price
   */
  record Offer(String title, int cents) {}

  PageView {
    images = List.copyOf(images);
    cheapest = List.copyOf(cheapest);
  }
}
