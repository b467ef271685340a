package org.theine.jcache.races;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the two operations of races at the same time, race by race, the first in the caller's thread
 * and the second in one that stays. For one caller.
 *
 * <p>Where there is much else to do, two threads seldom run at the same time. So the partner is
 * called for many races at once, by which both have a processor for some while, and they spin for
 * each other before each of these.
 */
final class Rendezvous implements AutoCloseable {
  /** Longest delays of one before the other, in turns of an idle loop. */
  private static final int[] DELAYS = {1, 20, 100, 400};

  private static final int SPINS = 1_000;
  private static final int YIELDS = 100;
  private static final long NAP_NANOS = 50_000;

  /** One callback in so many is where an operation stumbles, and for how many naps at most. */
  private static final int STUMBLES = 3;

  private static final int LONGEST_STUMBLE = 100;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final SplittableRandom random;
  private final Side first;
  private final Side second;
  private final Thread watchman = new Thread(this::watch, "race-watchman");

  /** What both go through, seen through called. */
  private List<? extends Contest> races = List.of();

  /** Number of the batch, written by the caller. */
  private volatile int called;

  private volatile boolean ended;

  /** What was going on when nothing went on any more. */
  private volatile @Nullable AssertionError hang;

  long rounds;
  long overlapped;

  Rendezvous(SplittableRandom random) {
    this.random = random;
    this.first = new Side(Thread.currentThread(), random.split());
    this.second = new Side(new Thread(this::work, "race-partner"), random.split());
    second.thread.setDaemon(true);
    second.thread.start();
    watchman.setDaemon(true);
    watchman.start();
  }

  /** One of the two threads. What it writes is seen through its place. */
  private static final class Side {
    final Thread thread;
    final SplittableRandom random;
    long[] begun = {};
    long[] finished = {};

    /** The races of all batches that it has come to. */
    volatile long place;

    /** The latest race whose operation it has called. */
    volatile long calledIn;

    Side(Thread thread, SplittableRandom random) {
      this.thread = thread;
      this.random = random;
    }

    void run(
        List<? extends Contest> races, long base, boolean isFirst, Side other, Rendezvous home) {
      begun = new long[races.size()];
      finished = new long[races.size()];
      for (int i = 0; i < races.size(); i++) {
        Contest race = races.get(i);
        int delay = random.nextInt(DELAYS[random.nextInt(DELAYS.length)]);
        long here = base + i + 1;
        place = here;
        home.await(() -> other.place >= here);
        for (int turn = 0; turn < delay; turn++) {
          Thread.onSpinWait();
        }
        begun[i] = System.nanoTime();
        calledIn = here;
        if (isFirst) {
          race.first();
        } else {
          race.second();
        }
        finished[i] = System.nanoTime();
      }
      place = base + races.size() + 1;
      home.await(() -> other.place >= base + races.size() + 1);
    }
  }

  /** Runs both operations of each race. */
  void meet(List<? extends Contest> batch) {
    races = batch;
    called++;
    LockSupport.unpark(second.thread);
    first.run(batch, base(called), true, second, this);
    AssertionError found = hang;
    if (found != null) {
      throw found;
    }
    for (int i = 0; i < batch.size(); i++) {
      rounds++;
      if (first.begun[i] < second.finished[i] && second.begun[i] < first.finished[i]) {
        overlapped++;
      }
    }
  }

  /**
   * Called by an operation somewhere on its way: waits now and then until the other one has begun,
   * so that the two meet on a busy machine too.
   */
  void stumble() {
    Side me = Thread.currentThread() == first.thread ? first : second;
    Side other = me == first ? second : first;
    if (Thread.currentThread() != me.thread || me.random.nextInt(STUMBLES) != 0) {
      return;
    }
    for (int naps = 0; other.calledIn < me.calledIn && naps < LONGEST_STUMBLE; naps++) {
      LockSupport.parkNanos(NAP_NANOS);
    }
    Thread.yield();
  }

  private static long base(int batch) {
    return (long) batch << 20;
  }

  private void work() {
    for (int batch = 1; !ended; batch++) {
      while (called < batch && !ended) {
        LockSupport.park(this);
      }
      if (!ended) {
        second.run(races, base(batch), false, first, this);
      }
    }
  }

  private void await(BooleanSupplier condition) {
    for (int spins = 0; !condition.getAsBoolean(); spins++) {
      if (spins < SPINS) {
        Thread.onSpinWait();
      } else if (spins < SPINS + YIELDS) {
        Thread.yield();
      } else {
        LockSupport.parkNanos(NAP_NANOS); // the other has no processor
      }
      if (ended || hang != null) {
        return;
      }
    }
  }

  /** Interrupts both when nothing goes on. */
  private void watch() {
    long seen = 0;
    long since = System.nanoTime();
    while (!ended) {
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        return;
      }
      long now = first.place + second.place;
      boolean idle = first.place == second.place && first.place == base(called) + races.size() + 1;
      if (now != seen || idle) {
        seen = now;
        since = System.nanoTime();
      } else if (System.nanoTime() - since > PATIENCE_NANOS) {
        AssertionError found = hangs("the first hangs", first.thread);
        found.addSuppressed(hangs("the second hangs", second.thread));
        hang = found;
        first.thread.interrupt();
        second.thread.interrupt();
        return;
      }
    }
  }

  private static AssertionError hangs(String what, Thread thread) {
    AssertionError error = new AssertionError(what);
    error.setStackTrace(thread.getStackTrace());
    return error;
  }

  @Override
  public void close() {
    ended = true;
    watchman.interrupt();
    LockSupport.unpark(second.thread);
  }
}
