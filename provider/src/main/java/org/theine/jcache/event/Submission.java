package org.theine.jcache.event;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A task given to an executor of the user's: it runs once or never, and who has given it knows
 * which. An executor may fail although it has taken the task, before or after it runs it, or run it
 * twice. Safe for use by several threads.
 */
public final class Submission implements Runnable {
  private static final System.Logger LOGGER = System.getLogger(Submission.class.getName());

  private final Runnable task;

  /** Set by the thread that begins the task, or by the one that was refused: by the first. */
  private final AtomicBoolean settled = new AtomicBoolean();

  private Submission(Runnable task) {
    this.task = task;
  }

  /**
   * Gives a task to an executor.
   *
   * @param cacheName for messages
   * @param executor the user's
   * @param task what to run
   * @return null, or why the executor has not taken the task, which then never runs
   */
  public static @Nullable Throwable submit(String cacheName, Executor executor, Runnable task) {
    Submission submission = new Submission(task);
    try {
      executor.execute(submission);
      return null;
    } catch (Throwable e) { // errors too, out of threads for one
      if (submission.settled.compareAndSet(false, true)) {
        return e;
      }
      LOGGER.log(
          System.Logger.Level.WARNING,
          "cache '" + cacheName + "': its executor failed when a task had begun, which goes on",
          e);
      return null;
    }
  }

  @Override
  public void run() {
    if (settled.compareAndSet(false, true)) {
      task.run();
    }
  }
}
