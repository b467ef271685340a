package org.theine.jcache.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;

/** How much of the heap is reachable. Stateless. */
public final class LiveHeap {
  private static final int COLLECTIONS = 3;

  private LiveHeap() {}

  /**
   * Collects, and says what the collection has left. What is in use a moment later is more by all
   * the memory that a thread is given for its next objects.
   *
   * @return bytes in use at the end of a full collection
   */
  public static long bytes() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    long bytes = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      MemoryUsage left = pool.getCollectionUsage();
      if (pool.getType() == MemoryType.HEAP && left != null) {
        bytes += left.getUsed();
      }
    }
    return bytes;
  }
}
