package org.theine.jcache.osgi.application;

import java.io.Serial;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value that can be changed, and so is serialised by a cache that stores by value. */
public final class Person implements Serializable {
  @Serial private static final long serialVersionUID = 1;

  private final String name;
  private final BigDecimal income;
  private final ArrayList<String> friends;

  Person(String name, String... friends) {
    this.name = name;
    this.income = new BigDecimal("12.50");
    this.friends = new ArrayList<>(List.of(friends));
  }

  void befriend(String friend) {
    friends.add(friend);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Person that
        && name.equals(that.name)
        && income.equals(that.income)
        && friends.equals(that.friends);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return name + friends;
  }
}
