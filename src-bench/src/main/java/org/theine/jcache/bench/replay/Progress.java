package org.theine.jcache.bench.replay;

import java.util.List;
import org.theine.jcache.bench.ProgressBar;

/** How far the replays are, over all traces. Thread-safe. */
final class Progress {
  /** What a trace is taken to have until it is known. */
  private static final double REQUESTS = 1e6;

  private final ProgressBar bar;
  private final double total;
  private double finished;
  private double share;
  private String what = "";
  private double requests;
  private double done;

  /** Shows nothing yet. */
  Progress(ProgressBar bar, List<TraceRow> rows, ReplayOptions options) {
    this.bar = bar;
    this.total = rows.stream().mapToDouble(row -> estimate(row, options)).sum();
  }

  private static double estimate(TraceRow row, ReplayOptions options) {
    return (row.requests() > 0 ? row.requests() : REQUESTS) * options.sizes(row).size();
  }

  /** The next trace is about to be made and replayed. */
  synchronized void begin(TraceRow row, ReplayOptions options) {
    finished += share;
    share = estimate(row, options);
    requests = 1;
    done = 0;
    say(row.name());
  }

  /** The trace is made, and so many of its requests will be replayed, all policies together. */
  synchronized void expect(long requests) {
    this.requests = Math.max(1, requests);
  }

  /** From now on this is what is being done. */
  synchronized void say(String what) {
    this.what = what;
    advance(0);
  }

  /** So many requests more were replayed. */
  synchronized void advance(long more) {
    done += more;
    bar.show(what, (finished + share * Math.min(1, done / requests)) / Math.max(1, total));
  }

  /** Takes the bar off the terminal, so that other output can take its line. */
  synchronized void clear() {
    bar.close();
  }
}
