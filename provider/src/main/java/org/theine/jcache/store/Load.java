package org.theine.jcache.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A load under way: it owns the entry of its key, and hands its outcome to every reader that asked
 * meanwhile. Safe for use by several threads; completed once, by the thread that made it.
 *
 * @param <V> the type of the value as the store keeps it
 */
public final class Load<V> {
  private static final int RUNNING = 0;

  /** Running, and somebody is parked until it ends. */
  private static final int AWAITED = 1;

  private static final int DONE = 2;

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(Load.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Thread thread = Thread.currentThread();

  private @Nullable V value;
  private @Nullable Throwable failure;

  /** DONE is written after value and failure, which are seen through it. */
  private volatile int state;

  /** Makes a load that the calling thread runs. */
  public Load() {}

  /**
   * Ends the load.
   *
   * @param loaded the value, or null if there is none
   */
  public void complete(@Nullable V loaded) {
    value = loaded;
    finish();
  }

  /**
   * Ends the load without a value.
   *
   * @param cause why there is no outcome
   */
  public void fail(Throwable cause) {
    failure = cause;
    finish();
  }

  /** Ends this load as another one has ended. */
  void follow(Load<V> other) {
    value = other.value;
    failure = other.failure;
    finish();
  }

  private void finish() {
    int before = (int) STATE.getAndSet(this, DONE);
    assert before != DONE : "a load has one outcome";
    if (before == AWAITED) {
      EntryLocks.wakeQueue(this);
    }
  }

  /**
   * Tells what was loaded; for a load that is done and did not fail.
   *
   * @return the value, or null if there is none
   */
  public @Nullable V value() {
    return value;
  }

  /**
   * Tells how the load failed; for a load that is done.
   *
   * @return the failure, or null if it did not fail
   */
  public @Nullable Throwable failure() {
    return failure;
  }

  boolean isDone() {
    return state == DONE;
  }

  Thread thread() {
    return thread;
  }

  /**
   * Announces somebody who is about to park until the load ends; false if it has. Requires the lock
   * of {@link EntryLocks}, so that he stands in the queue that is woken.
   */
  boolean announceReader() {
    return state == AWAITED || STATE.compareAndSet(this, RUNNING, AWAITED);
  }
}
