package org.theine.jcache.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;

/**
 * The second pass: several threads replay the trace while entries are evicted, expire, are replaced
 * and removed, then everything is left to expire. What listeners were told must agree with what was
 * counted. One use, by one thread, which starts and ends the others.
 */
final class ListenerPass {
  /** How long after their time to live entries may be present, and events outstanding. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final long LOOK_EVERY_MILLIS = 50;

  /**
   * How the pass runs.
   *
   * @param size the bound, in entries
   * @param threads that replay the trace
   * @param timeToLive of every entry, from its creation
   * @param length of the replay
   */
  record Settings(int size, int threads, Duration timeToLive, Duration length) {}

  private final CacheManager manager;
  private final Trace trace;
  private final Settings settings;
  private final PayloadSource source;
  private final Ledger synchronous;
  private final Ledger asynchronous;

  /** Prepares a pass over the trace. */
  ListenerPass(CacheManager manager, Trace trace, Settings settings) {
    this.manager = manager;
    this.trace = trace;
    this.settings = settings;
    this.source = new PayloadSource(trace.length());
    this.synchronous = new Ledger(trace.length());
    this.asynchronous = new Ledger(trace.length());
  }

  /** Runs the pass; {@code progress} is told the finished share of the replay, 0 to 1. */
  ListenerReport run(DoubleConsumer progress) throws InterruptedException {
    String name = "expiring-" + settings.size();
    try (Cache<Long, Payload> cache = manager.createCache(name, configuration())) {
      List<Visitor> visitors = replay(cache, progress);
      awaitWithin(settings.timeToLive().plus(PATIENCE), () -> BoundedCaches.size(cache) == 0);
      awaitWithin(PATIENCE, this::everythingWasTold);
      return new ListenerReport(
          settings, source, synchronous, asynchronous, visitors, Counters.of(cache));
    } finally {
      manager.destroyCache(name);
    }
  }

  private MutableConfiguration<Long, Payload> configuration() {
    javax.cache.expiry.Duration timeToLive =
        new javax.cache.expiry.Duration(TimeUnit.MILLISECONDS, settings.timeToLive().toMillis());
    return BoundedCaches.<Long, Payload>configuration(settings.size())
        .setReadThrough(true)
        .setCacheLoaderFactory(() -> source)
        .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(timeToLive))
        .addCacheEntryListenerConfiguration(listener(synchronous, true))
        .addCacheEntryListenerConfiguration(listener(asynchronous, false));
  }

  private static MutableCacheEntryListenerConfiguration<Long, Payload> listener(
      Ledger ledger, boolean isSynchronous) {
    Factory<Ledger> factory = () -> ledger;
    return new MutableCacheEntryListenerConfiguration<>(factory, null, true, isSynchronous);
  }

  private List<Visitor> replay(Cache<Long, Payload> cache, DoubleConsumer progress)
      throws InterruptedException {
    List<Visitor> visitors = new ArrayList<>();
    for (int i = 0; i < settings.threads(); i++) {
      Visitor visitor = new Visitor(cache, trace, source, synchronous, settings, i);
      visitor.start();
      visitors.add(visitor);
    }
    for (Visitor visitor : visitors) {
      while (visitor.isAlive()) {
        progress.accept(visitor.progress());
        visitor.join(LOOK_EVERY_MILLIS);
      }
    }
    return visitors;
  }

  private boolean everythingWasTold() {
    return synchronous.ended() >= source.made() && asynchronous.ended() >= source.made();
  }

  /** Waits, but not for ever: what is not so by then shows as a mismatch. */
  private static void awaitWithin(Duration limit, BooleanSupplier condition)
      throws InterruptedException {
    long started = System.nanoTime();
    while (!condition.getAsBoolean() && System.nanoTime() - started < limit.toNanos()) {
      Thread.sleep(LOOK_EVERY_MILLIS);
    }
  }
}
