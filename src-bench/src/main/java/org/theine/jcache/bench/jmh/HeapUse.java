package org.theine.jcache.bench.jmh;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.ref.Reference;

/**
 * Prints the bytes that an entry of Integer to Integer takes, boxes included: what the heap has
 * grown by when all unreachable objects are gone. One subject for each virtual machine.
 */
public final class HeapUse {
  private static final int COLLECTIONS = 3;

  private HeapUse() {}

  /**
   * Measures.
   *
   * @param arguments the name of the {@link Subject}, then the number of entries
   */
  public static void main(String[] arguments) {
    Subject subject = Subject.valueOf(arguments[0]);
    int entries = Integer.parseInt(arguments[1]);
    Keys.filled(subject, 10); // loads the classes
    used(); // the first look leaves garbage of its own
    long before = used();
    Mapping mapping = Keys.filled(subject, entries);
    long after = used();
    Reference.reachabilityFence(mapping);
    System.out.println((after - before) / (double) entries);
  }

  private static long used() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    for (int i = 0; i < COLLECTIONS; i++) {
      memory.gc();
    }
    return memory.getHeapMemoryUsage().getUsed();
  }
}
