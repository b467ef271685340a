package org.theine.jcache.policy;

import java.util.Arrays;

/**
 * Gives a small number to each hash that the miniatures hold, so that one search serves all of
 * them. A number is free again when no miniature holds its hash any more. Not thread-safe.
 */
final class HashIndex {
  /*
   * Open addressing with linear probing over a power of two, at most half full; what is removed is
   * closed up, so that there are no tombstones. Numbers are dense, as other tables are indexed by
   * them.
   */

  private static final int INITIAL_LENGTH = 16;
  private static final int NONE = -1;

  /** A number plus one, or 0. */
  private int[] table = new int[2 * INITIAL_LENGTH];

  /** By number. */
  private long[] hashes = new long[INITIAL_LENGTH];

  /** By number: how many hold it; of a free one, the next free number. */
  private int[] holders = new int[INITIAL_LENGTH];

  private int firstFree = NONE;

  /** Numbers below it were given at least once. */
  private int allotted;

  private int size;

  /** Returns the number of a hash, a new one that nobody holds if need be. */
  int number(long hash) {
    int at = home(hash);
    for (int found; (found = table[at]) != 0; at = at + 1 & table.length - 1) {
      if (hashes[found - 1] == hash) {
        return found - 1;
      }
    }
    if (2 * (size + 1) > table.length) {
      enlarge();
      at = vacancy(hash);
    }
    int number = firstFree;
    if (number != NONE) {
      firstFree = holders[number];
    } else {
      number = allotted++;
      if (number == hashes.length) {
        hashes = Arrays.copyOf(hashes, number + number / 2);
        holders = Arrays.copyOf(holders, number + number / 2);
      }
    }
    hashes[number] = hash;
    holders[number] = 0;
    table[at] = number + 1;
    size++;
    return number;
  }

  long hash(int number) {
    return hashes[number];
  }

  /** One more holds the number. */
  void hold(int number) {
    holders[number]++;
  }

  int holders(int number) {
    return holders[number];
  }

  /** One less holds the number; the last one frees it. */
  void letGo(int number) {
    if (--holders[number] == 0) {
      takeOut(number);
      holders[number] = firstFree;
      firstFree = number;
      size--;
    }
  }

  /** Returns a bound of the numbers. */
  int limit() {
    return allotted;
  }

  /** Forgets everything and gives the memory back. */
  void clear() {
    table = new int[2 * INITIAL_LENGTH];
    hashes = new long[INITIAL_LENGTH];
    holders = new int[INITIAL_LENGTH];
    firstFree = NONE;
    allotted = 0;
    size = 0;
  }

  /** Checks that the index has the numbers that are held, as often as they are. */
  void audit(int[] expected) {
    int held = 0;
    for (int number = 0; number < allotted; number++) {
      if (expected[number] > 0) {
        held++;
        if (holders[number] != expected[number] || number(hashes[number]) != number) {
          throw new IllegalStateException(
              "number "
                  + number
                  + " is held "
                  + expected[number]
                  + " times, not as the index says");
        }
      }
    }
    if (held != size) {
      throw new IllegalStateException("numbers held: " + held + ", in the index: " + size);
    }
  }

  private void takeOut(int number) {
    int mask = table.length - 1;
    int gap = home(hashes[number]);
    while (table[gap] != number + 1) {
      gap = gap + 1 & mask;
    }
    for (int at = gap + 1 & mask; table[at] != 0; at = at + 1 & mask) {
      int home = home(hashes[table[at] - 1]);
      if ((at - home & mask) >= (at - gap & mask)) {
        table[gap] = table[at];
        gap = at;
      }
    }
    table[gap] = 0;
  }

  private void enlarge() {
    int[] old = table;
    table = new int[2 * old.length];
    for (int entry : old) {
      if (entry != 0) {
        table[vacancy(hashes[entry - 1])] = entry;
      }
    }
  }

  private int vacancy(long hash) {
    int at = home(hash);
    while (table[at] != 0) {
      at = at + 1 & table.length - 1;
    }
    return at;
  }

  private int home(long hash) {
    return (int) FrequencySketch.spread(hash) & table.length - 1;
  }
}
