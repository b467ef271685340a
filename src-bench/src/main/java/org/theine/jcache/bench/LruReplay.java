package org.theine.jcache.bench;

import java.util.Arrays;

/**
 * The hit ratio of a least recently used cache, for every size at once. Immutable after {@link
 * #of}, so safe for any thread.
 */
public final class LruReplay {
  /*
   * LRU is a stack algorithm [1]: a cache of n entries holds the n keys used last, whatever n is.
   * A request hits exactly when at most n different keys, its own among them, were used since its
   * key was used before; that number is its stack distance. Marking each key at the position of its
   * latest use, the distance is the number of marks from there on, which a Fenwick tree [2] of
   * marks counts in O(log n). One pass of O(n log n) so answers for every size.
   *
   * [1] Mattson, Gecsei, Slutz, Traiger. Evaluation Techniques for Storage Hierarchies. 1970.
   * [2] Fenwick. A New Data Structure for Cumulative Frequency Tables. 1994.
   */
  private static final int NEVER = -1;

  private final int requests;

  /** At index d, the requests whose stack distance is at most d. */
  private final long[] hitsWithin;

  private LruReplay(int requests, long[] hitsWithin) {
    this.requests = requests;
    this.hitsWithin = hitsWithin;
  }

  /** Replays the trace. */
  public static LruReplay of(Trace trace) {
    long[] hits = new long[trace.distinct() + 1];
    int[] latest = new int[trace.distinct()];
    Arrays.fill(latest, NEVER);
    int[] marks = new int[trace.length() + 1];
    int marked = 0;
    for (int i = 0; i < trace.length(); i++) {
      int id = trace.id(i);
      if (latest[id] == NEVER) {
        marked++;
      } else {
        hits[marked - countBefore(marks, latest[id])]++;
        add(marks, latest[id], -1);
      }
      add(marks, i, 1);
      latest[id] = i;
    }
    for (int d = 1; d < hits.length; d++) {
      hits[d] += hits[d - 1];
    }
    return new LruReplay(trace.length(), hits);
  }

  /** The share of requests, 0 to 1, that a cache of {@code size} entries answers. */
  public double hitRatio(int size) {
    if (size <= 0) {
      throw new IllegalArgumentException("size must be positive: " + size);
    }
    return (requests == 0)
        ? 0
        : (double) hitsWithin[Math.min(size, hitsWithin.length - 1)] / requests;
  }

  /** The marks at positions below {@code position}. */
  private static int countBefore(int[] marks, int position) {
    int count = 0;
    for (int i = position; i > 0; i &= i - 1) {
      count += marks[i];
    }
    return count;
  }

  private static void add(int[] marks, int position, int amount) {
    for (int i = position + 1; i < marks.length; i += i & -i) {
      marks[i] += amount;
    }
  }
}
