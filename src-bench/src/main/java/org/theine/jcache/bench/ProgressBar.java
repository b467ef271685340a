package org.theine.jcache.bench;

import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Shows how far the work is: on a terminal as one line drawn anew, elsewhere as a line now and
 * then. Not thread-safe.
 */
public final class ProgressBar implements AutoCloseable {
  private static final int CELLS = 30;

  /** The line, with room for the words; a terminal narrower than this would wrap it. */
  private static final int COLUMNS = 78;

  private static final long REDRAW_NANOS = 100_000_000L;
  private static final long LINE_EVERY_NANOS = 5_000_000_000L;

  private final PrintStream out;
  private final boolean terminal;
  private final LongSupplier nanoTime;
  private final long interval;
  private long shownNanos;
  private boolean drawn;

  /** Makes a bar that shows nothing yet. */
  public ProgressBar(PrintStream out, boolean terminal, LongSupplier nanoTime) {
    this.out = out;
    this.terminal = terminal;
    this.nanoTime = nanoTime;
    this.interval = terminal ? REDRAW_NANOS : LINE_EVERY_NANOS;
    this.shownNanos = nanoTime.getAsLong() - interval;
  }

  /** Whether a person is likely to see the lines being drawn. */
  public static boolean isTerminal() {
    Console console = System.console();
    String kind = System.getenv("TERM");
    return console != null && kind != null && !kind.equals("dumb") && isTerminal(console);
  }

  /** From Java 22 on there is a console even where nobody watches; it says so itself. */
  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  /** Shows the share that is done, 0 to 1, unless something was shown a moment ago. */
  public void show(String what, double done) {
    long now = nanoTime.getAsLong();
    if (now - shownNanos < interval) {
      return;
    }
    shownNanos = now;
    String line = String.format(Locale.ROOT, "%s %3d %%  %s", cells(done), percent(done), what);
    if (terminal) {
      out.print("\r" + padded(line));
      out.flush();
      drawn = true;
    } else {
      out.println(line);
    }
  }

  /** Takes the bar off the terminal, so that other output can take its line. */
  @Override
  public void close() {
    if (drawn) {
      out.print("\r" + padded("") + "\r");
      out.flush();
      drawn = false;
    }
  }

  private static String cells(double done) {
    int full = (int) (Math.max(0, Math.min(1, done)) * CELLS);
    return "[" + "#".repeat(full) + ".".repeat(CELLS - full) + "]";
  }

  private static int percent(double done) {
    return (int) (Math.max(0, Math.min(1, done)) * 100);
  }

  private static String padded(String line) {
    String cut = (line.length() > COLUMNS) ? line.substring(0, COLUMNS) : line;
    return cut + " ".repeat(COLUMNS - cut.length());
  }
}
