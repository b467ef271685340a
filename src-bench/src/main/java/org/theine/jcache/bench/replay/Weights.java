package org.theine.jcache.bench.replay;

/**
 * Weights of entries, log-normal as sizes of objects often are, and fixed by the key.
 *
 * @param median half of the keys weigh less
 * @param sigma the standard deviation of the weight's logarithm
 */
record Weights(double median, double sigma) {
  private static final int LEAST = 1;
  private static final int MOST = 1 << 28;

  Weights {
    if (!(median >= LEAST && median <= MOST)) {
      throw new IllegalArgumentException("median must be 1 to " + MOST + ": " + median);
    }
    if (!(sigma >= 0 && sigma <= 4)) {
      throw new IllegalArgumentException("sigma must be 0 to 4: " + sigma);
    }
  }

  /** The weight of the entry of a key. */
  int of(long key) {
    double weight = StrictMath.round(median * StrictMath.exp(sigma * normal(key)));
    return (int) Math.max(LEAST, Math.min(MOST, weight));
  }

  /** A value of the standard normal distribution, by the method of Box and Muller. */
  private static double normal(long key) {
    long first = Generators.mix(key + 0x9e3779b97f4a7c15L);
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - share(first)));
    return radius * StrictMath.cos(2 * Math.PI * share(Generators.mix(first)));
  }

  /** A number from 0 inclusive to 1 exclusive. */
  private static double share(long bits) {
    return (bits >>> 11) * 0x1.0p-53;
  }
}
