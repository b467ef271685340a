package org.theine.jcache.bench.replay;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Made-up sequences of keys, the same for the same arguments. Stateless. */
final class Generators {
  /** Keys from here on are asked for by one part of a sequence only. */
  private static final long FRESH = 1L << 40;

  private Generators() {}

  /** Spreads 64 bits; can be undone (the finaliser of SplittableRandom). */
  static long mix(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** Keys 0 to {@code n} - 1, of which key i is asked for as often as 1 / (i + 1)^s. */
  static long[] zipf(double s, int n, int requests, long seed) {
    double[] upTo = new double[n];
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += 1 / Math.pow(i + 1, s);
      upTo[i] = sum;
    }
    SplittableRandom random = new SplittableRandom(seed);
    long[] keys = new long[requests];
    for (int i = 0; i < requests; i++) {
      int found = Arrays.binarySearch(upTo, random.nextDouble() * sum);
      keys[i] = found < 0 ? -found - 1 : found;
    }
    return keys;
  }

  /** Zipf in phases of equal length, each with its popular keys elsewhere among the n. */
  static long[] zipfShift(double s, int n, int requests, long seed, int phases) {
    int length = requests / phases;
    long[] keys = new long[length * phases];
    for (int phase = 0; phase < phases; phase++) {
      long phaseSeed = seed + phase;
      long base = (long) phase * n / 2;
      long[] ranks = zipf(s, n, length, phaseSeed);
      for (int i = 0; i < length; i++) {
        keys[phase * length + i] =
            phase == 0 ? ranks[i] : base + (mix(ranks[i] + phaseSeed * 31) >>> 1) % n;
      }
    }
    return keys;
  }

  /**
   * Half Zipf over {@code n} keys; the other half keys that come twice, {@code low} to {@code high}
   * requests apart, and never again.
   */
  static long[] hotBand(int n, int requests, int low, int high, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long[] hot = zipf(0.9, n, requests, seed + 1);
    long[] keys = new long[requests];
    long fresh = FRESH;
    for (int i = 0; i < requests; i++) {
      if (keys[i] != 0) {
        continue; // the second of a pair
      }
      if (random.nextInt(2) == 0) {
        keys[i] = hot[i] + 1;
        continue;
      }
      keys[i] = fresh;
      int second = i + low + random.nextInt(high - low);
      if (second < requests && keys[second] == 0) {
        keys[second] = fresh;
      }
      fresh++;
    }
    return keys;
  }

  /** Keys 0 to {@code n} - 1 in order, again and again. */
  static long[] loop(int n, int requests) {
    long[] keys = new long[requests];
    Arrays.setAll(keys, i -> i % n);
    return keys;
  }

  /**
   * Zipf over {@code n} keys, interrupted after every {@code every} requests by {@code scan} others
   * in order. Half of the scans are of keys that never come again, half go over the same ones.
   */
  static long[] scanMix(double s, int n, int requests, int scan, int every, long seed) {
    long[] hot = zipf(s, n, requests, seed);
    long[] keys = new long[requests];
    long fresh = FRESH;
    for (int i = 0; i < requests; i++) {
      int round = i / (every + scan);
      int within = i % (every + scan);
      if (within < every) {
        keys[i] = hot[i];
      } else {
        keys[i] = round % 2 == 0 ? fresh++ : n + (long) (within - every);
      }
    }
    return keys;
  }
}
