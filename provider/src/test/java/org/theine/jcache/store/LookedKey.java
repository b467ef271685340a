package org.theine.jcache.store;

/**
 * A key whose equals lets something happen in the middle of a look-up: the key that is looked up is
 * asked, not the one that is kept.
 */
record LookedKey(String name, Runnable compared) {
  LookedKey(String name) {
    this(name, () -> {});
  }

  /** Does something at the n-th comparison, and nothing at the others. */
  static LookedKey at(String name, int comparison, Runnable action) {
    int[] comparisons = {0};
    return new LookedKey(
        name,
        () -> {
          if (++comparisons[0] == comparison) {
            action.run();
          }
        });
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public boolean equals(Object object) {
    compared.run();
    return object instanceof LookedKey other && name.equals(other.name);
  }
}
