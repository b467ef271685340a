package org.theine.jcache.bench.footprint;

import java.io.IOException;
import java.io.PrintStream;
import org.theine.jcache.bench.ChildJvm;
import org.theine.jcache.bench.Rounds;

/**
 * How much memory does it take beside others? Measures every contestant in a virtual machine of its
 * own, those that are compared one after the other; then all again for the next round.
 *
 * <pre>
 * mvn -q -pl src-bench -am compile exec:java@footprint                                 some minutes
 * mvn -q -pl src-bench -am compile exec:java@footprint -Dexec.args="--parts breakdown"
 * </pre>
 */
public final class Footprint {
  private Footprint() {}

  /**
   * Measures what is asked for.
   *
   * @param arguments see {@code --help}
   * @throws IOException if the results cannot be written
   * @throws InterruptedException if the thread is interrupted
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    FootprintOptions options;
    try {
      options = FootprintOptions.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    if (options.help()) {
      System.out.print(FootprintOptions.HELP);
      return;
    }
    ChildJvm.shareClassPath();
    if (!run(options, System.out)) {
      System.exit(1);
    }
  }

  /** Whether all could be measured. */
  static boolean run(FootprintOptions options, PrintStream out)
      throws IOException, InterruptedException {
    return new Rounds<>(options.tasks(), out)
        .run(
            options.rounds(),
            options.out().resolve("footprint.csv"),
            Task.COLUMNS,
            FootprintTable::of);
  }
}
