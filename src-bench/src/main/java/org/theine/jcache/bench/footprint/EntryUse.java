package org.theine.jcache.bench.footprint;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.Map;
import org.theine.jcache.bench.jmh.Mapping;

/**
 * What the heap has grown by when a cache is full and all unreachable objects are gone, without the
 * keys and values themselves. Stateless.
 */
final class EntryUse {
  /** The name of the figure. */
  static final String BYTES = "bytes";

  private static final int COLLECTIONS = 3;
  private static final int FEW = 100;

  private EntryUse() {}

  static Map<String, Double> measure(Task task) {
    new Filled(FEW).fill(task.contestant().open(task.setting(), FEW)); // loads the classes
    Filled content = new Filled(task.count());
    used(); // the first look leaves garbage of its own
    long before = used();
    Mapping mapping = content.fill(task.contestant().open(task.setting(), task.count()));
    long after = used();
    int held = content.held(mapping);
    if (held < task.count()) {
      throw new IllegalStateException(task.title() + ": only " + held + " are held");
    }
    return Map.of(BYTES, (after - before) / (double) task.count());
  }

  /** Bytes in use of the heap. */
  static long used() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    for (int i = 0; i < COLLECTIONS; i++) {
      memory.gc();
    }
    return memory.getHeapMemoryUsage().getUsed();
  }
}
