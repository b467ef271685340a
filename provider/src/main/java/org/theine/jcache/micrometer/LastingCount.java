package org.theine.jcache.micrometer;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.theine.jcache.TheineCache;
import org.theine.jcache.TheineStatistics;

/**
 * A count that never falls, as a counter that falls spoils the sums of registries that publish
 * differences. It stays where it was while the statistics are disabled, and counts on when they
 * were cleared. Several threads may read it: reading and comparing are one step, so that a count
 * that one of them read earlier is not taken for one that was cleared.
 */
final class LastingCount implements ToDoubleFunction<TheineCache<?, ?>> {
  private final ToLongFunction<TheineStatistics> count;
  private final ReentrantLock lock = new ReentrantLock();
  private long last; // of the statistics
  private long offset; // what was counted before they were cleared

  LastingCount(ToLongFunction<TheineStatistics> count) {
    this.count = count;
  }

  @Override
  public double applyAsDouble(TheineCache<?, ?> cache) {
    lock.lock();
    try {
      TheineStatistics statistics = cache.statistics();
      if (statistics.enabled()) {
        long now = count.applyAsLong(statistics);
        if (now < last) {
          offset += last;
        }
        last = now;
      }
      return offset + last;
    } finally {
      lock.unlock();
    }
  }
}
