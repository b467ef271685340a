package org.theine.jcache.bench.replay;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.theine.jcache.bench.LruReplay;
import org.theine.jcache.bench.Optimum;
import org.theine.jcache.bench.ProgressBar;
import org.theine.jcache.bench.Trace;

/**
 * Replays traces through this provider and others, computes LRU and the optimum, prints what came
 * of it and writes a table and a page.
 *
 * <p>The exit status is 0 if our provider never held more than its bound, 1 if it did, and 2 if it
 * could not be tried: an option or a manifest is not understood, a trace cannot be read, the
 * results cannot be written.
 */
public final class Replay {
  private static final int FAILED = 2;

  private final ReplayOptions options;
  private final Reference reference;
  private final TextTable text;
  private final Progress progress;
  private final Results results = new Results();

  private Replay(ReplayOptions options, Reference reference, TextTable text, Progress progress) {
    this.options = options;
    this.reference = reference;
    this.text = text;
    this.progress = progress;
  }

  /**
   * Runs the replays.
   *
   * @param arguments the options, see {@code --help}; never null
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public static void main(String[] arguments) throws InterruptedException {
    int status = run(arguments, System.out, System.err);
    if (status != 0) {
      System.exit(status);
    }
  }

  /** Runs the replays and returns the exit status. */
  static int run(String[] arguments, PrintStream out, PrintStream err) throws InterruptedException {
    try {
      ReplayOptions options = ReplayOptions.parse(arguments);
      if (options.help()) {
        out.print(ReplayOptions.USAGE);
        return 0;
      }
      return run(options, out, err);
    } catch (IllegalArgumentException | IOException e) {
      err.println(e.getMessage());
      return FAILED;
    }
  }

  private static int run(ReplayOptions options, PrintStream out, PrintStream err)
      throws IOException, InterruptedException {
    List<TraceRow> rows = rows(options);
    Reference reference = new Reference();
    for (Path folder : options.folders()) {
      reference.readIfPresent(folder);
    }
    Output output = Output.prepare(options.out());
    TextTable text = new TextTable(out);
    Results results;
    try (ProgressBar bar = new ProgressBar(err, ProgressBar.isTerminal(), System::nanoTime)) {
      Progress progress = new Progress(bar, rows, options);
      results = new Replay(options, reference, text, progress).all(rows);
    }
    text.summary(results, options.contenders());
    output.write(results, options.contenders());
    text.line("%n%s%n%s", output.table(), output.page());
    return held(results) ? 0 : 1;
  }

  private static List<TraceRow> rows(ReplayOptions options) throws IOException {
    List<TraceRow> rows = new ArrayList<>();
    if (options.shipped()) {
      rows.addAll(Manifest.shipped());
    }
    for (Path folder : options.folders()) {
      rows.addAll(Manifest.folder(folder));
    }
    Set<String> names = new HashSet<>();
    for (TraceRow row : rows) {
      if (!names.add(row.name())) {
        throw new IllegalArgumentException(
            "two manifests have a trace of this name: " + row.name());
      }
    }
    rows.removeIf(row -> !options.wants(row.name()) || options.sizes(row).isEmpty());
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("no trace is left by --only and --sizes");
    }
    return rows;
  }

  /** Whether our provider kept its bound. */
  private static boolean held(Results results) {
    return results.policies().stream()
        .filter(Results::ours)
        .noneMatch(policy -> results.overfilled(policy) > 0);
  }

  private Results all(List<TraceRow> rows) throws IOException, InterruptedException {
    for (TraceRow row : rows) {
      progress.begin(row, options);
      Workload workload = row.spec().make(row.name());
      Trace trace = workload.trace();
      if (row.requests() > 0 && row.requests() != trace.length()) {
        throw new IOException(
            "the manifest says %d requests, the trace has %d: %s"
                .formatted(row.requests(), trace.length(), row.name()));
      }
      TraceInfo info =
          new TraceInfo(
              row.name(),
              row.kind(),
              row.real(),
              workload.weighted(),
              trace.length(),
              trace.distinct());
      progress.clear();
      text.trace(info);
      replay(workload, info, options.sizes(row));
    }
    return results;
  }

  private void replay(Workload workload, TraceInfo info, List<Long> sizes)
      throws InterruptedException {
    List<Contender> contenders =
        options.contenders().stream().filter(c -> !info.weighted() || c.weighs()).toList();
    long runs = contenders.stream().mapToLong(Contender::runs).sum();
    progress.expect((runs + 1) * info.requests() * sizes.size());
    Replayer replayer = new Replayer(workload, progress::advance);
    References references = info.weighted() ? null : new References(workload.trace());
    for (long size : sizes) {
      Cell cell = new Cell(info, size);
      progress.say(cell + " " + Results.OPTIMUM);
      if (references == null) {
        results.add(cell, Results.LRU, WeightedLru.measure(workload, size));
      } else {
        references.addTo(results, cell);
      }
      progress.advance(info.requests());
      for (Contender contender : contenders) {
        progress.say(cell + " " + contender.name());
        results.add(cell, contender.name(), replayer.measure(contender, size));
      }
      progress.clear();
      text.cell(cell, results.get(cell));
      results.addFound(cell, reference.of(cell));
    }
  }

  /** What is computed of a trace. */
  private static final class References {
    private final LruReplay lru;
    private final Optimum optimum;

    References(Trace trace) {
      this.lru = LruReplay.of(trace);
      this.optimum = Optimum.of(trace);
    }

    void addTo(Results results, Cell cell) {
      int size = (int) Math.min(cell.size(), Integer.MAX_VALUE);
      add(results, cell, Results.LRU, lru.hitRatio(size));
      add(results, cell, Results.OPTIMUM, optimum.hitRatio(size));
    }

    private static void add(Results results, Cell cell, String policy, double ratio) {
      results.add(cell, policy, Measurement.computed(ratio, ratio));
    }
  }
}
