package org.theine.jcache.bench.jmh;

import java.lang.ref.Reference;
import org.theine.jcache.bench.LiveHeap;

/**
 * Prints the bytes that an entry of Integer to Integer takes, boxes included: what the heap has
 * grown by when all unreachable objects are gone. One subject for each virtual machine.
 */
public final class HeapUse {
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
    LiveHeap.bytes(); // loads the classes, too
    long before = LiveHeap.bytes();
    Mapping mapping = Keys.filled(subject, entries);
    long after = LiveHeap.bytes();
    Reference.reachabilityFence(mapping);
    System.out.println((after - before) / (double) entries);
  }
}
