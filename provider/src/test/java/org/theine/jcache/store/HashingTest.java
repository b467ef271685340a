package org.theine.jcache.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HashingTest {
  /** What SplittableRandom adds to its state before it mixes it. */
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  /** The same finaliser: its n-th number is the mix of seed + n gamma. */
  @Test
  void mix_anySeed_isThatOfSplittableRandom() {
    for (long seed : new long[] {0, 1, -5, 42, Long.MIN_VALUE}) {
      SplittableRandom random = new SplittableRandom(seed);
      for (int n = 1; n <= 20; n++) {
        assertThat(Hashing.mix(n, seed + n * GOLDEN_GAMMA - n))
            .as("seed %d, number %d", seed, n)
            .isEqualTo(random.nextLong());
      }
    }
  }
}
