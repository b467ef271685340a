package org.theine.jcache.faults;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The threads of all cells, with small stacks that are soon full. Safe for use by any thread. */
final class Threads {
  /** Bound of every wait: far beyond what a loaded machine needs. */
  static final long PATIENCE_SECONDS = 30;

  private static final int STACK_BYTES = 256 * 1024;

  private static final ExecutorService POOL =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          1,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          task -> {
            Thread thread = new Thread(null, task, "faults", STACK_BYTES);
            thread.setDaemon(true);
            return thread;
          });

  private Threads() {}

  static void execute(Runnable task) {
    POOL.execute(task);
  }

  /** What a task has come to. */
  record End(@Nullable Object result, @Nullable Throwable failure, boolean interrupted) {}

  /** A task under way that can be watched. */
  static final class Running {
    private final FutureTask<End> future;
    private volatile @Nullable Thread thread;

    private Running(Callable<@Nullable Object> action) {
      future =
          new FutureTask<>(
              () -> {
                thread = Thread.currentThread();
                @Nullable Object result = null;
                @Nullable Throwable failure = null;
                try {
                  result = action.call();
                } catch (Throwable e) {
                  failure = e;
                }
                return new End(result, failure, Thread.interrupted());
              });
    }

    boolean isDone() {
      return future.isDone();
    }

    /** Waits until the task has ended or waits for something itself. */
    void awaitParkedOrDone() {
      await(
          "a task that ends or waits",
          () -> {
            Thread runner = thread;
            return future.isDone() || runner != null && runner.getState() == Thread.State.WAITING;
          });
    }

    void interrupt() {
      Thread runner = thread;
      if (runner != null) {
        runner.interrupt();
      }
    }

    End join(String what) {
      try {
        return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        AssertionError error = new AssertionError("does not end: " + what);
        Thread runner = thread;
        if (runner != null) {
          error.setStackTrace(runner.getStackTrace());
        }
        throw error;
      } catch (InterruptedException | ExecutionException e) {
        throw new AssertionError(what, e);
      }
    }
  }

  static Running start(Callable<@Nullable Object> action) {
    Running running = new Running(action);
    POOL.execute(running.future);
    return running;
  }

  /** Runs a task in another thread, which must end without a failure. */
  static void run(String what, Runnable action) {
    End end =
        start(
                () -> {
                  action.run();
                  return null;
                })
            .join(what);
    if (end.failure() != null) {
      throw new AssertionError("failed: " + what, end.failure());
    }
  }

  static void await(String what, BooleanSupplier condition) {
    long start = System.nanoTime();
    for (int spins = 0; !condition.getAsBoolean(); spins++) {
      if (spins < 1000) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
      if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
        throw new AssertionError("not seen within " + PATIENCE_SECONDS + " s: " + what);
      }
    }
  }
}
