package org.theine.jcache.bench.speed;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A cache of beans as applications have them: some fields, and a list of smaller beans. */
@State(Scope.Benchmark)
public class BeanState extends CacheState {

  @Override
  Object value(int number) {
    return new Order(number);
  }

  /** An order of a customer. */
  static final class Order implements Serializable {
    private static final long serialVersionUID = 1;

    private final long id;
    private final String customer;
    private final BigDecimal total;
    private final ArrayList<Item> items = new ArrayList<>();

    Order(int number) {
      id = number;
      customer = "customer " + number;
      total = BigDecimal.valueOf(number, 2);
      for (int i = 0; i < 5; i++) {
        items.add(new Item("article " + i, i + 1));
      }
    }

    /** So that no field goes unread. */
    @Override
    public String toString() {
      return id + customer + total + items;
    }
  }

  /** A line of an order. */
  record Item(String article, int quantity) implements Serializable {}
}
