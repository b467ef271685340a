package org.theine.jcache.bench.footprint;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import org.theine.jcache.bench.LiveHeap;
import org.theine.jcache.bench.speed.Providers;

/** What many caches cost that nobody uses. Stateless. */
final class CacheUse {
  /** Bytes of the heap, each cache. */
  static final String BYTES = "bytes";

  /** Threads that were started while they were made, of all caches together. */
  static final String STARTED = "threads_started";

  /** Threads that run afterwards, of all caches together. */
  static final String RUNNING = "threads_running";

  /** How many caches were made: no more than fit into some time. */
  static final String MADE = "made";

  private static final int KEYS = 8_000;
  private static final int FEW = 3;
  private static final long AT_MOST_NANOS = TimeUnit.SECONDS.toNanos(30);

  private CacheUse() {}

  static Map<String, Double> measure(Task task) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long startedBefore = threads.getTotalStartedThreadCount();
    int runningBefore = threads.getThreadCount();
    List<Cache<Object, Object>> caches = new ArrayList<>(task.count());
    for (int i = 0; i < FEW; i++) {
      caches.add(Providers.open(task.contestant(), task.setting(), KEYS)); // loads the classes
    }
    LiveHeap.bytes(); // loads the classes, too
    long before = LiveHeap.bytes();
    long from = System.nanoTime();
    int made = 0;
    while (made < task.count() && System.nanoTime() - from < AT_MOST_NANOS) {
      caches.add(Providers.open(task.contestant(), task.setting(), KEYS));
      made++;
    }
    long after = LiveHeap.bytes();
    Map<String, Double> figures =
        Map.of(
            BYTES,
            (after - before) / (double) made,
            STARTED,
            (double) (threads.getTotalStartedThreadCount() - startedBefore),
            RUNNING,
            (double) (threads.getThreadCount() - runningBefore),
            MADE,
            (double) made);
    if (caches.stream().anyMatch(Cache::isClosed)) {
      throw new IllegalStateException(task.title() + ": closed by itself");
    }
    return figures;
  }
}
