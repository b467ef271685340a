package org.theine.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * An action in a thread of its own that a test can watch. Safe for use by several threads.
 *
 * @param <T> the type of what it comes to
 */
public final class Task<T> {
  private final FutureTask<T> future;
  private final Thread thread;

  private Task(Callable<T> action) {
    future = new FutureTask<>(action);
    thread = new Thread(future, "test-task");
    thread.setDaemon(true);
  }

  public static <T> Task<T> start(Callable<T> action) {
    Task<T> task = new Task<>(action);
    task.thread.start();
    return task;
  }

  public static Task<Void> run(Runnable action) {
    return start(
        () -> {
          action.run();
          return null;
        });
  }

  /** Waits until all threads have come that the barrier is for. */
  static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(Caches.PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the others do not come", e);
    }
  }

  /** Waits until the thread waits for something, which it must not get meanwhile. */
  public Task<T> awaitParked() throws InterruptedException {
    Caches.await(
        "a thread that waits",
        () -> {
          assertThat(future.isDone()).as("done without waiting").isFalse();
          Thread.State state = thread.getState();
          return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
        });
    return this;
  }

  /** Waits until the thread is parked for this object, and not for another one. */
  public Task<T> awaitParkedFor(Object blocker) throws InterruptedException {
    Caches.await(
        "a thread that waits for " + blocker,
        () -> {
          assertThat(future.isDone()).as("done without waiting").isFalse();
          return LockSupport.getBlocker(thread) == blocker
              && thread.getState() == Thread.State.WAITING;
        });
    return this;
  }

  public boolean isDone() {
    return future.isDone();
  }

  public void interrupt() {
    thread.interrupt();
  }

  /** What the action has come to; it must not fail. */
  public T result() throws InterruptedException {
    try {
      return future.get(Caches.PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("a task failed", e.getCause());
    } catch (TimeoutException e) {
      throw hangs();
    }
  }

  /** What the action has failed with; it must fail. */
  public Throwable failure() throws InterruptedException {
    try {
      throw new AssertionError(
          "a task must fail but gave " + future.get(Caches.PATIENCE_SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      return e.getCause();
    } catch (TimeoutException e) {
      throw hangs();
    }
  }

  /** Waits for the end, whatever it is. */
  void join() throws InterruptedException {
    thread.join(TimeUnit.SECONDS.toMillis(Caches.PATIENCE_SECONDS));
    if (thread.isAlive()) {
      throw hangs();
    }
  }

  private AssertionError hangs() {
    AssertionError error = new AssertionError("a task does not end");
    error.setStackTrace(thread.getStackTrace());
    return error;
  }
}
