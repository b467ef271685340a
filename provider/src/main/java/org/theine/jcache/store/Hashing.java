package org.theine.jcache.store;

/** Spreads hash codes. Stateless. */
final class Hashing {
  private Hashing() {}

  /**
   * Mixes a hash code with the seed of a cache into 64 well-spread bits. For one seed two hash
   * codes give the same result exactly when they are equal: every step can be undone.
   *
   * <p>The finaliser is that of David Stafford's variant 13, used by SplittableRandom.
   */
  static long mix(int hashCode, long seed) {
    long z = hashCode + seed;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
