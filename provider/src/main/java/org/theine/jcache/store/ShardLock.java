package org.theine.jcache.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The lock of a shard. What is done under it takes less than to park a thread and to wake it again,
 * so who finds it taken tries for a moment before he parks.
 */
final class ShardLock extends ReentrantLock {
  private static final long serialVersionUID = 1;

  /** Tries before a thread parks: about as long as two changes of the shard take. */
  private static final int TRIES = 64;

  /** What has to wait until the lock is free. Guarded by the lock. */
  private transient @Nullable List<Runnable> afterwards;

  @Override
  public void lock() {
    if (tryLock()) { // also of who has it already
      return;
    }
    for (int tries = TRIES; tries > 0; tries--) {
      Thread.onSpinWait();
      if (!isLocked() && tryLock()) {
        return;
      }
    }
    super.lock();
  }

  /** Has something done by the thread that has the lock, when it has given it back. */
  void afterUnlock(Runnable task) {
    if (afterwards == null) {
      afterwards = new ArrayList<>();
    }
    afterwards.add(task);
  }

  @Override
  public void unlock() {
    List<Runnable> tasks = afterwards;
    if (tasks == null || getHoldCount() > 1) {
      super.unlock();
      return;
    }
    afterwards = null;
    super.unlock();
    Throwable failure = null;
    for (Runnable task : tasks) {
      try {
        task.run();
      } catch (Throwable e) { // the others wake other threads
        failure = e;
      }
    }
    if (failure instanceof Error error) {
      throw error;
    } else if (failure != null) {
      throw (RuntimeException) failure;
    }
  }
}
