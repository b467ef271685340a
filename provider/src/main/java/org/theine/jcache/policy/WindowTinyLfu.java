package org.theine.jcache.policy;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;

/**
 * Chooses which slots stay, by recency and estimated frequency (W-TinyLFU). Not thread-safe: the
 * caller holds the shard lock, except for {@link #hit}.
 */
public final class WindowTinyLfu implements EvictionPolicy {
  /*
   * A new slot enters the window, an LRU list. What falls out of the window is a candidate for the
   * main space, a segmented LRU of probation and protected [1]. When something has to leave, the
   * candidate meets main's victim, the oldest slot of probation: the one that the sketch estimates
   * lower leaves, see Admission.
   *
   * Hits are recorded in one byte a slot, and looked at when the slot has come to the tail of its
   * queue (second chance [2], also known as CLOCK). A look takes the mark away and counts it in the
   * sketch; a seen slot goes to the head of the window, from probation to protected, or round in
   * protected. A burst of hits thus counts once, and a hot slot is written to once in a turn of its
   * queue. If all are marked, looking for one that is not would be a walk over the cache: after
   * MAXIMUM_LOOKS the window's tail is the candidate, seen or not, and the tail of protected is
   * demoted without a look, so that its mark still counts later.
   *
   * The caller decides when to evict, since the maximum is the cache's and not the shard's.
   * insert() evicts nothing, and while there is room what leaves the window goes to probation by
   * itself, at the next insertion. A round is what happens between two insertions. A candidate that
   * was admitted in a round meets each further victim of that round, for a heavy newcomer may need
   * the room of several; as soon as it loses against one it leaves itself. The window may be one
   * slot heavier than its maximum, so that a slot that weighs more than the whole window has to
   * pass admission like any other.
   *
   * A slot of weight 0 takes no room and gives none back: it waits in a list of its own, outside the
   * queues, until it weighs something or is removed.
   *
   * Growth: links and marks begin small and follow the largest slot. The sketch comes when the
   * share is half used, or a victim is asked for; see Admission and FrequencySketch.
   *
   * Resizing: a change of the share or of the window moves slots between queues, a few at each
   * insertion. A larger window takes the tail of main, coldest first, so that their order is kept.
   *
   * Invariants, for a caller that follows the rules of EvictionPolicy:
   *  - a linked slot is in exactly one of window, probation, protected, or weightless
   *  - newest is NONE, or the first of the window
   *  - victim() returns NONE exactly when nothing linked weighs anything
   *  - the victim() after a busy() names another slot if there is one
   *
   * Cost: hit() is a load and, at most once between two looks, a store. victim() looks at no more
   * than 2 x (MAXIMUM_LOOKS + 1) slots and demotes no more than 2 x MAXIMUM_LOOKS; insert() moves
   * no more than four times MAXIMUM_LOOKS. Two or three looks an eviction are usual. Memory: 10
   * bytes a slot, 4 more with weights, and 8 to 16 for the sketch.
   *
   * [1] Einziger, Friedman, Manes. TinyLFU: A Highly Efficient Cache Admission Policy. 2017.
   * [2] Corbato. A Paging Experiment with the Multics System. 1968.
   */

  /** Share of the window until somebody knows better; suits loads that repeat their keys. */
  private static final double INITIAL_WINDOW_SHARE = 0.01;

  /** Share of main that is protected. */
  private static final double PROTECTED_SHARE = 0.8;

  /** Slots looked at in one go, in the window and in main each; bounds the longest pause. */
  static final int MAXIMUM_LOOKS = 64;

  private final Admission admission;
  private final SlotList.Links links;
  private final SlotList window;
  private final SlotList probation;
  private final SlotList protectedList;
  private final SlotList weightless;

  private long capacity;
  private double windowShare = INITIAL_WINDOW_SHARE;
  private long windowMaximum;
  private long protectedMaximum;

  /** The largest slot seen, plus one. */
  private int allotted;

  /** Whether main still owes slots to a window that was enlarged. */
  private boolean windowGrows;

  /** The last inserted slot while it is in the window: never the candidate if there is another. */
  private int newest = NONE;

  /** The slot that came from the window to probation in this round and has not lost yet. */
  private int admitted = NONE;

  /** The slot that was busy last, until the next victim is named. */
  private int declined = NONE;

  /**
   * By slot: 1 if hit since the last look. Written by readers without a lock and by the policy
   * under it; neither orders anything by it. The array is replaced by a longer copy under the
   * readers' eyes: a mark that goes to the old one, or meets the clearing of the same byte, is
   * lost.
   */
  private byte[] seen;

  /**
   * Creates a policy without slots.
   *
   * @param capacity the shard's share of the maximum, in entries or in weight, at least 0
   * @param weighted whether entries differ in weight; if not, each weighs 1
   * @param hashes gives the 64-bit mixed hash of a slot, from just before its insertion until its
   *     removal; two slots with equal hashes share their estimate and nothing else
   * @param seed of the random admissions; the same seed and calls give the same victims
   * @throws IllegalArgumentException if the capacity is negative
   */
  public WindowTinyLfu(long capacity, boolean weighted, IntToLongFunction hashes, long seed) {
    links = new SlotList.Links(weighted);
    admission = new Admission(links, hashes, seed);
    window = new SlotList(links);
    probation = new SlotList(links);
    protectedList = new SlotList(links);
    weightless = new SlotList(links);
    seen = new byte[links.length()];
    capacity(capacity);
  }

  @Override
  public void hit(int slot) {
    byte[] marks = seen; // once: a longer copy may take its place
    if (slot >= 0 && slot < marks.length && marks[slot] == 0) {
      marks[slot] = 1;
    }
  }

  @Override
  public void insert(int slot, int weight) {
    requireWeight(weight);
    if (slot < 0 || links.linked(slot)) {
      throw new IllegalArgumentException("slot must be at least 0 and not linked: " + slot);
    }
    newest = NONE;
    admitted = NONE;
    settle();
    allot(slot);
    links.setWeight(slot, weight);
    seen[slot] = 0;
    if (links.weight(slot) == 0) {
      weightless.addFirst(slot);
    } else {
      window.addFirst(slot);
      newest = slot;
    }
    admission.inserted(slot);
    if (weight() >= capacity / 2) {
      admission.start(capacity, allotted);
    }
  }

  @Override
  public void reweigh(int slot, int weight) {
    requireWeight(weight);
    requireLinked(slot);
    if (!links.weighted()) {
      return;
    }
    links.listOf(slot).reweigh(slot, weight);
    if (weightless.contains(slot) != (weight == 0)) {
      forget(slot);
      (weight == 0 ? weightless : window).moveToFirst(slot);
      newest = NONE; // the first of the window may be another one now
    }
  }

  @Override
  public int weight(int slot) {
    return links.weight(slot);
  }

  @Override
  public void remove(int slot) {
    requireLinked(slot);
    links.listOf(slot).remove(slot);
    forget(slot);
  }

  /** A slot that leaves its queue is none of these any more. */
  private void forget(int slot) {
    newest = newest == slot ? NONE : newest;
    admitted = admitted == slot ? NONE : admitted;
    declined = declined == slot ? NONE : declined;
  }

  @Override
  public int victim() {
    admission.start(capacity, allotted);
    int avoided = declined;
    declined = NONE;
    int named = contest();
    return named != NONE && named == avoided ? another(named) : named;
  }

  /** Lets the candidate, if there is one, meet main's victim. */
  private int contest() {
    int candidate = admitted != NONE || !windowOverflows() ? admitted : windowTail();
    int victim = mainTail();
    if (victim == NONE) {
      return candidate == NONE ? windowTail() : candidate;
    }
    if (candidate == NONE || candidate == victim) {
      return victim;
    }
    if (!admission.admits(candidate, victim)) {
      admitted = NONE;
      return candidate;
    }
    if (candidate != admitted) {
      probation.moveToFirst(candidate);
      admitted = candidate;
    }
    return victim;
  }

  private boolean windowOverflows() {
    return window.weight() > windowMaximum && window.size() > 1;
  }

  /** Returns the oldest slot of the window; seen ones go back to its head first. */
  private int windowTail() {
    int slot = window.last();
    int passes = Math.min(MAXIMUM_LOOKS, window.size());
    while (slot != NONE && look(slot) && passes-- > 0) {
      refresh(slot);
      slot = window.last();
    }
    return slot;
  }

  /** Returns main's next victim: seen slots of probation are promoted, of protected go round. */
  private int mainTail() {
    int looks = MAXIMUM_LOOKS;
    int slot;
    while ((slot = probation.last()) != NONE) {
      if (!look(slot) || looks-- <= 0) {
        return slot;
      }
      protectedList.moveToFirst(slot);
      looks = demote(looks);
    }
    while ((slot = protectedList.last()) != NONE && look(slot) && looks-- > 0) {
      protectedList.moveToFirst(slot);
    }
    return slot;
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
      if (left > 0 && look(slot)) {
        protectedList.moveToFirst(slot);
      } else {
        probation.moveToFirst(slot);
      }
      left--;
    }
    return left;
  }

  /** Takes the mark away and counts it; true if the slot was seen since the last look. */
  private boolean look(int slot) {
    if (seen[slot] == 0) {
      return false;
    }
    seen[slot] = 0;
    admission.seen(slot);
    return true;
  }

  /** Returns any slot but the given one, coldest first, or that one if it is alone. */
  private int another(int slot) {
    for (SlotList queue : new SlotList[] {probation, protectedList, window}) {
      int other = queue.last() == slot ? queue.before(slot) : queue.last();
      if (other != NONE) {
        return other;
      }
    }
    return slot;
  }

  @Override
  public void busy(int slot) {
    requireLinked(slot);
    declined = slot;
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

  @Override
  public void capacity(long maximumWeight) {
    if (maximumWeight < 0) {
      throw new IllegalArgumentException("capacity must not be negative: " + maximumWeight);
    }
    capacity = maximumWeight;
    admission.adjust(capacity, allotted);
    divide();
  }

  /**
   * Changes the window's share of the capacity. The window has room for at least one entry, and the
   * following insertions move what has to move.
   *
   * @param share from 0 to 1
   * @throws IllegalArgumentException if the share is not within these
   */
  public void windowShare(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("window share must be from 0 to 1: " + share);
    }
    long before = windowMaximum;
    windowShare = share;
    divide();
    windowGrows = windowMaximum > before;
  }

  private void divide() {
    windowMaximum = Math.min(capacity, Math.max(1, (long) (capacity * windowShare)));
    protectedMaximum = (long) ((capacity - windowMaximum) * PROTECTED_SHARE);
  }

  /** Moves some of what is in the wrong queue since a maximum changed or nothing had to leave. */
  private void settle() {
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

  private void allot(int slot) {
    if (slot < allotted) {
      return;
    }
    links.ensure(slot);
    if (seen.length < links.length()) {
      seen = Arrays.copyOf(seen, links.length());
    }
    allotted = slot + 1;
    admission.adjust(capacity, allotted);
  }

  @Override
  public long weight() {
    return window.weight() + probation.weight() + protectedList.weight();
  }

  /** Returns whether the slot is in the window, and so not in main. */
  boolean inWindow(int slot) {
    return window.contains(slot);
  }

  /** Returns whether the slot is in the protected part of main. */
  boolean inProtected(int slot) {
    return protectedList.contains(slot);
  }

  /** Unlinks all slots, forgets the estimates and gives the memory back. */
  @Override
  public void clear() {
    links.clear();
    admission.clear();
    seen = new byte[links.length()];
    allotted = 0;
    newest = NONE;
    admitted = NONE;
    declined = NONE;
    windowGrows = false;
  }

  @Override
  public void audit(IntPredicate used) {
    links.audit(used);
    if (newest != NONE && window.first() != newest) {
      throw new IllegalStateException("newest is not the first of the window: slot " + newest);
    }
    if (admitted != NONE && (!links.linked(admitted) || window.contains(admitted))) {
      throw new IllegalStateException("admitted is not in main: slot " + admitted);
    }
    if (declined != NONE && !links.linked(declined)) {
      throw new IllegalStateException("declined is not linked: slot " + declined);
    }
  }

  private static void requireWeight(int weight) {
    if (weight < 0) {
      throw new IllegalArgumentException("weight must not be negative: " + weight);
    }
  }

  private void requireLinked(int slot) {
    if (!links.linked(slot)) {
      throw new IllegalArgumentException("slot is not linked: " + slot);
    }
  }
}
