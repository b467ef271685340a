package org.theine.jcache.bench.latency;

import java.util.SplittableRandom;
import org.theine.jcache.bench.jmh.Keys;
import org.theine.jcache.bench.jmh.Mapping;

/** A thread that puts over existing keys until it is closed. */
final class Beside extends Thread implements AutoCloseable {
  private final Mapping mapping;
  private final int keys;

  /** Written by who closes, read by the thread. */
  private volatile boolean closed;

  Beside(Mapping mapping, int keys) {
    super("writer beside");
    this.mapping = mapping;
    this.keys = keys;
    setDaemon(true);
  }

  @Override
  public void run() {
    SplittableRandom random = new SplittableRandom(2);
    while (!closed) {
      int number = random.nextInt(keys);
      mapping.put(Keys.key(number), number);
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
