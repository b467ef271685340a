package org.theine.jcache.bench;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import javax.cache.integration.CacheLoader;

/** Makes the values, and counts which of them a cache asked for. Safe for any thread. */
final class PayloadSource implements CacheLoader<Long, Payload> {

  private final AtomicInteger made = new AtomicInteger();
  private final LongAdder loads = new LongAdder();

  /** By serial, when the value was made; each cell is written once, before the value is shown. */
  private final long[] madeNanos;

  /** By serial, who made the value; written likewise. */
  private final Thread[] makers;

  /** Makes a source of at most {@code limit} values. */
  PayloadSource(int limit) {
    this.madeNanos = new long[limit];
    this.makers = new Thread[limit];
  }

  @Override
  public Payload load(Long key) {
    loads.increment();
    return make(key);
  }

  @Override
  public Map<Long, Payload> loadAll(Iterable<? extends Long> keys) {
    Map<Long, Payload> loaded = new HashMap<>();
    for (Long key : keys) {
      loaded.put(key, load(key));
    }
    return loaded;
  }

  /** A new value that no cache asked for. */
  Payload make(long key) {
    int serial = made.getAndIncrement();
    madeNanos[serial] = System.nanoTime();
    makers[serial] = Thread.currentThread();
    return new Payload(key, serial);
  }

  /** The number of values that a cache asked for. */
  long loads() {
    return loads.sum();
  }

  /** The number of values made, asked for or not. */
  int made() {
    return made.get();
  }

  /** When the value was made, by {@link System#nanoTime()}. */
  long madeNanos(int serial) {
    return madeNanos[serial];
  }

  /** The thread that made the value. */
  Thread maker(int serial) {
    return makers[serial];
  }
}
