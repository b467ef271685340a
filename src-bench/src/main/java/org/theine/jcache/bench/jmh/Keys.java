package org.theine.jcache.bench.jmh;

import java.util.Arrays;
import java.util.Random;

/**
 * Keys to put and keys to ask for: equal ones, never identical ones. They are spread over all ints,
 * since consecutive ones never collide in a table of plain hash codes, as hardly any real keys do.
 * Stateless.
 */
public final class Keys {
  /** How many requests a benchmark goes round in; a power of two. */
  public static final int REQUESTS = 1 << 18;

  private static final long SEED = 42;
  private static final int SPREAD = 0x9e3779b1; // odd, near the golden ratio of all ints
  private static final int FIRST = 1000; // beyond the Integers that Java shares

  private Keys() {}

  /** As many requests for {@code keys} keys, popular ones as often as Zipf's law with 0.99 says. */
  public static Integer[] zipf(int keys) {
    Random random = new Random(SEED);
    int[] shuffled = shuffled(keys, random);
    double[] upTo = new double[keys];
    double sum = 0;
    for (int rank = 0; rank < keys; rank++) {
      sum += 1 / Math.pow(rank + 1, 0.99);
      upTo[rank] = sum;
    }
    Integer[] requests = new Integer[REQUESTS];
    for (int i = 0; i < REQUESTS; i++) {
      int place = Arrays.binarySearch(upTo, random.nextDouble() * sum);
      requests[i] = key(shuffled[place < 0 ? Math.min(-place - 1, keys - 1) : place]);
    }
    return requests;
  }

  /** As many requests, each key as often as the others. */
  static Integer[] uniform(int keys) {
    return uniform(0, keys);
  }

  /** As many requests for keys that were never put. */
  static Integer[] absent(int keys) {
    return uniform(keys, keys);
  }

  private static Integer[] uniform(int from, int keys) {
    Random random = new Random(SEED);
    Integer[] requests = new Integer[REQUESTS];
    Arrays.setAll(requests, i -> key(from + random.nextInt(keys)));
    return requests;
  }

  /** A new object for the key with a number; no two numbers have one key. */
  public static Integer key(int number) {
    return FIRST + number * SPREAD;
  }

  private static int[] shuffled(int keys, Random random) {
    int[] numbers = new int[keys];
    for (int i = 1; i < keys; i++) {
      int other = random.nextInt(i + 1);
      numbers[i] = numbers[other];
      numbers[other] = i;
    }
    return numbers;
  }

  /** Puts the keys in an order that has nothing to do with the requests. */
  static Mapping filled(Subject subject, int keys) {
    Mapping mapping = subject.make(keys);
    for (int i = 0; i < keys; i++) {
      mapping.put(key(i), i);
    }
    return mapping;
  }
}
