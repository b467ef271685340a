package org.theine.jcache;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Where user code of a test stops until the test lets it go on. Safe for use by several threads.
 */
public final class Gate {
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch opened = new CountDownLatch(1);

  /** Stops the calling thread until the gate is open. */
  public void pass() {
    reached.countDown();
    await(opened, "the gate is not opened");
  }

  /** Waits until somebody has come to the gate. */
  public void awaitReached() {
    await(reached, "nobody comes to the gate");
  }

  public void open() {
    opened.countDown();
  }

  private static void await(CountDownLatch latch, String otherwise) {
    try {
      if (!latch.await(Caches.PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError(otherwise);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(otherwise, e);
    }
  }
}
