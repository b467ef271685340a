package org.theine.jcache.store;

/** Spreads hash codes. Stateless. */
final class Hashing {
  private Hashing() {}

  /**
   * Mixes a hash code with the seed of a cache into 32 well-spread bits. For one seed two hash
   * codes give the same result exactly when they are equal: every step can be undone.
   *
   * <p>The constants were found by Christopher Wellons' hash prospector.
   */
  static int mix(int hashCode, long seed) {
    int z = hashCode ^ (int) seed;
    z = (z ^ z >>> 16) * 0x21f0aaad + (int) (seed >>> 32);
    z = (z ^ z >>> 15) * 0x735a2d97;
    return z ^ z >>> 15;
  }

  /**
   * Makes 64 well-spread bits of such a hash, for policies, which use more of them than tell the
   * keys of a table apart.
   *
   * <p>The finaliser is that of David Stafford's variant 13, used by SplittableRandom.
   */
  static long widen(int hash) {
    long z = (long) hash << 32 | hash & 0xffffffffL;
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }
}
