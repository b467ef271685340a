package org.theine.jcache.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.cache.CacheManager;
import org.theine.jcache.bench.shop.ShopPass;
import org.theine.jcache.bench.shop.ShopReport;

/**
 * Replays a recorded trace through the provider, prints what came of it and writes a page about it.
 * Ends within about a minute.
 *
 * <p>The exit status is 0 if all figures agree, 1 if some do not, and 2 if it could not be tried:
 * an option is not understood, the trace cannot be read or the page cannot be written.
 */
public final class Demonstration {
  private static final int FAILED = 2;

  private static final int[] SIZES = {75, 150, 300, 600, 1200, 2400, 3000};

  /** The first replays warm the virtual machine up; the quickest of so many is steady. */
  private static final int REPLAYS = 5;

  private static final ListenerPass.Settings SETTINGS =
      new ListenerPass.Settings(1200, 2, Duration.ofSeconds(1), Duration.ofSeconds(8));

  private final TextReport report;
  private final ProgressBar progress;

  private Demonstration(PrintStream out, ProgressBar progress) {
    this.report = new TextReport(out);
    this.progress = progress;
  }

  /**
   * Runs the demonstration.
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

  /** Runs the demonstration and returns the exit status. */
  static int run(String[] arguments, PrintStream out, PrintStream err) throws InterruptedException {
    Options options;
    try {
      options = Options.parse(arguments);
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
      return FAILED;
    }
    if (options.help()) {
      out.print(Options.USAGE);
      return 0;
    }
    try {
      return run(options, out, err);
    } catch (IOException e) {
      err.println(e.getMessage());
      return FAILED;
    }
  }

  private static int run(Options options, PrintStream out, PrintStream err)
      throws IOException, InterruptedException {
    Path file = (options.out() == null) ? defaultFile() : options.out();
    Page.prepare(file);
    Results results = replay(out, err);
    new Page(results).write(file);
    out.println("page: " + file.toAbsolutePath().normalize());
    return (results.mismatches() == 0) ? 0 : 1;
  }

  /** The folder that the classes or their jar lie in; in a build that is target. */
  private static Path defaultFile() throws IOException {
    CodeSource source = Demonstration.class.getProtectionDomain().getCodeSource();
    try {
      Path classes = (source == null) ? Path.of("classes") : Path.of(source.getLocation().toURI());
      return classes.resolveSibling("demonstration.html");
    } catch (URISyntaxException e) {
      throw new IOException("--out must be given, the classes are at no path", e);
    }
  }

  private static Results replay(PrintStream out, PrintStream err)
      throws IOException, InterruptedException {
    Trace trace = Trace.resource("web12");
    ProgressBar bar = new ProgressBar(err, ProgressBar.isTerminal(), System::nanoTime);
    try (bar) {
      return new Demonstration(out, bar).run(trace);
    }
  }

  private Results run(Trace trace) throws IOException, InterruptedException {
    long started = System.nanoTime();
    report.title(trace);
    List<HitRatio> ratios;
    ListenerReport listeners;
    try (CacheManager manager = BoundedCaches.provider().getCacheManager()) {
      ratios = ratios(manager, trace);
      listeners = listeners(manager, trace);
    }
    ShopReport shop = shop(trace); // Hibernate has a manager to itself
    Duration taken = Duration.ofNanos(System.nanoTime() - started);
    List<Results.Fact> facts = facts(listeners, taken);
    Results results = new Results(trace, ratios, REPLAYS, listeners, shop, facts);
    report.end(results);
    return results;
  }

  private List<HitRatio> ratios(CacheManager manager, Trace trace) {
    report.ratioHead(REPLAYS);
    HitRatioPass pass = new HitRatioPass(manager, trace, REPLAYS);
    List<HitRatio> ratios = new ArrayList<>();
    for (int size : SIZES) {
      double before = ratios.size();
      String what = "pass 1 of 3: hit ratio of " + size + " entries";
      HitRatio ratio = pass.run(size, done -> progress.show(what, (before + done) / SIZES.length));
      progress.close();
      report.ratio(ratio);
      ratios.add(ratio);
    }
    return ratios;
  }

  private ListenerReport listeners(CacheManager manager, Trace trace) throws InterruptedException {
    report.listenerHead(SETTINGS);
    ListenerPass pass = new ListenerPass(manager, trace, SETTINGS);
    ListenerReport listeners =
        pass.run(done -> progress.show("pass 2 of 3: events, then expiration", done));
    progress.close();
    report.listeners(listeners);
    return listeners;
  }

  private ShopReport shop(Trace trace) throws IOException {
    report.shopHead();
    try {
      ShopReport shop =
          ShopPass.run(
              trace, done -> progress.show("pass 3 of 3: pages of a shop with Hibernate", done));
      progress.close();
      report.shop(shop);
      return shop;
    } catch (SQLException e) {
      throw new IOException("the database of the shop fails: " + e.getMessage(), e);
    }
  }

  private static List<Results.Fact> facts(ListenerReport listeners, Duration taken) {
    return List.of(
        new Results.Fact("provider", BoundedCaches.provider().getClass().getName()),
        new Results.Fact(
            "Java",
            System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version")),
        new Results.Fact(
            "machine",
            String.format(
                Locale.ROOT,
                "%s %s, %d processors, %d MB heap at most",
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory() >> 20)),
        new Results.Fact("shop", ShopPass.versions()),
        new Results.Fact("events told", String.format(Locale.ROOT, "%,d", listeners.events())),
        new Results.Fact(
            "latest expiration",
            String.format(
                Locale.ROOT,
                "told %d ms after its time",
                listeners.latestExpirationNanos() / 1_000_000)),
        new Results.Fact("time taken", Durations.words(Duration.ofSeconds(taken.toSeconds()))),
        new Results.Fact("date", Surroundings.date()));
  }
}
