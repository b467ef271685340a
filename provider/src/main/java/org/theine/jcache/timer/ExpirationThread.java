package org.theine.jcache.timer;

import java.lang.System.Logger.Level;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The one daemon thread of the class loader that sees to expiration in all caches: four times a
 * second it advances the coarse time of {@link Clock#system()} and calls each registered task. Safe
 * for use by any thread.
 */
public final class ExpirationThread {
  /*
   * The thread starts with the first task and ends with the last. Both are decided under the lock
   * that guards the tasks, so while there is a task, `thread` is one that will call it: an ending
   * thread first takes itself out of the field, and a task that comes then starts another.
   *
   * Tasks are held weakly: a cache that was dropped without being closed takes its task with it.
   * The thread sleeps without a strong reference on its stack, as those of a round are in a frame
   * of their own.
   *
   * The thread keeps nothing of the application whose cache happens to be first, see DaemonThreads.
   */

  /** A deadline is up to a tick of the wheel late, 0.27 s, and then waits for at most this. */
  private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private static final String NAME = "theine-jcache-expiration";

  private static final ExpirationThread SHARED = new ExpirationThread(Clock.system(), PERIOD_NANOS);

  private final Clock clock;
  private final long periodNanos;

  /** A leaf; no task runs under it. */
  private final ReentrantLock lock = new ReentrantLock();

  /** Signalled when the last task was unregistered. */
  private final Condition unused = lock.newCondition();

  /** Guarded by lock. */
  private final List<Registration> registrations = new ArrayList<>();

  /** Guarded by lock. Null: there is none, and no task for one. */
  private @Nullable Thread thread;

  ExpirationThread(Clock clock, long periodNanos) {
    this.clock = clock;
    this.periodNanos = periodNanos;
  }

  /**
   * Calls a task about every 0.25 s from now on, until it is unregistered or collected; does
   * nothing if it is registered already.
   *
   * @param task held weakly, so its owner has to keep it
   */
  public static void register(Task task) {
    SHARED.add(task);
  }

  /**
   * Stops calling a task; does nothing if it is not registered. A call that is under way is not
   * waited for.
   *
   * @param task one that was registered
   */
  public static void unregister(Task task) {
    SHARED.remove(task);
  }

  void add(Task task) {
    Objects.requireNonNull(task, "task");
    lock.lock();
    try {
      if (indexOf(task) >= 0) {
        return;
      }
      registrations.add(new Registration(task));
      if (thread == null) {
        startOrForget();
      }
    } finally {
      lock.unlock();
    }
  }

  void remove(Task task) {
    lock.lock();
    try {
      int index = indexOf(task);
      if (index >= 0) {
        registrations.remove(index).clear(); // so that a round under way passes it over, too
      }
      if (registrations.isEmpty()) {
        unused.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  // requires the lock
  private int indexOf(Task task) {
    for (int i = 0; i < registrations.size(); i++) {
      if (registrations.get(i).get() == task) {
        return i;
      }
    }
    return -1;
  }

  // requires the lock
  private void startOrForget() {
    try {
      Thread created = DaemonThreads.create(NAME, this::run);
      created.start();
      thread = created;
    } finally {
      if (thread == null) {
        registrations.clear(); // out of threads: the one task is not registered, its owner is told
      }
    }
  }

  private void run() {
    while (awaitRound()) {
      try {
        clock.nanos();
        callTasks();
      } catch (Throwable e) { // say, no memory for the list of tasks; the next round may have it
        log("the list of all tasks", e);
      }
    }
  }

  /**
   * Waits for a period; returns false if there is no task any more, then this thread has to end.
   */
  private boolean awaitRound() {
    lock.lock();
    try {
      if (hasTasks()) {
        pause();
      }
      if (hasTasks()) {
        return true;
      }
      thread = null;
      return false;
    } finally {
      lock.unlock();
    }
  }

  // requires the lock
  private void pause() {
    try {
      unused.awaitNanos(periodNanos);
    } catch (InterruptedException e) {
      // Nobody has a reason to interrupt this thread; then the round comes early.
    }
  }

  // requires the lock
  private boolean hasTasks() {
    registrations.removeIf(registration -> registration.get() == null);
    return !registrations.isEmpty();
  }

  private void callTasks() {
    for (Registration registration : snapshot()) {
      registration.call();
    }
  }

  private List<Registration> snapshot() {
    lock.lock();
    try {
      return List.copyOf(registrations);
    } finally {
      lock.unlock();
    }
  }

  /** For tests: the thread there is, to be joined. */
  @Nullable Thread thread() {
    lock.lock();
    try {
      return thread;
    } finally {
      lock.unlock();
    }
  }

  private static void log(Object where, Throwable failure) {
    try {
      System.getLogger(ExpirationThread.class.getName())
          .log(Level.ERROR, "expiration failed and will be tried again, in " + where, failure);
    } catch (Throwable e) {
      failure.addSuppressed(e); // a logger or a toString that fails must not end the thread
    }
  }

  /** A task as the thread holds it. */
  private static final class Registration extends WeakReference<Task> {
    /** Used by the thread only. */
    private boolean failed;

    Registration(Task task) {
      super(task);
    }

    void call() {
      Task task = get();
      if (task == null) {
        return;
      }
      try {
        task.tick();
      } catch (Throwable e) { // errors too: the other caches need the thread
        logOnce(task, e);
      }
    }

    private void logOnce(Task task, Throwable failure) {
      if (!failed) {
        failed = true;
        log(task, failure);
      }
    }
  }

  /** What the thread is to do for a cache, again and again. */
  @FunctionalInterface
  public interface Task {
    /**
     * Looks after what is due. Must be brief, as all caches share the thread, and must run no user
     * code. What it throws is logged the first time and does not stop later calls.
     */
    void tick();
  }
}
