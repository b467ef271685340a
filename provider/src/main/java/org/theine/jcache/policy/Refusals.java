package org.theine.jcache.policy;

import org.jspecify.annotations.Nullable;

/**
 * Remembers the hashes of candidates that were refused lately, about as many as the capacity. Not
 * thread-safe.
 */
final class Refusals {
  /*
   * A table of small buckets in place of a queue with an index: a bucket forgets its oldest hash
   * when it is full, which comes close to a queue over all for an eighth of its memory. A hash is
   * kept as 32 of its bits; the bucket is chosen by others.
   */

  private static final int WAYS = 8;
  private static final int PAGE_BUCKETS = 128;
  private static final long MAXIMUM_BUCKETS = 1 << 28;

  private final int buckets;

  /**
   * Pages of buckets, each bucket most recent first; null until something is kept there. Made with
   * the first one: a huge capacity costs nothing before.
   */
  private int @Nullable [] @Nullable [] pages;

  Refusals(long capacity) {
    buckets = (int) Math.max(1, Math.min((capacity + WAYS - 1) / WAYS, MAXIMUM_BUCKETS));
  }

  /** Returns how many hashes there is room for. */
  long capacity() {
    return (long) buckets * WAYS;
  }

  void add(long hash) {
    long spread = spread(hash);
    int bucket = bucket(spread);
    if (pages == null) {
      pages = new int[(buckets + PAGE_BUCKETS - 1) / PAGE_BUCKETS][];
    }
    int[] page = pages[bucket / PAGE_BUCKETS];
    if (page == null) {
      page = new int[Math.min(buckets, PAGE_BUCKETS) * WAYS];
      pages[bucket / PAGE_BUCKETS] = page;
    }
    int from = bucket % PAGE_BUCKETS * WAYS;
    System.arraycopy(page, from, page, from + 1, WAYS - 1);
    page[from] = print(spread);
  }

  /** Forgets a hash; true if it was remembered. */
  boolean remove(long hash) {
    long spread = spread(hash);
    int bucket = bucket(spread);
    int[] page = pages == null ? null : pages[bucket / PAGE_BUCKETS];
    if (page == null) {
      return false;
    }
    int from = bucket % PAGE_BUCKETS * WAYS;
    int print = print(spread);
    for (int i = 0; i < WAYS; i++) {
      if (page[from + i] == print) {
        System.arraycopy(page, from + i + 1, page, from + i, WAYS - 1 - i);
        page[from + WAYS - 1] = 0;
        return true;
      }
    }
    return false;
  }

  private static long spread(long hash) {
    long z = (hash ^ hash >>> 32) * 0xd6e8feb86659fd93L;
    return z ^ z >>> 32;
  }

  private int bucket(long spread) {
    return (int) ((spread >>> 32) * buckets >>> 32);
  }

  /** Never 0, which stands for nothing. */
  private static int print(long spread) {
    int print = (int) spread;
    return print == 0 ? 1 : print;
  }
}
