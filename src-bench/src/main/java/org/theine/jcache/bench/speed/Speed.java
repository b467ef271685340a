package org.theine.jcache.bench.speed;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.runner.RunnerException;
import org.theine.jcache.bench.ChildJvm;
import org.theine.jcache.bench.ProgressBar;

/**
 * How fast is it beside others? Runs every row for every contestant, each in a virtual machine of
 * its own, the contestants of a row one after the other, so that they meet the machine in the same
 * mood; then all again for the next round.
 *
 * <pre>
 * mvn -q -pl src-bench -am compile exec:java@speed                                a quarter of an hour
 * mvn -q -pl src-bench -am compile exec:java@speed -Dexec.args="--scale full --rounds 3"    hours
 * </pre>
 */
public final class Speed {
  private final SpeedOptions options;
  private final PrintStream out;
  private final Figures figures = new Figures();
  private final List<String> failures = new ArrayList<>();

  private Speed(SpeedOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /**
   * Runs what is asked for.
   *
   * @param arguments see {@code --help}
   * @throws IOException if the results cannot be written
   */
  public static void main(String[] arguments) throws IOException {
    SpeedOptions options;
    try {
      options = SpeedOptions.parse(arguments);
      options.rows();
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    if (options.help()) {
      System.out.print(SpeedOptions.HELP);
      return;
    }
    ChildJvm.shareClassPath();
    if (!new Speed(options, System.out).run()) {
      System.exit(1);
    }
  }

  /** Runs one; if it fails, the others are still worth their time. */
  private void run(Row row, Contestant contestant, int round) {
    try {
      figures.add(
          row,
          contestant,
          round,
          new Trial(row, contestant, options.scale(), options.shards()).run());
    } catch (RunnerException e) {
      String what = row.title() + ", " + contestant.title() + ": " + reason(e);
      failures.add(what);
      System.err.println(what);
    }
  }

  private static String reason(RunnerException e) {
    Throwable[] reasons = e.getSuppressed();
    return String.valueOf(reasons.length == 0 ? e.getMessage() : reasons[0]);
  }

  private boolean run() throws IOException {
    List<Row> rows = options.rows();
    double steps =
        options.rounds() * rows.stream().mapToInt(row -> options.contestants(row).size()).sum();
    int step = 0;
    try (ProgressBar bar =
        new ProgressBar(System.err, ProgressBar.isTerminal(), System::nanoTime)) {
      for (int round = 1; round <= options.rounds(); round++) {
        for (Row row : rows) {
          for (Contestant contestant : options.contestants(row)) {
            bar.show(
                String.format(
                    Locale.ROOT, "round %d, %s: %s", round, row.title(), contestant.title()),
                step++ / steps);
            run(row, contestant, round);
          }
        }
        write(); // what is done stays, whatever comes
      }
    }
    out.print(SpeedTable.of(figures));
    out.println("\nThe page: " + options.out().resolve("speed.html"));
    out.println("Each run: " + options.out().resolve("speed.csv"));
    failures.forEach(failure -> out.println("Failed: " + failure));
    return failures.isEmpty();
  }

  private void write() throws IOException {
    Files.createDirectories(options.out());
    Files.writeString(options.out().resolve("speed.csv"), Csv.of(figures));
    String page =
        new SpeedPage(figures, options.scale(), options.rounds(), options.shards()).html();
    Files.writeString(options.out().resolve("speed.html"), page);
  }
}
