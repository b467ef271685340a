package org.theine.jcache.policy;

import java.util.Arrays;

/**
 * Estimates how often a hash was seen lately, from 0 to 15. Not thread-safe: the caller holds the
 * shard lock.
 */
final class FrequencySketch {
  /*
   * A count-min sketch [1] with four rows of 4-bit counters. An increment raises the hash's counter
   * in each row, the estimate is the least of the four: collisions can only make it too high. All
   * four counters lie in one block of eight words, 64 bytes, so that an estimate touches one or two
   * cache lines [2]: the low half of the spread hash chooses the block, and each of its upper four
   * bytes chooses, with its five low bits, one of the 32 counters in a row's two words.
   *
   * Ageing: after sampleSize increments all counters are halved, so that what was popular once is
   * forgotten [3]. The loop is over the whole table, once in ten increments an entry.
   *
   * Size: three quarters of a word an entry, rounded up to a power of two, so 6 to 12 bytes. On the
   * traces of the Adviser's header a whole word gives no hit more, half a word 0.1 points less.
   *
   * Growth: the table begins with one block and doubles with the population, so that a huge maximum
   * costs nothing at first. Doubling gives the block index one more bit. The old table is copied
   * into both halves, hence a hash finds in its new block exactly the counters it had; its
   * neighbours of old fade with the next ageing. The table never shrinks, its sample may.
   *
   * Invariants:
   *  - words.length is a power of two and at least a block
   *  - increments, the number since the last ageing (halved with the counters), is below sampleSize
   *    after increment() returns
   *
   * [1] Cormode, Muthukrishnan. An Improved Data Stream Summary: The Count-Min Sketch. 2005.
   * [2] Putze, Sanders, Singler. Cache-, Hash- and Space-Efficient Bloom Filters. 2007.
   * [3] Einziger, Friedman, Manes. TinyLFU: A Highly Efficient Cache Admission Policy. 2017.
   */

  /** The highest estimate. */
  static final int MAXIMUM = 15;

  private static final int BLOCK_WORDS = 8;
  private static final int ROWS = 4;
  private static final long MAXIMUM_WORDS = 1L << 28;

  /** Increments between two halvings, for each entry of the population. */
  private static final int SAMPLE_FACTOR = 10;

  private static final long LOW_BITS = 0x1111111111111111L;
  private static final long WITHOUT_HIGH_BITS = 0x7777777777777777L;

  /** Odd, from the golden ratio; spreads hashes of which the caller has fixed some bits. */
  private static final long SPREAD = 0x9e3779b97f4a7c15L;

  private long[] words = new long[BLOCK_WORDS];
  private long sampleSize = SAMPLE_FACTOR;
  private long increments;

  /**
   * Sets the number of entries that the sketch serves: the sample is ten times that, and the table
   * has three words at least for four of them.
   */
  void population(long entries) {
    long population = Math.max(1, entries);
    sampleSize = SAMPLE_FACTOR * Math.min(population, Long.MAX_VALUE / SAMPLE_FACTOR);
    long wanted = Math.min(population - population / 4, MAXIMUM_WORDS);
    while (words.length < wanted) {
      int half = words.length;
      words = Arrays.copyOf(words, 2 * half);
      System.arraycopy(words, 0, words, half, half);
    }
  }

  /** Counts one more sighting of the hash. */
  void increment(long hash) {
    long spread = spread(hash);
    boolean raised = false;
    for (int row = 0; row < ROWS; row++) {
      int word = word(spread, row);
      int shift = shift(spread, row);
      if ((words[word] >>> shift & MAXIMUM) != MAXIMUM) {
        words[word] += 1L << shift;
        raised = true;
      }
    }
    if (raised && ++increments >= sampleSize) {
      age();
    }
  }

  /** Returns how often the hash was seen lately: never too low but for ageing, at most 15. */
  int estimate(long hash) {
    long spread = spread(hash);
    int estimate = MAXIMUM;
    for (int row = 0; row < ROWS; row++) {
      int counter = (int) (words[word(spread, row)] >>> shift(spread, row) & MAXIMUM);
      estimate = Math.min(estimate, counter);
    }
    return estimate;
  }

  /** Forgets everything, and its size too. */
  void clear() {
    words = new long[BLOCK_WORDS];
    sampleSize = SAMPLE_FACTOR;
    increments = 0;
  }

  private void age() {
    long odd = 0;
    for (int i = 0; i < words.length; i++) {
      odd += Long.bitCount(words[i] & LOW_BITS);
      words[i] = words[i] >>> 1 & WITHOUT_HIGH_BITS;
    }
    // Halving an odd counter loses half an increment, in each of the rows. A table that was copied
    // has more odd counters than it had increments.
    increments = Math.max(0, Math.min(increments, sampleSize) - odd / ROWS) / 2;
  }

  /** Returns the hash with its bits mixed anew: a shard or a table may have used any of them. */
  static long spread(long hash) {
    long product = hash * SPREAD;
    return product ^ product >>> 32;
  }

  /** Returns the word of the row's counter, counted over the whole table. */
  int word(long spread, int row) {
    int block = ((int) spread & words.length / BLOCK_WORDS - 1) * BLOCK_WORDS;
    return block + 2 * row + (choice(spread, row) & 1);
  }

  /** Returns the bit of its word at which the row's counter begins. */
  static int shift(long spread, int row) {
    return (choice(spread, row) >>> 1 & 15) << 2;
  }

  private static int choice(long spread, int row) {
    return (int) (spread >>> 32 + 8 * row);
  }
}
