package org.theine.jcache.policy;

import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

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
   * Against exact recording of each hit, moved and counted at once, on the traces of the Adviser's
   * header, mean of three seeds: 0.04 points more in the mean; where recency counts (LRU ahead of a
   * window of 1 %, 24 cells) 0.01 more and at worst 0.5 less, where frequency does (LRU more than 5
   * behind, 38 cells) 0.02 more and at worst 1.0 less, in between (20 cells) 0.1 more and 0.5 less.
   *
   * The caller decides when to evict, since the maximum is the cache's and not the shard's.
   * insert() evicts nothing, and while there is room what leaves the window goes to probation by
   * itself, at the next insertion. A round is what happens between two insertions. A candidate that
   * was admitted in a round meets each further victim of that round, for a heavy newcomer may need
   * the room of several; as soon as it loses against one it leaves itself. The window may
   * be one slot heavier than its maximum, so that a slot that weighs more than the whole window has
   * to pass admission like any other; one that is bulky too in the round in which it is inserted,
   * before others have left for it.
   *
   * A slot of weight 0 takes no room and gives none back: it waits in a list of its own, outside the
   * queues, until it weighs something or is removed.
   *
   * Growth: links and marks begin small and follow the largest slot. The sketch comes when the
   * share is half used, or a victim is asked for; see Admission and FrequencySketch.
   *
   * Setting: how large the window is, and whether candidates that were refused are readmitted, is
   * the Adviser's advice, asked for at each insertion. In return it hears of the requests for a
   * sample of the hashes: of each insertion, and of each hit of a slot that is marked so. Without
   * an adviser the window is small and nothing is readmitted.
   *
   * Resizing: a change of the share or of the window moves slots between queues, a few at each
   * insertion. A larger window takes the tail of main, coldest first, so that their order is kept.
   *
   * Invariants beside those of Queues, for a caller that follows the rules of EvictionPolicy:
   *  - victim() returns NONE exactly when nothing linked weighs anything
   *  - the victim() after a busy() names another slot if there is one
   *
   * Cost: hit() is a load and, at most once between two looks, a store; if sampled, an offer too, but
   * while the adviser rests only with the store.
   * victim() looks at no more than 2 x (MAXIMUM_LOOKS + 1) slots and demotes no more than
   * 2 x MAXIMUM_LOOKS; insert() moves no more than four times MAXIMUM_LOOKS. Two or three looks an
   * eviction are usual. Memory: 10 bytes a slot, 4 more with weights, 6 to 12 for the sketch, 4 for
   * what is remembered of the refused.
   *
   * [1] Einziger, Friedman, Manes. TinyLFU: A Highly Efficient Cache Admission Policy. 2017.
   * [2] Corbato. A Paging Experiment with the Multics System. 1968.
   */

  /** Share of the window until somebody knows better; suits loads that repeat their keys. */
  private static final double INITIAL_WINDOW_SHARE = 0.01;

  private final IntToLongFunction hashes;
  private final Admission admission;

  /** Null if the setting stays as it is. */
  private final @Nullable Adviser adviser;

  private final SlotList.Links links;
  private final Queues queues;
  private final Marks marks;

  private long capacity;
  private Advice advice = new Advice(INITIAL_WINDOW_SHARE, false);

  /** The largest slot seen, plus one. */
  private int allotted;

  /** The slot that came from the window to probation in this round and has not lost yet. */
  private int admitted = NONE;

  /** The slot that was inserted last, as it was then. */
  private int inserted = NONE;

  /** The victim named last, if it is a candidate that has lost. */
  private int refused = NONE;

  /** Candidates that have lost of late; null if they are not readmitted. */
  private @Nullable Refusals refusals;

  /** The slot that was busy last, until the next victim is named. */
  private int declined = NONE;

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
    this(capacity, weighted, hashes, seed, null);
  }

  /**
   * Creates a policy without slots that follows an adviser.
   *
   * @param capacity the shard's share of the maximum, in entries or in weight, at least 0
   * @param weighted whether entries differ in weight; if not, each weighs 1
   * @param hashes gives the 64-bit mixed hash of a slot, from just before its insertion until its
   *     removal; two slots with equal hashes share their estimate and nothing else
   * @param seed of the random admissions; the same seed and calls give the same victims
   * @param adviser hears of requests and gives the setting; null for a setting that stays
   * @throws IllegalArgumentException if the capacity is negative
   */
  public WindowTinyLfu(
      long capacity,
      boolean weighted,
      IntToLongFunction hashes,
      long seed,
      @Nullable Adviser adviser) {
    this.hashes = hashes;
    this.adviser = adviser;
    links = new SlotList.Links(weighted);
    admission = new Admission(links, hashes, this::sample, seed);
    queues = new Queues(links, this::look);
    marks = new Marks(links.length(), adviser);
    capacity(capacity);
  }

  @Override
  public void hit(int slot, long hash) {
    marks.hit(slot, hash);
  }

  @Override
  public void insert(int slot, int weight) {
    requireWeight(weight);
    if (slot < 0 || links.linked(slot)) {
      throw new IllegalArgumentException("slot must be at least 0 and not linked: " + slot);
    }
    queues.beginRound();
    admitted = NONE;
    if (adviser != null && adviser.advice() != advice) {
      follow(adviser.advice());
    }
    queues.settle();
    allot(slot);
    links.setWeight(slot, weight);
    marks.insert(slot);
    boolean comesBack =
        refusals != null && weight != 0 && refusals.remove(hashes.applyAsLong(slot));
    queues.insert(slot, comesBack);
    inserted = slot;
    try {
      count(slot);
    } catch (Throwable e) { // no memory for the sketch
      remove(slot);
      throw e;
    }
  }

  private void count(int slot) {
    admission.inserted(slot);
    if (weight() >= capacity / 2) {
      admission.start(capacity, allotted);
      if (adviser != null) {
        adviser.holds(queues.size(), weight() >= capacity - capacity / 8);
      }
    }
  }

  /** Tells the adviser of the request that has brought a slot here, and from now on of its hits. */
  private void sample(int slot) {
    if (adviser != null) {
      long hash = hashes.applyAsLong(slot);
      if (adviser.samples(hash)) {
        marks.sample(slot);
        adviser.offer(hash, false);
      }
    }
  }

  @Override
  public void reweigh(int slot, int weight) {
    requireWeight(weight);
    requireLinked(slot);
    if (!links.weighted()) {
      return;
    }
    inserted = inserted == slot ? NONE : inserted;
    if (queues.reweigh(slot, weight)) {
      forget(slot);
    }
  }

  @Override
  public int weight(int slot) {
    return links.weight(slot);
  }

  @Override
  public void remove(int slot) {
    requireLinked(slot);
    if (slot == refused) {
      refused = NONE;
      if (refusals != null) {
        refusals.add(hashes.applyAsLong(slot));
      }
    }
    inserted = inserted == slot ? NONE : inserted;
    queues.remove(slot);
    forget(slot);
  }

  /** A slot that leaves its queue is none of these any more. */
  private void forget(int slot) {
    admitted = admitted == slot ? NONE : admitted;
    declined = declined == slot ? NONE : declined;
  }

  @Override
  public boolean refuses(int slot) {
    return slot == refused && slot == inserted;
  }

  @Override
  public int victim() {
    admission.start(capacity, allotted);
    int avoided = declined;
    declined = NONE;
    refused = NONE;
    int named = contest();
    return named != NONE && named == avoided ? queues.another(named) : named;
  }

  /** Lets the candidate, if there is one, meet main's victim. */
  private int contest() {
    int candidate = candidate();
    int victim = queues.mainTail();
    if (victim == NONE) {
      return queues.windowTail();
    }
    if (candidate == NONE || candidate == victim) {
      return victim;
    }
    if (!admission.admits(candidate, victim)) {
      admitted = NONE;
      refused = candidate;
      return candidate;
    }
    if (candidate != admitted) {
      queues.admit(candidate);
      admitted = candidate;
    }
    return victim;
  }

  /** Returns the slot that has to be worth more than main's victim, or NONE. */
  private int candidate() {
    int bulky = admitted == NONE ? queues.bulky() : admitted;
    return bulky != NONE || !queues.windowOverflows() ? bulky : queues.windowTail();
  }

  /** Takes the mark away and counts it; true if the slot was seen since the last look. */
  private boolean look(int slot) {
    boolean seen = marks.look(slot);
    if (seen) {
      admission.seen(slot);
    }
    return seen;
  }

  @Override
  public void busy(int slot) {
    requireLinked(slot);
    declined = slot;
    refused = refused == slot ? NONE : refused;
    queues.refuse(slot);
  }

  @Override
  public void capacity(long maximumWeight) {
    if (maximumWeight < 0) {
      throw new IllegalArgumentException("capacity must not be negative: " + maximumWeight);
    }
    capacity = maximumWeight;
    admission.adjust(capacity, allotted);
    forgetRefusals();
    queues.divide(capacity, advice.windowShare());
  }

  /**
   * Changes the setting. The window has room for at least one entry, and the following insertions
   * move what has to move.
   */
  void follow(Advice newAdvice) {
    if (!newAdvice.readmits()) {
      refusals = null;
    } else if (refusals == null) {
      refusals = new Refusals(expectedSlots());
    }
    advice = newAdvice;
    queues.divide(capacity, advice.windowShare());
  }

  /** Returns how many slots there are when the share is full, as far as is known. */
  private long expectedSlots() {
    return links.weighted() ? Math.min(capacity, allotted) : capacity;
  }

  private void forgetRefusals() {
    refusals = refusals == null ? null : new Refusals(expectedSlots());
  }

  /** Returns whether the slot is linked. */
  boolean isLinked(int slot) {
    return links.linked(slot);
  }

  private void allot(int slot) {
    if (slot < allotted) {
      return;
    }
    links.ensure(slot);
    marks.ensure(links.length());
    allotted = slot + 1;
    if (refusals != null && expectedSlots() > 2 * refusals.capacity()) {
      forgetRefusals();
    }
    admission.adjust(capacity, allotted);
  }

  @Override
  public long weight() {
    return queues.weight();
  }

  /** Returns whether the slot is in the window, and so not in main. */
  boolean inWindow(int slot) {
    return queues.inWindow(slot);
  }

  /** Returns whether the slot is in the protected part of main. */
  boolean inProtected(int slot) {
    return queues.inProtected(slot);
  }

  /** Unlinks all slots, forgets the estimates and gives the memory back. */
  @Override
  public void clear() {
    queues.clear();
    admission.clear();
    forgetRefusals();
    marks.clear(links.length());
    allotted = 0;
    admitted = NONE;
    inserted = NONE;
    refused = NONE;
    declined = NONE;
  }

  @Override
  public void audit(IntPredicate used) {
    queues.audit(used);
    if (admitted != NONE && !queues.isInMain(admitted)) {
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
