package org.theine.jcache.races;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A thread that runs one task after the other and can be watched. For one caller. */
final class Worker implements AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  final Thread thread;

  /** Written by the caller before it wakes the thread, set to null by the thread at the end. */
  private volatile @Nullable Runnable task;

  /** The task has begun and not ended; written by the thread. */
  private volatile boolean running;

  private volatile boolean ended;

  Worker(String name) {
    thread = new Thread(this::work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void work() {
    while (!ended) {
      Runnable next = task;
      if (next == null) {
        LockSupport.park(this);
      } else {
        running = true;
        next.run();
        running = false;
        task = null;
      }
    }
  }

  void start(Runnable next) {
    task = next;
    LockSupport.unpark(thread);
  }

  boolean isDone() {
    return task == null;
  }

  /** Whether the task waits for something, looked at once more lest it was about to go on. */
  boolean isWaiting() {
    return running && isParked() && running && isParked() && running;
  }

  private boolean isParked() {
    Thread.State state = thread.getState();
    return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
  }

  void awaitDone(String what) {
    await(this, what, this::isDone);
  }

  /** Waits for something that a worker brings about. */
  static void await(Worker worker, String what, BooleanSupplier condition) {
    long start = System.nanoTime();
    for (int spins = 0; !condition.getAsBoolean(); spins++) {
      if (spins < 1_000) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
      if (System.nanoTime() - start > PATIENCE_NANOS) {
        AssertionError error = new AssertionError(what);
        error.setStackTrace(worker.thread.getStackTrace());
        throw error;
      }
    }
  }

  @Override
  public void close() {
    ended = true;
    LockSupport.unpark(thread);
    thread.interrupt();
  }
}
