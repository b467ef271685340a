package org.theine.jcache.bench.jmh;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;

/** Runs {@link HeapUse} in virtual machines of their own. Stateless. */
public final class Heap {
  private Heap() {}

  /**
   * Measures one subject. The serial collector counts to the byte.
   *
   * @param subject what is filled
   * @param entries with how many entries
   * @return bytes per entry
   * @throws IOException if the virtual machine cannot be started or prints something else
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public static double bytesPerEntry(Subject subject, int entries)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms1g",
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                HeapUse.class.getName(),
                subject.name(),
                String.valueOf(entries))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = process.inputReader()) {
      String line = output.readLine();
      if (process.waitFor() != 0 || line == null) {
        throw new IOException(subject + " with " + entries + " entries could not be measured");
      }
      return Double.parseDouble(line);
    }
  }
}
