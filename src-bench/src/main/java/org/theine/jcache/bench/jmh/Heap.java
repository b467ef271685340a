package org.theine.jcache.bench.jmh;

import java.io.IOException;
import java.util.List;
import org.theine.jcache.bench.ChildJvm;

/** Runs {@link HeapUse} in virtual machines of their own. Stateless. */
public final class Heap {
  /** The serial collector counts to the byte, if it never leaves a little garbage where it is. */
  private static final List<String> OPTIONS =
      List.of("-Xms1g", "-Xmx1g", "-XX:+UseSerialGC", "-XX:MarkSweepAlwaysCompactCount=1");

  private Heap() {}

  /**
   * Measures one subject.
   *
   * @param subject what is filled
   * @param entries with how many entries
   * @return bytes per entry
   * @throws IOException if the virtual machine cannot be started or fails
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public static double bytesPerEntry(Subject subject, int entries)
      throws IOException, InterruptedException {
    List<String> lines =
        ChildJvm.run(HeapUse.class, OPTIONS, subject.name(), String.valueOf(entries));
    return Double.parseDouble(lines.get(0));
  }
}
