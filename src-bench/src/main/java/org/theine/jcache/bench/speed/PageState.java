package org.theine.jcache.bench.speed;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * A region of a second-level cache, with entities as an object-relational mapper takes them apart.
 */
@State(Scope.Benchmark)
public class PageState extends CacheState {

  @Override
  Object value(int number) {
    return new EntityEntry(number);
  }

  /** The attributes of an entity, its class and its version. */
  static final class EntityEntry implements Serializable {
    private static final long serialVersionUID = 1;

    private final Serializable[] attributes;
    private final String subclass = "org.example.shop.model.Customer";
    private final Integer version;

    EntityEntry(int number) {
      version = number % 7;
      attributes =
          new Serializable[] {
            "Ada " + number,
            "Lovelace-" + number % 1000,
            number + "@example.org",
            LocalDate.ofEpochDay(number),
            BigDecimal.valueOf(number, 2),
            number % 2 == 0,
            (long) number,
            number % 100
          };
    }

    /** So that no field goes unread. */
    @Override
    public String toString() {
      return subclass + version + attributes.length;
    }
  }
}
