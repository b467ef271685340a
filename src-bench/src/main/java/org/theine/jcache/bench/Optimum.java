package org.theine.jcache.bench;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The hit ratio that no cache can beat, since it knows the future. Immutable after {@link #of}, so
 * safe for any thread.
 */
public final class Optimum {
  /*
   * Belady's rule [1]: what is needed again last, or never, leaves first; and that may be the entry
   * just asked for, so an entry can be refused. A key in the cache is represented by the position
   * of its next use, which belongs to one key only: request i is a hit exactly when position i is
   * in the cache. The positions are also in a heap with the furthest one on top. A hit leaves its
   * position in the heap; being in the past it lies below every resident one and never surfaces
   * while there is a resident one to take. O(n log n) for one size.
   *
   * [1] Belady. A Study of Replacement Algorithms for a Virtual-Storage Computer. 1966.
   */
  private static final int NEVER = Integer.MAX_VALUE;

  /** At index i, the next request with the key of request i, or NEVER. */
  private final int[] nextUse;

  private Optimum(int[] nextUse) {
    this.nextUse = nextUse;
  }

  /** Finds out, for each request, when its key is needed again. */
  public static Optimum of(Trace trace) {
    int[] nextUse = new int[trace.length()];
    int[] upcoming = new int[trace.distinct()];
    Arrays.fill(upcoming, NEVER);
    for (int i = trace.length() - 1; i >= 0; i--) {
      int id = trace.id(i);
      nextUse[i] = upcoming[id];
      upcoming[id] = i;
    }
    return new Optimum(nextUse);
  }

  /** The share of requests, 0 to 1, that a cache of {@code size} entries answers at best. */
  public double hitRatio(int size) {
    if (size <= 0) {
      throw new IllegalArgumentException("size must be positive: " + size);
    }
    return (nextUse.length == 0) ? 0 : (double) hits(size) / nextUse.length;
  }

  private long hits(int size) {
    BitSet resident = new BitSet(nextUse.length);
    FurthestHeap furthest = new FurthestHeap();
    long hits = 0;
    int used = 0;
    for (int i = 0; i < nextUse.length; i++) {
      if (resident.get(i)) {
        hits++;
        used--;
      }
      if (nextUse[i] == NEVER) {
        continue;
      }
      furthest.add(nextUse[i]);
      resident.set(nextUse[i]);
      if (++used > size) {
        resident.clear(furthest.remove());
        used--;
      }
    }
    return hits;
  }

  /** A binary heap of positions, the greatest on top. */
  private static final class FurthestHeap {
    private int[] positions = new int[1024];
    private int size;

    void add(int position) {
      if (size == positions.length) {
        positions = Arrays.copyOf(positions, 2 * size);
      }
      int hole = size++;
      while (hole > 0 && positions[(hole - 1) >>> 1] < position) {
        positions[hole] = positions[(hole - 1) >>> 1];
        hole = (hole - 1) >>> 1;
      }
      positions[hole] = position;
    }

    int remove() {
      int greatest = positions[0];
      int last = positions[--size];
      int hole = 0;
      for (int child = 1; child < size; child = 2 * hole + 1) {
        if (child + 1 < size && positions[child + 1] > positions[child]) {
          child++;
        }
        if (positions[child] <= last) {
          break;
        }
        positions[hole] = positions[child];
        hole = child;
      }
      positions[hole] = last;
      return greatest;
    }
  }
}
