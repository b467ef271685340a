package org.theine.jcache.bench.shop;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.sql.SQLException;
import java.util.Random;
import java.util.function.DoubleConsumer;
import org.h2.engine.Constants;
import org.hibernate.Version;
import org.theine.jcache.bench.Trace;

/**
 * The third pass: how many statements does the database get for the same page loads and changes,
 * without the second-level cache and with it? Every page is compared with the model. For one
 * thread.
 */
public final class ShopPass {
  /** What the demonstration does; so many loads take some seconds, in both ways. */
  static final ShopSettings SETTINGS = new ShopSettings(6_000, 200, 100);

  /** Before anything is measured so many loads warm the virtual machine up, in each of the ways. */
  private static final ShopSettings WARM_UP = new ShopSettings(1_000, 1_000, 100);

  private static final long SEED = 7;

  private final Trace trace;
  private final ShopSettings settings;
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  ShopPass(Trace trace, ShopSettings settings) {
    if (settings.loads() > trace.length()) {
      throw new IllegalArgumentException(
          "loads must be at most the requests of the trace, "
              + trace.length()
              + ": "
              + settings.loads());
    }
    this.trace = trace;
    this.settings = settings;
  }

  /**
   * Visits the shop as the demonstration does.
   *
   * @param trace whose first requests say which pages are loaded
   * @param progress is told the finished share, 0 to 1
   * @return what came of it
   * @throws SQLException if the database fails
   */
  public static ShopReport run(Trace trace, DoubleConsumer progress) throws SQLException {
    ShopPass warmUp = new ShopPass(trace, WARM_UP);
    double share = (double) WARM_UP.loads() / (WARM_UP.loads() + SETTINGS.loads());
    warmUp.run(done -> progress.accept(share * done));
    return new ShopPass(trace, SETTINGS).run(done -> progress.accept(share + (1 - share) * done));
  }

  /**
   * What the shop is made of.
   *
   * @return names and versions
   */
  public static String versions() {
    return "Hibernate " + Version.getVersionString() + ", H2 " + Constants.VERSION;
  }

  /** Visits the shop in both ways. */
  ShopReport run(DoubleConsumer progress) throws SQLException {
    ShopRun without = run(false, done -> progress.accept(done / 2));
    ShopRun with = run(true, done -> progress.accept((1 + done) / 2));
    return new ShopReport(settings, catalogue(), without, with);
  }

  /** A product for each page that is asked for. */
  private Catalogue catalogue() {
    int products = 0;
    for (int i = 0; i < settings.loads(); i++) {
      products = Math.max(products, trace.id(i) + 1);
    }
    return new Catalogue(products);
  }

  private ShopRun run(boolean cached, DoubleConsumer progress) throws SQLException {
    Catalogue catalogue = catalogue();
    try (Shop shop = Shop.open(catalogue, cached)) {
      return visit(shop, catalogue, progress);
    }
  }

  /** Loads all pages; what was done to fill the shop is not counted. */
  private ShopRun visit(Shop shop, Catalogue catalogue, DoubleConsumer progress)
      throws SQLException {
    long[] statements = new long[settings.stretches()];
    Random random = new Random(SEED);
    long wrong = 0;
    long prepared = shop.prepared();
    long started = threads.getCurrentThreadCpuTime();
    for (int i = 0; i < settings.loads(); i++) {
      long inspected = shop.inspected();
      int product = trace.id(i);
      if ((i + 1) % settings.changeEvery() == 0) {
        change(shop, catalogue, product, Catalogue.price(random));
      }
      if (!shop.page(product).equals(catalogue.page(product))) {
        wrong++;
      }
      statements[i / settings.stretch()] += shop.inspected() - inspected;
      progress.accept((double) i / settings.loads());
    }
    long cpuNanos = threads.getCurrentThreadCpuTime() - started;
    return new ShopRun(
        statements,
        shop.prepared() - prepared,
        wrong,
        shop.otherPrices(catalogue),
        cpuNanos,
        shop.regions());
  }

  private static void change(Shop shop, Catalogue catalogue, int product, int cents) {
    shop.reprice(product, cents);
    catalogue.reprice(product, cents);
  }
}
