package org.theine.jcache.policy;

import java.util.concurrent.locks.ReentrantLock;

/**
 * Finds out, while a cache is in use, which window and which rule of readmission would bring the
 * most hits. The shards of a cache share one. Safe for use by several threads; it waits for none,
 * but for {@link #clear} and {@link #audit}.
 */
public final class Adviser {
  /*
   * The best window of W-TinyLFU lies anywhere between 1 % and all of the cache: loops and lasting
   * popularity want a small one, what comes in bursts a large one, and an application changes from
   * one to the other within a day. A hill climber [1] tries another window on the cache itself, and
   * sees the mood of the load as much as the effect of its step. Here the alternatives are measured,
   * all at the same time and without the cache taking part: for each setting a miniature cache [2, 3]
   * is given the requests of a sample of the hashes. Chosen by hash, the sample has all requests for
   * a key or none, so that a miniature of 1/n of the size, which sees one hash in n, has nearly the
   * hit ratio of the cache. It holds hashes only, and is the same WindowTinyLfu as in a shard, so
   * that it shows what the policy would really do, and not what it should.
   *
   * The settings: four windows, each with readmission and without. A request that misses is known
   * by the insertion that follows it; one that nobody follows up is not. A period is half as many
   * requests as a miniature has entries, but 400 at least; its hits are added to the Scores. The
   * shards take the advice that comes of it at their next insertion and move a few slots with each,
   * see WindowTinyLfu.
   *
   * Readmission. TinyLFU knows how often a hash was seen, but forgets when. A loop that is longer
   * than the cache, or a set that was pushed out by a scan, comes back with all its hashes at about
   * the same low frequency, and is refused again and again. LIRS [4] and ARC [5] keep a history of
   * what is not resident for that. With readmission the hashes of refused candidates are remembered,
   * about as many as the cache has entries, and one that comes back within that time is protected
   * at once.
   *
   * Size. A miniature has 10 times the square root of the maximum, or what the cache has if that is
   * less: its error falls with the root of its size, and the share of requests that is sampled with
   * the root of the cache's. Eight of them together hold at most 80 times the root, and no more than
   * 131,072: beyond 16,384 entries each its error is of no account. Where the sample is a large
   * share, in small caches, the adviser rests: when a round of sixteen periods has changed nothing,
   * the next one comes after a pause that doubles each time, until in the long run one request in
   * fifty is replayed. It ends at once when the cache's own misses are clearly more or fewer than
   * before, see Watch. After a pause the miniatures are filled anew for a period before their hits
   * count. Of the hits it counts, while it rests, only the first one of a slot between two looks of
   * the policy: those tell as much about a change, and all others are free. A cache that misses
   * nothing for a period can gain nothing: it rests until it misses something.
   *
   * Cost. A hit of a hash outside the sample costs nothing: the mark in the policy's byte is all that
   * is looked at, and says whether the hash is in the sample. A hit inside goes to a striped buffer,
   * whose sixteen hashes are replayed by the thread that has filled it, if no other one is doing
   * that; else they are lost. So the adviser works also where nothing is ever inserted, and nobody
   * waits for it. It begins as the policy begins to count, when the cache is half full. A request
   * that is replayed takes about 300 ns.
   *
   * Memory. The miniatures share an index of the hashes, so that an entry takes 10 bytes in each and
   * some 30 in the index, and all together 2 to 7 KB times the root of the maximum, as they fill. The
   * shards remember 4 bytes for each entry of the maximum while refused candidates are readmitted.
   *
   * What was tried, on 21 traces of databases, files, web caches and synthetic loads at 82 sizes, the
   * policy alone; mean hit ratio over traces in percent, where Caffeine 3.3.1 has 56.05 and a fixed
   * window of 1 % 54.01. Less than 0.1 is chance, as other seeds of the hashes show.
   *  - as it is: 57.38, from 57.34 to 57.41 with three seeds
   *  - five windows, readmission none, into probation, or into protected, and no rest: 57.55, for
   *    twice the cost; four windows and no rest 57.36
   *  - with all that was evicted remembered, not only what was refused: no more in the mean, but as a
   *    fixed setting it loses much on loops, where the refused are the ones that should stay out
   *  - an idealised policy with exact recording in the miniatures instead of the real one: no more
   *  - miniatures of 4, 5, 7, 10 and 16 times the root: all the same in the mean; the smaller ones err
   *    more in caches below some hundred entries
   *  - hits discounted by 0.9 or 0.98 a period instead of 0.95: 0.1 less
   *  - a lead of 0.01 to 0.05 of what is contested: no difference in the mean; without the twenty hits
   *    more, small caches change too early, to a setting that loses up to 3.5 points
   *  - periods of a quarter of a miniature: 0.5 less, since a loop is not seen whole; of less than 400
   *    requests in small caches: 0.1 less there
   *  - rounds of four periods: 0.1 less in small caches, which then rest with a bad choice
   *  - while it rests, to hear of every hit: 0.03 more in small caches, but a get costs 1.2 to 1.5
   *    times as much there
   *
   * Repeatable: a sample is fixed by the hashes, and so by their seed; one thread loses nothing.
   *
   * [1] Einziger, Eytan, Friedman, Manes. Adaptive Software Cache Management. 2018.
   * [2] Waldspurger, Saemundsson, Ahmad, Park. Cache Modeling and Optimization using Miniature
   *     Simulations. 2017.
   * [3] Waldspurger, Park, Garthwaite, Ahmad. Efficient MRC Construction with SHARDS. 2015.
   * [4] Jiang, Zhang. LIRS: An Efficient Low Inter-reference Recency Set Replacement Policy. 2002.
   * [5] Megiddo, Modha. ARC: A Self-Tuning, Low Overhead Replacement Cache. 2003.
   */

  private static final double[] WINDOW_SHARES = {0.01, 0.1, 0.4, 0.95};

  /** The size of a miniature, over the square root of the maximum. */
  private static final double MINIATURE = 10;

  /** In the long run one request in so many is replayed, or fewer. */
  private static final double RARITY = 50;

  /**
   * Odd, and none that spreads the hashes elsewhere: those of a sample are alike in the bits that
   * decide about it, and the sketches of the miniatures should not be made to depend on these.
   */
  private static final long SAMPLING = 0xbf58476d1ce4e5b9L;

  /** A period, in requests, over the size of a miniature. */
  private static final double PERIOD = 0.5;

  /** A bit of a hash in the buffer; the miniatures do without it. */
  private static final long MISSED = 1;

  /** A miniature of this size errs so little that a larger one would only cost more. */
  private static final int MAXIMUM_MINIATURE = 1 << 14;

  /** The fewest requests of a period: in fewer there is too much chance. */
  private static final int MINIMUM_PERIOD = 400;

  /** Periods from one pause to the next. */
  private static final int ROUND = 16;

  /** Periods after a pause that do not count. */
  private static final int WARMING = 1;

  /** Periods of a rest whose misses are compared with those before. */
  private static final int WATCH = 4;

  /** The pause becomes so much shorter when the load changes. */
  private static final int HASTE = 8;

  /** What {@link #resting} is until something is missed. */
  private static final long UNTIL_MISSED = Long.MAX_VALUE;

  /** Longs of a cache line; what is counted has one to itself. */
  private static final int LINE = 8;

  private static final int REPLAYED = LINE;
  private static final int REQUESTS = LINE + 1;
  private static final int MISSES = LINE + 2;

  private final boolean weighted;
  private final int shards;
  private final SampleBuffer buffer = new SampleBuffer();

  /** Number of entries that the cache has when it is full, as far as is known. */
  private volatile long population;

  /** A hash is in the sample if the upper half of its product with SAMPLING is below this. */
  private volatile long sampleLimit;

  private volatile Advice advice;

  /** Requests yet to be passed over, 0 while they are replayed. Written under the lock. */
  private volatile long resting;

  // ---- guarded by the lock

  private final ReentrantLock lock = new ReentrantLock();
  private final Miniatures miniatures;
  private final Scores scores;

  /** The population for which the miniatures are made. */
  private long sizedFor = -1;

  private int period;

  /**
   * What is written with each request that is replayed: apart, since all hits of the cache read
   * fields of this object.
   */
  private final long[] counts = new long[3 * LINE];

  private int periodsOfRound;
  private boolean changedInRound;

  /** Looks after the cache's own misses during a rest. */
  private Watch watch = new Watch(1);

  /** Periods that are yet to pass before hits count. */
  private int warming;

  /** Requests to be passed over after a round, and at most. */
  private long pause;

  private long longestPause;

  /**
   * Creates an adviser that has heard nothing yet.
   *
   * @param maximum of the cache, in entries or in weight, positive
   * @param weighted whether the maximum is one of weight; the number of entries is learned then
   * @param shards how many policies will follow it, positive
   * @param seed of the random admissions in the miniatures
   */
  public Adviser(long maximum, boolean weighted, int shards, long seed) {
    this.weighted = weighted;
    this.shards = shards;
    miniatures = new Miniatures(settings(), seed);
    scores = new Scores(miniatures.count());
    advice = miniatures.setting(0);
    population = weighted ? 0 : maximum;
    resize();
    warming = 0; // as empty as the cache
  }

  private static Advice[] settings() {
    Advice[] settings = new Advice[2 * WINDOW_SHARES.length];
    for (int i = 0; i < settings.length; i++) {
      boolean readmits = i >= WINDOW_SHARES.length;
      settings[i] = new Advice(WINDOW_SHARES[i % WINDOW_SHARES.length], readmits);
    }
    return settings;
  }

  /**
   * Changes the maximum of the cache.
   *
   * @param maximum in entries or in weight, positive
   */
  public void maximum(long maximum) {
    if (!weighted) {
      population = maximum;
    }
  }

  /**
   * A shard has so many entries: where these have weights that tells how many there are in all.
   *
   * @param full whether the shard has hardly room for more
   */
  void holds(int entries, boolean full) {
    long all = (long) entries * shards;
    if (weighted && (all > population + population / 2 || full && all < population / 2)) {
      population = all;
    }
  }

  /** Returns the setting that should be in force. */
  Advice advice() {
    return advice;
  }

  /** Returns whether requests for the hash should be offered. */
  boolean samples(long hash) {
    return (hash & ~MISSED) * SAMPLING >>> 32 < sampleLimit;
  }

  /** Returns whether it need not hear of each hit, but only of the first one between two looks. */
  boolean rests() {
    return resting > 0;
  }

  /** Somebody has asked for a hash, and found it or not. */
  void offer(long hash, boolean found) {
    if (rests()) {
      passOver(found);
    } else if (buffer.add(found ? hash & ~MISSED : hash | MISSED)) {
      drain();
    }
  }

  /**
   * Apart, since it is too long to be compiled as a part of each get, and too rare to be worth it.
   */
  private void drain() {
    if (!lock.tryLock()) {
      buffer.empty();
      return;
    }
    try {
      if (sizedFor != population) {
        resize();
      }
      buffer.drainTo(this::replay);
    } finally {
      lock.unlock();
    }
  }

  private void passOver(boolean found) {
    int misses = buffer.count(found);
    if (misses < 0 || !lock.tryLock()) {
      return;
    }
    try {
      if (sizedFor != population) {
        resize();
      } else if (rests()) {
        rest(SampleBuffer.TALLY, misses);
      }
    } finally {
      lock.unlock();
    }
  }

  private void resize() {
    sizedFor = population;
    double wanted = Math.min(MINIATURE * Math.sqrt(sizedFor), MAXIMUM_MINIATURE);
    long capacity = (long) Math.min(sizedFor, wanted);
    double share = sizedFor == 0 ? 1 : (double) capacity / sizedFor;
    sampleLimit = (long) (share * (1L << 32));
    if (capacity < miniatures.capacity()) {
      miniatures.clear(); // at once, where evicting would take long
    }
    miniatures.capacity(capacity);
    period = Math.max(MINIMUM_PERIOD, (int) (miniatures.capacity() * PERIOD));
    longestPause = (long) Math.max(0, ROUND * period * (RARITY * share - 1));
    pause = 0;
    wake();
  }

  /** Begins a new round. */
  private void wake() {
    resume();
    periodsOfRound = 0;
    changedInRound = false;
  }

  /** What is in the miniatures is old, or nothing: the next periods do not count. */
  private void resume() {
    resting = 0;
    warming = WARMING;
    beginPeriod();
    miniatures.takeHits();
  }

  private void replay(long request) {
    long hash = request & ~MISSED;
    if (!samples(hash)) {
      return; // the sample has become smaller, or the slot has another entry now
    }
    if (rests()) {
      return; // since the request before
    }
    miniatures.request(hash);
    counts[REPLAYED]++;
    counts[MISSES] += request & MISSED;
    if (++counts[REQUESTS] >= period) {
      endPeriod();
      beginPeriod();
    }
  }

  private void beginPeriod() {
    counts[REQUESTS] = 0;
    counts[MISSES] = 0;
  }

  /** Passes requests over, and wakes up if the cache itself has more or fewer hits than before. */
  private void rest(int requests, int misses) {
    if (resting == UNTIL_MISSED) {
      if (misses > 0) {
        resume();
      }
      return;
    }
    resting = Math.max(0, resting - requests);
    if (rests() && watch.hasChanged(requests, misses)) {
      pause /= HASTE;
      wake();
    }
  }

  private void endPeriod() {
    int[] hits = miniatures.takeHits();
    boolean idle = counts[MISSES] == 0;
    if (!idle) {
      if (warming > 0) {
        warming--;
        return;
      }
      Advice best = miniatures.setting(scores.add((int) counts[REQUESTS], hits));
      changedInRound |= best != advice;
      advice = best;
    }
    if (++periodsOfRound == ROUND) {
      beginRest();
    }
    if (idle && resting == 0) {
      resting = UNTIL_MISSED;
    }
  }

  private void beginRest() {
    pause = changedInRound ? pause / 2 : 2 * pause + period;
    pause = Math.min(pause, longestPause);
    resting = pause;
    warming = pause == 0 ? 0 : WARMING;
    periodsOfRound = 0;
    changedInRound = false;
    watch = new Watch(WATCH * period);
  }

  /** Forgets the requests, but not what came of them, and gives their memory back. */
  public void clear() {
    lock.lock();
    try {
      population = weighted ? 0 : population;
      miniatures.clear();
      wake();
    } finally {
      lock.unlock();
    }
  }

  /** Returns how many requests the miniatures were given so far; for tests. */
  long replayed() {
    lock.lock();
    try {
      return counts[REPLAYED];
    } finally {
      lock.unlock();
    }
  }

  /**
   * Walks the miniatures and checks them; for tests.
   *
   * @throws IllegalStateException if something is inconsistent
   */
  public void audit() {
    lock.lock();
    try {
      miniatures.audit();
    } finally {
      lock.unlock();
    }
  }
}
