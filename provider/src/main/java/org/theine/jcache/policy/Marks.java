package org.theine.jcache.policy;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which slots were hit since they were last looked at, and the hits of which ones the adviser hears
 * of. {@link #hit} may be called by any thread; for the rest the caller holds the shard lock.
 */
final class Marks {
  /*
   * A byte a slot, ordered so that one comparison tells whether a hit has anything to do: 0 and 1 if
   * it has not been hit since the last look, 2 and 3 if it has, and the odd ones for slots that are
   * not in the adviser's sample. Readers mark without a lock, and neither they nor the policy order
   * anything by it. The array is replaced by a longer copy under the readers' eyes: a mark that goes
   * to the old one, or meets another change of the same byte, is lost.
   */

  private static final byte UNSAMPLED = 1;
  private static final byte SEEN = 2;

  /** Null if nobody hears of hits. */
  private final @Nullable Adviser adviser;

  private byte[] marks;

  Marks(int length, @Nullable Adviser adviser) {
    this.adviser = adviser;
    marks = new byte[length];
  }

  /** Somebody has found the hash in the slot, perhaps just before the slot was given to another. */
  void hit(int slot, long hash) {
    byte[] held = marks; // once: a longer copy may take its place
    if (slot >= 0 && slot < held.length) {
      byte mark = held[slot];
      // Not asked for the mark first: which slots are in the sample is more than a processor can
      // guess.
      if (mark < (adviser == null || adviser.rests() ? SEEN : SEEN | UNSAMPLED)) {
        mark(held, slot, mark, hash);
      }
    }
  }

  private void mark(byte[] held, int slot, byte mark, long hash) {
    if (mark < SEEN) {
      held[slot] = (byte) (mark | SEEN);
    }
    if ((mark & UNSAMPLED) == 0 && adviser != null) {
      adviser.offer(hash, true);
    }
  }

  /** A slot has a new entry. */
  void insert(int slot) {
    marks[slot] = UNSAMPLED;
  }

  /** The adviser hears of hits of the slot from now on. */
  void sample(int slot) {
    marks[slot] &= SEEN;
  }

  /** Returns whether the slot was hit since the last look. */
  boolean look(int slot) {
    boolean seen = marks[slot] >= SEEN;
    if (seen) {
      marks[slot] &= UNSAMPLED;
    }
    return seen;
  }

  /** Makes room for slots below the length. */
  void ensure(int length) {
    if (marks.length < length) {
      marks = Arrays.copyOf(marks, length);
    }
  }

  /** Forgets all marks. */
  void clear(int length) {
    marks = new byte[length];
  }
}
