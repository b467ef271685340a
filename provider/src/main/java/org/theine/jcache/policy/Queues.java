package org.theine.jcache.policy;

import java.util.function.IntPredicate;

/**
 * The queues of {@link WindowTinyLfu}: window, probation and protected, what is at their tails, and
 * how slots move between them. Not thread-safe: the caller holds the shard lock.
 */
final class Queues {
  /*
   * Invariants:
   *  - a linked slot is in exactly one of window, probation, protected, or weightless
   *  - newest is NONE, or the first of the window
   *  - bulky is NONE, or newest
   *  - returned is NONE, or a slot of main; it or newest is NONE
   */

  private static final int NONE = EvictionPolicy.NONE;

  /** Share of main that is protected. */
  private static final double PROTECTED_SHARE = 0.8;

  /** Slots looked at in one go, in the window and in main each; bounds the longest pause. */
  static final int MAXIMUM_LOOKS = 64;

  /** Takes the mark of a slot away; whether it had one. */
  private final IntPredicate look;

  private final SlotList.Links links;
  private final SlotList window;
  private final SlotList probation;
  private final SlotList protectedList;
  private final SlotList weightless;

  private long capacity;
  private long windowMaximum;
  private long protectedMaximum;

  /** Whether main still owes slots to a window that was enlarged. */
  private boolean windowGrows;

  /** The last inserted slot while it is in the window: never the candidate if there is another. */
  private int newest = NONE;

  /** The same slot if it was bulky when it was inserted, and nobody has it in use. */
  private int bulky = NONE;

  /** The last inserted slot if it has come to main already: not a victim if there is another. */
  private int returned = NONE;

  /**
   * Makes empty queues.
   *
   * @param links of the slots, used by nobody else
   * @param look takes the mark of a slot away; whether it had one
   */
  Queues(SlotList.Links links, IntPredicate look) {
    this.links = links;
    this.look = look;
    window = new SlotList(links);
    probation = new SlotList(links);
    protectedList = new SlotList(links);
    weightless = new SlotList(links);
  }

  /** Divides the capacity; the window has room for at least one entry. */
  void divide(long newCapacity, double windowShare) {
    long before = windowMaximum;
    capacity = newCapacity;
    windowMaximum = Math.min(capacity, Math.max(1, (long) (capacity * windowShare)));
    protectedMaximum = (long) ((capacity - windowMaximum) * PROTECTED_SHARE);
    windowGrows = windowMaximum > before || windowGrows && windowMaximum == before;
  }

  /** The slot that was inserted last is like any other now. */
  void beginRound() {
    newest = NONE;
    bulky = NONE;
    returned = NONE;
  }

  /** Inserts a slot, whose weight is set: into the window, or protected if it has come back. */
  void insert(int slot, boolean comesBack) {
    if (links.weight(slot) == 0) {
      weightless.addFirst(slot);
    } else if (comesBack && links.weight(slot) <= windowMaximum) {
      protectedList.addFirst(slot);
      returned = slot;
    } else {
      window.addFirst(slot);
      newest = slot;
      bulky = isBulky(slot) ? slot : NONE;
    }
  }

  /** Changes the weight of a linked slot; true if it has gone to another queue by that. */
  boolean reweigh(int slot, int weight) {
    bulky = bulky == slot ? NONE : bulky;
    links.listOf(slot).reweigh(slot, weight);
    if (weightless.contains(slot) == (weight == 0)) {
      return false;
    }
    (weight == 0 ? weightless : window).moveToFirst(slot);
    newest = NONE; // the first of the window may be another one now
    bulky = NONE;
    returned = returned == slot ? NONE : returned;
    return true;
  }

  void remove(int slot) {
    links.listOf(slot).remove(slot);
    newest = newest == slot ? NONE : newest;
    bulky = bulky == slot ? NONE : bulky;
    returned = returned == slot ? NONE : returned;
  }

  long weight() {
    return window.weight() + probation.weight() + protectedList.weight();
  }

  /**
   * Whether a slot is one that the window cannot take in passing: heavier than two others, and than
   * the whole window or a good part of all. In its place many would have to leave, before it had
   * met any of them.
   */
  private boolean isBulky(int slot) {
    int weight = links.weight(slot);
    return weight > Math.min(windowMaximum, capacity / 8) && weight / 2 > weight() / size();
  }

  /** Returns how many slots weigh something. */
  int size() {
    return window.size() + probation.size() + protectedList.size();
  }

  /** Returns the slot that was inserted last, if it is bulky and still in the window, or NONE. */
  int bulky() {
    return bulky;
  }

  boolean windowOverflows() {
    return window.weight() > windowMaximum && window.size() > 1;
  }

  /** Returns the oldest slot of the window; seen ones go back to its head first. */
  int windowTail() {
    int slot = window.last();
    int passes = Math.min(MAXIMUM_LOOKS, window.size());
    while (slot != NONE && look.test(slot) && passes-- > 0) {
      refresh(slot);
      slot = window.last();
    }
    return slot;
  }

  /** Returns main's next victim: seen slots of probation are promoted, of protected go round. */
  int mainTail() {
    int looks = MAXIMUM_LOOKS;
    int slot;
    while ((slot = oldest(probation)) != NONE && slot != returned) {
      if (!look.test(slot) || looks-- <= 0) {
        return slot;
      }
      protectedList.moveToFirst(slot);
      looks = demote(looks);
    }
    while ((slot = oldest(protectedList)) != NONE
        && slot != returned
        && look.test(slot)
        && looks-- > 0) {
      protectedList.moveToFirst(slot);
    }
    if (returned != NONE && (slot == NONE || slot == returned)) {
      slot = windowTail();
    }
    return slot == NONE ? returned : slot;
  }

  /**
   * Returns the last slot of a queue, but not the one that has just returned if there is another.
   */
  private int oldest(SlotList queue) {
    if (queue.last() == returned && queue.size() > 1) {
      queue.moveToFirst(returned);
    }
    return queue.last();
  }

  /**
   * Brings protected within its maximum; seen slots go round while there are looks left.
   *
   * @return the looks that are left then
   */
  private int demote(int looks) {
    int left = looks;
    for (int moves = 0;
        moves < MAXIMUM_LOOKS && protectedList.weight() > protectedMaximum;
        moves++) {
      int slot = protectedList.last();
      if (left > 0 && look.test(slot)) {
        protectedList.moveToFirst(slot);
      } else {
        probation.moveToFirst(slot);
      }
      left--;
    }
    return left;
  }

  /** Returns any slot but the given one, coldest first, or that one if it is alone. */
  int another(int slot) {
    for (SlotList queue : new SlotList[] {probation, protectedList, window}) {
      int other = oldest(queue) == slot ? queue.before(slot) : queue.last();
      if (other != NONE && other != returned) {
        return other;
      }
    }
    return returned == NONE ? slot : returned;
  }

  /** A candidate that was admitted goes to probation. */
  void admit(int slot) {
    probation.moveToFirst(slot);
    if (slot == newest) {
      newest = NONE;
      bulky = NONE;
      returned = slot;
    }
  }

  /** A victim that cannot leave counts as just used. */
  void refuse(int slot) {
    bulky = bulky == slot ? NONE : bulky;
    if (!window.contains(slot)) {
      protectedList.moveToFirst(slot);
      demote(0);
    } else if (window.size() > 2 || slot == newest) {
      refresh(slot);
    } else {
      probation.moveToFirst(slot); // at the head of so small a window it would be its tail again
    }
  }

  /** Moves a slot of the window to its head, or behind the newest, which stays there. */
  private void refresh(int slot) {
    window.moveToFirst(slot);
    if (newest != NONE) {
      window.moveToFirst(newest);
    }
  }

  /** Moves some of what is in the wrong queue since a maximum changed or nothing had to leave. */
  void settle() {
    for (int moves = 0; moves < MAXIMUM_LOOKS && windowOverflows(); moves++) {
      probation.moveToFirst(moves == 0 ? windowTail() : window.last());
    }
    demote(0);
    for (int moves = 0; moves < MAXIMUM_LOOKS && windowGrows; moves++) {
      enlargeWindow();
    }
  }

  /** Gives main's oldest slot to the window, until that is full or main within its maximum. */
  private void enlargeWindow() {
    int slot = probation.last() != NONE ? probation.last() : protectedList.last();
    windowGrows =
        slot != NONE
            && window.weight() + links.weight(slot) <= windowMaximum
            && probation.weight() + protectedList.weight() > capacity - windowMaximum;
    if (windowGrows) {
      window.moveToFirst(slot);
    }
  }

  boolean inWindow(int slot) {
    return window.contains(slot);
  }

  boolean inProtected(int slot) {
    return protectedList.contains(slot);
  }

  /** Unlinks all slots and gives the memory back. */
  void clear() {
    links.clear();
    beginRound();
    windowGrows = false;
  }

  /** Checks the queues, and that exactly the used slots are in one. */
  void audit(IntPredicate used) {
    links.audit(used);
    if (newest != NONE && window.first() != newest) {
      throw new IllegalStateException("newest is not the first of the window: slot " + newest);
    }
    if (bulky != NONE && bulky != newest) {
      throw new IllegalStateException("bulky is not the newest: slot " + bulky);
    }
    if (returned != NONE && (newest != NONE || !isInMain(returned))) {
      throw new IllegalStateException("returned is not in main: slot " + returned);
    }
  }

  /** Returns whether the slot is in probation or protected. */
  boolean isInMain(int slot) {
    return links.linked(slot) && (probation.contains(slot) || protectedList.contains(slot));
  }
}
