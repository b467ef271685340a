package org.theine.jcache.bench.footprint;

import java.util.Map;
import org.theine.jcache.bench.LiveHeap;
import org.theine.jcache.bench.jmh.Mapping;

/**
 * What the heap has grown by when a cache is full and all unreachable objects are gone, without the
 * keys and values themselves. Stateless.
 */
final class EntryUse {
  /** The name of the figure. */
  static final String BYTES = "bytes";

  private static final int FEW = 100;

  private EntryUse() {}

  static Map<String, Double> measure(Task task) {
    new Filled(FEW).fill(task.contestant().open(task.setting(), FEW)); // loads the classes
    Filled content = new Filled(task.count());
    LiveHeap.bytes(); // loads the classes, too
    long before = LiveHeap.bytes();
    Mapping mapping = content.fill(task.contestant().open(task.setting(), task.count()));
    long after = LiveHeap.bytes();
    int held = content.held(mapping);
    if (held < task.count()) {
      throw new IllegalStateException(task.title() + ": only " + held + " are held");
    }
    return Map.of(BYTES, (after - before) / (double) task.count());
  }
}
