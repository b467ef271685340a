package org.theine.jcache.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.theine.jcache.bench.Ledger.Told;

/** What the second pass found: each figure from two sources. Read when the pass has ended. */
final class ListenerReport {
  private final ListenerPass.Settings settings;
  private final PayloadSource source;
  private final Ledger synchronous;
  private final Ledger asynchronous;
  private final List<Visitor> visitors;
  private final Counters counters;
  private final List<Check> checks = new ArrayList<>();

  ListenerReport(
      ListenerPass.Settings settings,
      PayloadSource source,
      Ledger synchronous,
      Ledger asynchronous,
      List<Visitor> visitors,
      Counters counters) {
    this.settings = settings;
    this.source = source;
    this.synchronous = synchronous;
    this.asynchronous = asynchronous;
    this.visitors = List.copyOf(visitors);
    this.counters = counters;
    checkStatistics();
    checkEvents("synchronously", synchronous);
    checkEvents("asynchronously", asynchronous);
    checkTime();
  }

  private void checkStatistics() {
    long creatingPuts = sum(Visitor::putsThatCreated);
    check(
        "hits + misses in the statistics = gets and puts that looked",
        sum(Visitor::lookups),
        counters.hits() + counters.misses());
    long unexplained = counters.misses() - source.loads() - creatingPuts;
    check(
        "misses that no load or put explains = none",
        0,
        Math.max(0, unexplained - sum(Visitor::sharedLoads)) + Math.max(0, -unexplained));
    check("puts in the statistics = puts called", sum(Visitor::puts), counters.puts());
    check(
        "removals in the statistics = removes answered by true",
        sum(Visitor::removals),
        counters.removals());
    check("entries still present after their time = none", 0, counters.present());
  }

  private void checkEvents(String how, Ledger ledger) {
    long creatingPuts = sum(Visitor::putsThatCreated);
    check(
        "CREATED told " + how + " = loads + puts that found nothing",
        source.loads() + creatingPuts,
        ledger.count(Told.CREATED));
    check(
        "UPDATED told " + how + " = puts that replaced a value",
        sum(Visitor::puts) - creatingPuts,
        ledger.count(Told.UPDATED));
    check(
        "REMOVED told " + how + " = removes answered by true",
        sum(Visitor::removals),
        ledger.count(Told.REMOVED));
    check(
        "evictions told " + how + " = evictions in the statistics",
        counters.evictions(),
        ledger.count(Told.EVICTED));
    check(
        "EXPIRED told " + how + " = created - evicted - removed - present",
        source.loads()
            + creatingPuts
            - counters.evictions()
            - sum(Visitor::removals)
            - counters.present(),
        ledger.count(Told.EXPIRED));
    check(
        "values not told " + how + " to begin and then end, once each = none",
        0,
        ledger.wrongLives(source.made()));
  }

  private void checkTime() {
    check("values read after their time = none", 0, sum(Visitor::staleReads));
    long early = 0;
    for (int serial = 0; serial < source.made(); serial++) {
      if (agesByItself(serial) && overdueNanos(serial) < 0) {
        early++;
      }
    }
    check("values expired before their time = none", 0, early);
  }

  /** Whether the value expired at the age of its entry, not at that of a value it replaced. */
  private boolean agesByItself(int serial) {
    return synchronous.wasTold(Told.EXPIRED, serial) && synchronous.wasTold(Told.CREATED, serial);
  }

  private long overdueNanos(int serial) {
    long age = synchronous.expiredNanos(serial) - source.madeNanos(serial);
    return age - settings.timeToLive().toNanos();
  }

  private long sum(ToLongFunction<Visitor> count) {
    return visitors.stream().mapToLong(count).sum();
  }

  private void check(String claim, long expected, long found) {
    checks.add(new Check(claim, expected, found));
  }

  /** The figures, in the order in which a person would ask for them. */
  List<Check> checks() {
    return List.copyOf(checks);
  }

  /** How the pass ran. */
  ListenerPass.Settings settings() {
    return settings;
  }

  /** The events told to both listeners together. */
  long events() {
    long events = 0;
    for (Told told : Told.values()) {
      events += synchronous.count(told) + asynchronous.count(told);
    }
    return events - synchronous.count(Told.REPLACED) - asynchronous.count(Told.REPLACED);
  }

  /** The longest time an expired value waited for its event, in nanoseconds. */
  long latestExpirationNanos() {
    long latest = 0;
    for (int serial = 0; serial < source.made(); serial++) {
      if (agesByItself(serial)) {
        latest = Math.max(latest, overdueNanos(serial));
      }
    }
    return latest;
  }
}
