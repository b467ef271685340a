package org.theine.jcache.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Measures this and that in turns, shows how far it is, writes every figure to a file, and prints
 * what it came to. Not thread-safe.
 *
 * @param <M> what is measured
 */
public final class Rounds<M extends Measurable> {
  private final List<M> measured;
  private final PrintStream out;
  private final Medians<M> figures = new Medians<>();
  private final List<String> failures = new ArrayList<>();

  /**
   * Prepares.
   *
   * @param measured what is measured in a round, in this order
   * @param out where results are printed
   */
  public Rounds(List<M> measured, PrintStream out) {
    this.measured = measured;
    this.out = out;
  }

  /**
   * Measures everything.
   *
   * @param rounds how often
   * @param file where each figure is written after each round
   * @param titles of the file's first columns
   * @param table makes the text of the results
   * @return whether all could be measured
   * @throws IOException if the file cannot be written
   * @throws InterruptedException if the thread is interrupted
   */
  public boolean run(int rounds, Path file, String titles, Function<Medians<M>, String> table)
      throws IOException, InterruptedException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    double steps = (double) rounds * measured.size();
    int step = 0;
    try (ProgressBar bar =
        new ProgressBar(System.err, ProgressBar.isTerminal(), System::nanoTime)) {
      for (int round = 1; round <= rounds; round++) {
        for (M each : measured) {
          bar.show(each.title(), step++ / steps);
          measure(each);
        }
        // what is done stays, whatever comes
        Files.writeString(file, figures.csv(titles, Measurable::columns));
      }
    }
    out.print(table.apply(figures));
    out.println("\nEach figure: " + file);
    failures.forEach(failure -> out.println("Failed: " + failure));
    return failures.isEmpty();
  }

  /** Measures one; if it fails, the others are still worth their time. */
  private void measure(M each) throws InterruptedException {
    try {
      figures.add(each, each.measure());
    } catch (IOException e) {
      failures.add(each.title() + ": " + e.getMessage());
    }
  }
}
