package org.theine.jcache.policy;

import java.util.function.IntConsumer;
import java.util.function.IntToLongFunction;

/**
 * Decides whether a candidate may take the place of a victim, by how often their hashes were seen.
 * Not thread-safe: the caller holds the shard lock.
 */
final class Admission {
  /*
   * The more frequent one stays, at a tie the victim. An attacker who finds a way to make victims
   * look popular could so keep every newcomer out; therefore a candidate that loses although it is
   * warm is let in now and then, at random.
   *
   * Frequencies are needed only to choose victims, so counting begins when the caller says that the
   * share fills, with a sketch for twice the slots then allotted, at most for the capacity; each
   * later insertion also counts two of the slots that came before, so that all are counted when the
   * share is full. A cache far below its maximum has no sketch to speak of, and a table that is
   * made once is more exact than one that doubled several times: the copies in its halves are
   * noise, which costs half a point of hits on Zipf loads. Doubling remains for what cannot be
   * foreseen, lighter entries and a larger capacity.
   */

  /** From this estimate on a losing candidate is warm: one-time keys hardly get there. */
  private static final int WARM = 6;

  /** One warm loser in so many is admitted; a power of two. */
  private static final int RANDOM_ADMISSION = 128;

  /** Increment of the random numbers (SplitMix64). */
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  /** Slots counted late at each insertion: with one, none would be left when the share is full. */
  private static final int LATE_COUNTS = 2;

  private final SlotList.Links links;
  private final IntToLongFunction hashes;
  private final IntConsumer counted;
  private final FrequencySketch sketch = new FrequencySketch();
  private long random;

  private boolean counting;

  /** Linked slots below this are yet to be counted for their insertion. */
  private int uncounted;

  /**
   * Creates an admission that does not count yet.
   *
   * @param links tells which slots are linked
   * @param hashes gives the hash of a linked slot
   * @param counted is told of each slot whose insertion is counted
   * @param seed of the random admissions
   */
  Admission(SlotList.Links links, IntToLongFunction hashes, IntConsumer counted, long seed) {
    this.counted = counted;
    this.links = links;
    this.hashes = hashes;
    this.random = seed;
  }

  /** Returns whether the candidate may stay and the victim should leave. */
  boolean admits(int candidate, int victim) {
    int estimate = estimate(candidate);
    return estimate > estimate(victim)
        || estimate >= WARM && (nextRandom() & RANDOM_ADMISSION - 1) == 0;
  }

  /** Counts a slot that was seen; forgotten if counting has not begun. */
  void seen(int slot) {
    if (counting) {
      sketch.increment(hashes.applyAsLong(slot));
    }
  }

  /** Counts a slot that was just inserted, and some of those before. */
  void inserted(int slot) {
    if (!counting) {
      return;
    }
    count(slot);
    for (int i = 0; i < LATE_COUNTS && uncounted > 0; i++) {
      uncounted--;
      if (links.linked(uncounted)) {
        count(uncounted);
      }
    }
  }

  private void count(int slot) {
    seen(slot);
    counted.accept(slot);
  }

  /** Begins to count, if it has not begun. Of the slots given, the linked ones are counted late. */
  void start(long capacity, int allotted) {
    if (!counting) {
      counting = true;
      uncounted = allotted;
      sketch.population(Math.min(capacity, 2L * allotted));
    }
  }

  /** Follows a change of the capacity or of the slots allotted. */
  void adjust(long capacity, int allotted) {
    if (counting) {
      sketch.population(Math.min(capacity, allotted));
    }
  }

  /** Returns how often the hash of the slot was seen lately, as far as is known. */
  int estimate(int slot) {
    return sketch.estimate(hashes.applyAsLong(slot));
  }

  /** Forgets all counts and does not count any more until told to. */
  void clear() {
    sketch.clear();
    counting = false;
    uncounted = 0;
  }

  private long nextRandom() {
    random += GOLDEN_GAMMA;
    long z = (random ^ random >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }
}
