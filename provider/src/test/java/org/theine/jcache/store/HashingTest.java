package org.theine.jcache.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HashingTest {
  /** What SplittableRandom adds to its state before it mixes it. */
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private static final long[] SEEDS = {0, 1, -5, 42, Long.MIN_VALUE, 0x123456789abcdefL};

  /** Undoes each step: no two hash codes have one hash. */
  @Test
  void mix_anySeed_canBeUndone() {
    SplittableRandom random = new SplittableRandom(7);
    for (long seed : SEEDS) {
      for (int i = 0; i < 1_000; i++) {
        int hashCode = i < 500 ? i : random.nextInt();
        assertThat(unmix(Hashing.mix(hashCode, seed), seed)).isEqualTo(hashCode);
      }
    }
  }

  private static int unmix(int hash, long seed) {
    int z = unshift(hash, 15) * inverse(0x735a2d97);
    z = (unshift(z, 15) - (int) (seed >>> 32)) * inverse(0x21f0aaad);
    return unshift(z, 16) ^ (int) seed;
  }

  /** Undoes z ^ z >>> bits. */
  private static int unshift(int z, int bits) {
    int undone = z;
    for (int shift = bits; shift < Integer.SIZE; shift += bits) {
      undone ^= z >>> shift;
    }
    return undone;
  }

  /** Of an odd factor, by Newton's steps. */
  private static int inverse(int factor) {
    int inverse = factor;
    for (int i = 0; i < 5; i++) {
      inverse *= 2 - factor * inverse;
    }
    return inverse;
  }

  /**
   * Each bit of the hash code, or of the seed's half that meets it first, changes each bit of the
   * hash about half the time.
   */
  @Test
  void mix_oneBitOfTheInputChanges_halfTheBitsDo() {
    SplittableRandom random = new SplittableRandom(11);
    for (int bit = 0; bit < 64; bit++) {
      int[] changes = new int[32];
      for (int i = 0; i < 2_000; i++) {
        int hashCode = random.nextInt();
        long seed = random.nextLong();
        int other = bit < 32 ? hashCode ^ 1 << bit : hashCode;
        long otherSeed = bit < 32 ? seed : seed ^ 1L << bit - 32;
        int changed = Hashing.mix(hashCode, seed) ^ Hashing.mix(other, otherSeed);
        for (int at = 0; at < 32; at++) {
          changes[at] += changed >>> at & 1;
        }
      }
      for (int at = 0; at < 32; at++) {
        assertThat(changes[at]).as("input bit %d, bit %d", bit, at).isBetween(600, 1_400);
      }
    }
  }

  /** The same finaliser: its n-th number is that of seed + n gamma. */
  @Test
  void widen_hashes_areThoseOfSplittableRandom() {
    for (int hash : new int[] {0, 1, -1, 42, Integer.MIN_VALUE}) {
      long state = (long) hash << 32 | hash & 0xffffffffL;
      long expected = new SplittableRandom(state - GOLDEN_GAMMA).nextLong();
      assertThat(Hashing.widen(hash)).as("hash %d", hash).isEqualTo(expected);
    }
  }
}
