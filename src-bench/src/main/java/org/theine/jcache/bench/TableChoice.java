package org.theine.jcache.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;
import org.theine.jcache.bench.jmh.ChangeBenchmark;
import org.theine.jcache.bench.jmh.CollisionBenchmark;
import org.theine.jcache.bench.jmh.GetBenchmark;
import org.theine.jcache.bench.jmh.Heap;
import org.theine.jcache.bench.jmh.Subject;
import org.theine.jcache.bench.jmh.Trial;

/**
 * Chains through the nodes or open addressing? Times both tables and the provider's cache beside
 * ConcurrentHashMap, weighs their entries, and shows what 20,000 keys of one hash code do to them.
 * It takes about three minutes where nothing else runs:
 *
 * <pre>
 * mvn -q -pl src-bench -am compile exec:java@table-choice                      two rounds
 * mvn -q -pl src-bench -am compile exec:java@table-choice -Dexec.args=5        five
 * </pre>
 */
public final class TableChoice {
  private static final int ROUNDS = 2;

  private static final int KEYS = 65_536;

  /**
   * For so many keys, in 8 shards, chains with a load up to 1 and open addressing up to 0.75 have
   * arrays of one length; those with a load up to 0.5 have arrays twice as long.
   */
  private static final int EQUAL_ARRAYS = 90_000;

  private static final int[] ENTRIES = {1_000_000, 1_300_000, 1_600_000};

  private static final List<Subject> ALL = List.of(Subject.values());
  private static final List<Subject> WITHOUT_EXPIRY =
      List.copyOf(EnumSet.complementOf(EnumSet.of(Subject.CACHE_TOUCHED)));
  private static final List<Subject> TABLES =
      List.of(Subject.MAP, Subject.CHAINED, Subject.CHAINED_50, Subject.OPEN_75, Subject.OPEN_50);
  private static final List<Subject> SHARED =
      List.of(Subject.MAP, Subject.CHAINED, Subject.OPEN_50, Subject.CACHE, Subject.CACHE_BOUNDED);
  private static final List<Subject> UNBOUNDED =
      List.of(Subject.MAP, Subject.CHAINED, Subject.OPEN_75, Subject.CACHE);

  private static final List<Trial> SPEEDS =
      List.of(
          reading("hit", KEYS, 1, ALL),
          reading("hit", KEYS, 2, SHARED),
          reading("hit", EQUAL_ARRAYS, 1, TABLES),
          reading("miss", EQUAL_ARRAYS, 1, WITHOUT_EXPIRY),
          new Trial(
              "remove and put, 90,000 keys, threads: 1",
              ChangeBenchmark.class,
              "removeAndPut",
              1,
              Map.of("keys", String.valueOf(EQUAL_ARRAYS)),
              WITHOUT_EXPIRY),
          colliding("collidingHit", "get of 20,000 keys of one hash code", 20_000));

  private static final Trial ALONE = colliding("neighbourHit", "neighbours alone", 0);
  private static final Trial BESIDE = colliding("neighbourHit", "neighbours beside them", 20_000);

  private final int rounds;
  private final PrintStream out;
  private final Map<Trial, Comparison> comparisons = new LinkedHashMap<>();

  private TableChoice(int rounds, PrintStream out) {
    this.rounds = rounds;
    this.out = out;
  }

  private static Trial reading(String method, int keys, int threads, List<Subject> subjects) {
    return new Trial(
        String.format(Locale.ROOT, "get, %s, %,d keys, threads: %d", method, keys, threads),
        GetBenchmark.class,
        method,
        threads,
        Map.of("keys", String.valueOf(keys)),
        subjects);
  }

  private static Trial colliding(String method, String title, int colliding) {
    return new Trial(
        title,
        CollisionBenchmark.class,
        method,
        1,
        Map.of("colliding", String.valueOf(colliding)),
        UNBOUNDED);
  }

  /**
   * Runs all trials, some minutes.
   *
   * @param arguments nothing, or the number of rounds
   * @throws IOException if a virtual machine cannot be started
   * @throws RunnerException if a benchmark fails
   * @throws InterruptedException if the thread is interrupted
   */
  public static void main(String[] arguments)
      throws IOException, RunnerException, InterruptedException {
    ChildJvm.shareClassPath();
    int rounds = arguments.length == 0 ? ROUNDS : Integer.parseInt(arguments[0]);
    if (rounds <= 0) {
      throw new IllegalArgumentException("rounds must be positive: " + rounds);
    }
    new TableChoice(rounds, System.out).run();
  }

  private void run() throws IOException, RunnerException, InterruptedException {
    List<Trial> trials = new ArrayList<>(SPEEDS);
    trials.add(ALONE);
    trials.add(BESIDE);
    double steps = rounds * trials.stream().mapToInt(trial -> trial.subjects().size()).sum();
    int step = 0;
    try (ProgressBar bar =
        new ProgressBar(System.err, ProgressBar.isTerminal(), System::nanoTime)) {
      for (int round = 1; round <= rounds; round++) {
        for (Trial trial : trials) {
          Comparison comparison = comparisons.computeIfAbsent(trial, absent -> new Comparison());
          for (Subject subject : trial.subjects()) {
            bar.show(trial.title(), step++ / steps);
            comparison.add(subject, trial.nanos(subject));
          }
        }
      }
    }
    out.printf(
        "Speed, ConcurrentHashMap = 1, by processor time; mean and range of %d rounds%n", rounds);
    SPEEDS.forEach(this::printSpeed);
    printNeighbours();
    printBytes();
  }

  private void printSpeed(Trial trial) {
    Comparison comparison = comparison(trial);
    out.printf("%n%s%n", trial.title());
    for (Subject subject : trial.subjects()) {
      out.printf(
          Locale.ROOT,
          "  %-32s %5.2f  %-12s %7.1f ns%n",
          subject.title(),
          comparison.speed(subject, Subject.MAP),
          comparison.spread(subject, Subject.MAP),
          comparison.mean(subject));
    }
  }

  private void printNeighbours() {
    out.printf("%nget of 65,536 other keys: time beside 20,000 keys of one hash code to alone%n");
    for (Subject subject : BESIDE.subjects()) {
      out.printf(
          Locale.ROOT,
          "  %-32s %5.2f%n",
          subject.title(),
          comparison(BESIDE).slowdown(subject, comparison(ALONE)));
    }
  }

  private void printBytes() throws IOException, InterruptedException {
    out.printf("%nBytes per entry, Integer to Integer with both boxes; above ConcurrentHashMap%n");
    out.printf(Locale.ROOT, "  %-32s", "entries");
    for (int entries : ENTRIES) {
      out.printf(Locale.ROOT, " %,16d", entries);
    }
    out.println();
    double[] base = new double[ENTRIES.length];
    for (Subject subject : ALL) {
      out.printf(Locale.ROOT, "  %-32s", subject.title());
      for (int i = 0; i < ENTRIES.length; i++) {
        double bytes = Heap.bytesPerEntry(subject, ENTRIES[i]);
        base[i] = subject == Subject.MAP ? bytes : base[i];
        out.printf(Locale.ROOT, " %7.1f (%+5.1f)", bytes, bytes - base[i]);
      }
      out.println();
    }
  }

  private Comparison comparison(Trial trial) {
    Comparison comparison = comparisons.get(trial);
    assert comparison != null : "every trial has run";
    return comparison;
  }
}
