package org.theine.jcache.bench.latency;

import java.io.IOException;
import java.io.PrintStream;
import org.theine.jcache.bench.ChildJvm;
import org.theine.jcache.bench.Rounds;

/**
 * How long does a caller wait, at worst, beside others? Measures every contestant in a virtual
 * machine of its own, those that are compared one after the other; then all again for the next
 * round.
 *
 * <pre>
 * mvn -q -pl src-bench -am compile exec:java@latency                                 some minutes
 * mvn -q -pl src-bench -am compile exec:java@latency -Dexec.args="--scenes expiry"
 * </pre>
 */
public final class Latency {
  private Latency() {}

  /**
   * Measures what is asked for.
   *
   * @param arguments see {@code --help}
   * @throws IOException if the results cannot be written
   * @throws InterruptedException if the thread is interrupted
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    LatencyOptions options;
    try {
      options = LatencyOptions.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    if (options.help()) {
      System.out.print(LatencyOptions.HELP);
      return;
    }
    ChildJvm.shareClassPath();
    if (!run(options, System.out)) {
      System.exit(1);
    }
  }

  /** Whether all could be measured. */
  static boolean run(LatencyOptions options, PrintStream out)
      throws IOException, InterruptedException {
    return new Rounds<>(options.runs(), out)
        .run(options.rounds(), options.out().resolve("latency.csv"), Run.COLUMNS, LatencyTable::of);
  }
}
