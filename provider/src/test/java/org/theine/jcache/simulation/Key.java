package org.theine.jcache.simulation;

/** A key: a number whose hash the settings choose. Immutable, which a cache sees by itself. */
public sealed interface Key {
  /** From 0; never {@link Item#NO_KEY}. */
  int number();

  /** A key that has no order: those of one hash stand in a list. */
  record Plain(int number, int hash) implements Key {
    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public String toString() {
      return "" + number;
    }
  }

  /** A key with an order. */
  record Ordered(int number, int hash) implements Key, Comparable<Ordered> {
    @Override
    public int compareTo(Ordered other) {
      return Integer.compare(number, other.number);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public String toString() {
      return "" + number;
    }
  }
}
