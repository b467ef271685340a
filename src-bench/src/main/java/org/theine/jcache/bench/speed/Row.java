package org.theine.jcache.bench.speed;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * A row of the table: one thing that is done, by each contestant.
 *
 * @param title what it is called, with the number of threads if that is not one
 * @param benchmark the class with the {@link Benchmark}
 * @param method its name
 * @param threads how many threads do it
 * @param setting how the caches are configured
 * @param kind what their keys are
 * @param keys how many
 * @param floor what has no JCache API and is shown beside, the measure of the row
 * @param contestants who takes part
 * @param goal what we want to reach
 */
record Row(
    String title,
    Class<?> benchmark,
    String method,
    int threads,
    Setting setting,
    KeyKind kind,
    int keys,
    Contestant floor,
    Set<Contestant> contestants,
    Goal goal) {

  private static final int KEYS = 65_536;
  private static final int MANY = 10_000_000;

  private static final Set<Contestant> ALL = EnumSet.allOf(Contestant.class);
  private static final Set<Contestant> PROVIDERS =
      EnumSet.of(
          Contestant.THEINE,
          Contestant.CAFFEINE_JCACHE,
          Contestant.EHCACHE_JCACHE,
          Contestant.CACHE2K_JCACHE);

  /**
   * What we want to reach, each as how many times as fast; 0 for nothing in particular.
   *
   * @param floor as the floor
   * @param best as the best rival
   * @param caffeine as the JCache adapter of Caffeine
   * @param bytes allocated per operation, at most; negative if it does not matter
   */
  record Goal(double floor, double best, double caffeine, double bytes) {}

  /** All rows, in the order of the table. */
  static List<Row> all() {
    List<Row> rows = new ArrayList<>();
    Row get = read("get", Setting.ROOMY, new Goal(0.60, 1.25, 4, 0));
    rows.add(get);
    rows.add(get.by(2, new Goal(0.55, 1.25, 2.5, 0)));
    rows.add(write("get/put 75/25", "mix", new Goal(0.40, 2, 4, 16)));
    rows.add(write("put over existing", "put", new Goal(0.35, 2.2, 5, 48)));
    Row evicting =
        row("evicting, 10 x capacity", EvictionBenchmark.class, "request", Setting.TIGHT)
            .against(Contestant.CAFFEINE, bounded(ALL), new Goal(2, 1.2, 2.5, 60));
    rows.add(evicting);
    rows.add(evicting.by(2, new Goal(1.5, 1.5, 2, 60)));
    rows.add(read("get, created expiry", Setting.CREATED_1H, new Goal(0.55, 1.1, 5, 0)));
    rows.add(read("get, touched expiry", Setting.TOUCHED, new Goal(0.45, 4, 6, 0)));
    rows.add(read("get, accessed expiry", Setting.ACCESSED, new Goal(0.45, 4, 6, 0)));
    rows.add(read("get, statistics on", Setting.STATISTICS, new Goal(0.45, 1, 5, 0)));
    rows.add(
        row("get by value, bean", BeanBenchmark.class, "get", Setting.BY_VALUE)
            .against(Contestant.MAP, beside(PROVIDERS), new Goal(0, 1.6, 1.6, 4000)));
    rows.add(read("get by value, Integer", Setting.BY_VALUE, new Goal(0.55, 1.1, 1.5, 0)));
    rows.add(invoke("invoke, reading", "read", new Goal(0, 2, 2, 64)));
    rows.add(invoke("invoke, updating", "update", new Goal(0, 2.5, 2.5, 96)));
    rows.add(
        row("getAll(100)", BulkBenchmark.class, "getAll", Setting.ROOMY)
            .against(Contestant.MAP, beside(PROVIDERS), new Goal(0.55, 2, 4, 6500)));
    rows.add(
        row("put, synchronous listener", WriteBenchmark.class, "put", Setting.LISTENER)
            .against(Contestant.MAP, beside(PROVIDERS), new Goal(0, 1.2, 150, 200)));
    rows.add(
        row("read-through, evicting", EvictionBenchmark.class, "load", Setting.READ_THROUGH)
            .against(Contestant.CAFFEINE, bounded(ALL), new Goal(0, 1.2, 2.5, 80)));
    rows.add(
        row("create, put, destroy", LifeBenchmark.class, "createPutDestroy", Setting.ROOMY)
            .against(Contestant.THEINE, PROVIDERS, new Goal(0, 1, 1, 25_000)));
    rows.addAll(further());
    return rows;
  }

  /** How the time grows with the number of entries, from one that fits the nearest memory. */
  static List<Row> bySize() {
    List<Row> rows = new ArrayList<>();
    Row get = read("get", Setting.ROOMY, new Goal(0, 1, 1, 0));
    Row evicting =
        row("evicting", EvictionBenchmark.class, "request", Setting.TIGHT)
            .against(Contestant.CAFFEINE, bounded(ALL), new Goal(0, 1, 1, 60));
    for (int entries = 1_000; entries <= MANY; entries *= 10) {
      rows.add(sized(get, entries, entries));
    }
    for (int entries = 1_000; entries <= MANY / 10; entries *= 10) {
      rows.add(sized(evicting, entries, 10 * entries));
    }
    return rows;
  }

  private static Row sized(Row row, int entries, int keys) {
    String title = String.format(Locale.ROOT, "%s, %,d entries", row.title, entries);
    return row.named(title).of(row.kind, keys);
  }

  private static List<Row> further() {
    Goal best = new Goal(0, 1, 1, 0);
    Row get = read("get", Setting.ROOMY, best);
    return List.of(
        row("get after four other caches", WarmedBenchmark.class, "get", Setting.ROOMY)
            .against(Contestant.MAP, ALL, best),
        get.named("get, String keys").of(KeyKind.STRING, KEYS),
        get.named("get, composite keys").of(KeyKind.COMPOSITE, KEYS),
        get.named("get, 10 million entries").of(KeyKind.INTEGER, MANY),
        page("page of 20 entities, by reference", Setting.ROOMY, ALL, best),
        page(
            "page of 20 entities, by value",
            Setting.BY_VALUE,
            beside(PROVIDERS),
            new Goal(0, 1, 1, 80_000)),
        read("get, lives 5 s", Setting.CREATED_5S, new Goal(0, 1, 1, 16)), // some are put anew
        read("get, lives 5 min", Setting.CREATED_5MIN, best));
  }

  private static Row row(String title, Class<?> benchmark, String method, Setting setting) {
    return new Row(
        title,
        benchmark,
        method,
        1,
        setting,
        KeyKind.INTEGER,
        KEYS,
        Contestant.MAP,
        ALL,
        new Goal(0, 0, 0, -1));
  }

  private static Row read(String title, Setting setting, Goal goal) {
    Set<Contestant> contestants = EnumSet.copyOf(ALL);
    if (setting.prolongs()) {
      contestants.remove(Contestant.CACHE2K); // has no such expiry by its own API
    }
    return row(title, ReadBenchmark.class, "get", setting)
        .against(Contestant.MAP, contestants, goal);
  }

  private static Row page(String title, Setting setting, Set<Contestant> contestants, Goal goal) {
    return row(title, PageBenchmark.class, "load", setting)
        .against(Contestant.MAP, contestants, goal)
        .of(KeyKind.COMPOSITE, KEYS);
  }

  private static Row write(String title, String method, Goal goal) {
    return row(title, WriteBenchmark.class, method, Setting.ROOMY)
        .against(Contestant.MAP, ALL, goal);
  }

  private static Row invoke(String title, String method, Goal goal) {
    Set<Contestant> contestants = EnumSet.copyOf(PROVIDERS);
    contestants.add(Contestant.REFERENCE);
    return row(title, InvokeBenchmark.class, method, Setting.ROOMY)
        .against(Contestant.THEINE, contestants, goal);
  }

  private static Set<Contestant> beside(Set<Contestant> providers) {
    Set<Contestant> contestants = EnumSet.copyOf(providers);
    contestants.add(Contestant.MAP);
    return contestants;
  }

  private static Set<Contestant> bounded(Set<Contestant> all) {
    Set<Contestant> contestants = EnumSet.copyOf(all);
    contestants.remove(Contestant.MAP);
    contestants.remove(Contestant.REFERENCE);
    return contestants;
  }

  private Row against(Contestant newFloor, Set<Contestant> newContestants, Goal newGoal) {
    return new Row(
        title, benchmark, method, threads, setting, kind, keys, newFloor, newContestants, newGoal);
  }

  private Row by(int newThreads, Goal newGoal) {
    String newTitle = title + ", " + newThreads + " threads";
    return new Row(
        newTitle, benchmark, method, newThreads, setting, kind, keys, floor, contestants, newGoal);
  }

  private Row named(String newTitle) {
    return new Row(
        newTitle, benchmark, method, threads, setting, kind, keys, floor, contestants, goal);
  }

  private Row of(KeyKind newKind, int newKeys) {
    return new Row(
        title, benchmark, method, threads, setting, newKind, newKeys, floor, contestants, goal);
  }
}
