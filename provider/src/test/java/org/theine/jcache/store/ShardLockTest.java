package org.theine.jcache.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.theine.jcache.Task;

class ShardLockTest {
  private final ShardLock lock = new ShardLock();

  @Test
  void afterUnlock_tasks_runOnceWhenTheLockIsFree() {
    List<String> done = new ArrayList<>();
    lock.lock();
    lock.lock();
    lock.afterUnlock(() -> done.add("first " + lock.isLocked()));
    lock.afterUnlock(() -> done.add("second " + lock.isLocked()));
    lock.unlock();
    assertThat(done).as("still held").isEmpty();
    lock.unlock();
    assertThat(done).containsExactly("first false", "second false");

    lock.lock();
    lock.unlock();
    assertThat(done).hasSize(2);
  }

  @Test
  void lock_heldForLong_isWaitedFor() throws Exception {
    lock.lock();
    Task<Boolean> waiting =
        Task.start(
            () -> {
              lock.lock();
              try {
                return lock.isHeldByCurrentThread();
              } finally {
                lock.unlock();
              }
            });
    while (!lock.hasQueuedThreads()) {
      Thread.onSpinWait();
    }
    lock.unlock();
    assertThat(waiting.result()).isTrue();
    assertThat(lock.isLocked()).isFalse();
  }
}
