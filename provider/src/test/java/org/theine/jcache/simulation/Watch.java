package org.theine.jcache.simulation;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Watches a simulation, which is one thread: should an episode never end, this tells its seed and
 * where it hangs, and interrupts it. Safe for use by two threads.
 */
final class Watch implements AutoCloseable {
  /** Far beyond what an episode takes on a loaded machine: a fraction of a second. */
  private static final long PATIENCE_SECONDS = 240;

  private final Thread watched = Thread.currentThread();
  private final Thread watching = new Thread(this::watch, "watch");

  /** Written by the simulation. */
  private volatile long seed;

  private volatile @Nullable String finding;

  Watch() {
    watching.setDaemon(true);
    watching.start();
  }

  void begin(long newSeed) {
    seed = newSeed;
  }

  private void watch() {
    try {
      for (long seen = Long.MIN_VALUE; seen != seed; ) {
        seen = seed;
        TimeUnit.SECONDS.sleep(PATIENCE_SECONDS);
      }
    } catch (InterruptedException e) {
      return; // closed
    }
    StringBuilder text = new StringBuilder("seed " + seed + " does not end:");
    for (StackTraceElement element : watched.getStackTrace()) {
      text.append("\n  at ").append(element);
    }
    finding = text.toString();
    System.err.println(text); // if it loops, nobody else will tell
    watched.interrupt();
  }

  /** Throws if an episode had to be interrupted. */
  void requireProgress() {
    String found = finding;
    if (found != null) {
      Thread.interrupted();
      throw new AssertionError(found);
    }
  }

  @Override
  public void close() {
    watching.interrupt();
  }
}
