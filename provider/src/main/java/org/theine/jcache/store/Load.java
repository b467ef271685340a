package org.theine.jcache.store;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A load under way: it owns the entry of its key, and hands its outcome to every reader that asked
 * meanwhile. Safe for use by several threads; completed once, by the thread that made it.
 *
 * @param <V> the type of the value as the store keeps it
 */
public final class Load<V> {
  private final Thread thread = Thread.currentThread();

  /**
   * Readers to be woken. One that comes too late to be woken finds {@link #done} set, which is
   * written first.
   */
  private final ConcurrentLinkedQueue<Thread> readers = new ConcurrentLinkedQueue<>();

  private @Nullable V value;
  private @Nullable Throwable failure;

  /** Written after value and failure, which are seen through it. */
  private volatile boolean done;

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
    assert !done : "a load has one outcome";
    done = true;
    for (Thread reader; (reader = readers.poll()) != null; ) {
      LockSupport.unpark(reader);
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
    return done;
  }

  Thread thread() {
    return thread;
  }

  /** Has the reader unparked at the end; it must look at {@link #isDone} after this. */
  void wake(Thread reader) {
    readers.add(reader);
  }

  void leave(Thread reader) {
    readers.remove(reader);
  }
}
