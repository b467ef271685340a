package org.theine.jcache.bench.footprint;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.theine.jcache.bench.Medians;
import org.theine.jcache.bench.speed.Contestant;
import org.theine.jcache.bench.speed.Setting;

/** The figures as lines of text, in plain ASCII, with what was wanted. Not thread-safe. */
final class FootprintTable {
  private static final double COLLECTION_GOAL = 0.75;

  private final Medians<Task> figures;
  private final StringBuilder text = new StringBuilder();

  private FootprintTable(Medians<Task> figures) {
    this.figures = figures;
  }

  /** All that was measured. */
  static String of(Medians<Task> figures) {
    FootprintTable table = new FootprintTable(figures);
    for (int count : table.counts(Part.ENTRIES)) {
      table.entries(count);
    }
    for (int count : table.counts(Part.COLLECTION)) {
      table.collection(count);
    }
    for (int count : table.counts(Part.BREAKDOWN)) {
      table.breakdown(count);
    }
    for (int count : table.counts(Part.CACHES)) {
      table.caches(count);
    }
    return table.text.toString();
  }

  /** What an entry may take beyond the map's; 0 where nothing is wanted. */
  static double goal(Setting setting) {
    return switch (setting) {
      case ROOMY, UNBOUNDED -> 28;
      case TOUCHED -> 48;
      default -> 0;
    };
  }

  private void entries(int count) {
    line(
        "%nBytes per entry of %,d, keys and values not counted (beyond ConcurrentHashMap's)",
        count);
    line("");
    line(
        "%-18s%s",
        "",
        Part.ENTRIES.settings().stream()
            .map(setting -> format("%18s", setting.name().toLowerCase(Locale.ROOT)))
            .collect(Collectors.joining()));
    for (Contestant contestant : contestants(Part.ENTRIES, count)) {
      line(
          "%-18s%s",
          contestant.title(),
          Part.ENTRIES.settings().stream()
              .map(setting -> cell(setting, count, contestant))
              .collect(Collectors.joining()));
    }
    line(
        "%-18s%s",
        "goal for ours",
        Part.ENTRIES.settings().stream()
            .map(
                setting ->
                    format("%18s", goal(setting) == 0 ? "" : format("(< %.0f)", goal(setting))))
            .collect(Collectors.joining()));
  }

  private String cell(Setting setting, int count, Contestant contestant) {
    double bytes = figures.get(new Task(Part.ENTRIES, setting, count, contestant), EntryUse.BYTES);
    double beyond =
        bytes
            - figures.get(
                new Task(Part.ENTRIES, Setting.UNBOUNDED, count, Contestant.MAP), EntryUse.BYTES);
    if (Double.isNaN(bytes)) {
      return format("%18s", "-");
    }
    boolean missed = contestant == Contestant.THEINE && goal(setting) > 0 && beyond > goal(setting);
    return format("%18s", format("%.1f (%+.1f)%s", bytes, beyond, missed ? " !" : ""));
  }

  private void collection(int count) {
    line(
        "%nFull collection with %,d entries, ms (goal for ours: < %.2f of Caffeine-jcache's)%n",
        count, COLLECTION_GOAL);
    line("%-18s%15s%20s%15s", "", "processor", "to Caffeine-jcache", "collector");
    Setting setting = Setting.ROOMY;
    double base =
        figures.get(
            new Task(Part.COLLECTION, setting, count, Contestant.CAFFEINE_JCACHE),
            CollectionTime.PROCESSOR);
    for (Contestant contestant : contestants(Part.COLLECTION, count)) {
      Task task = new Task(Part.COLLECTION, setting, count, contestant);
      double cpu = figures.get(task, CollectionTime.PROCESSOR);
      line(
          "%-18s%15.0f%20s%15.0f",
          contestant.title(),
          cpu,
          Double.isNaN(base) ? "-" : format("%.2f", cpu / base),
          figures.get(task, CollectionTime.COLLECTOR));
    }
  }

  private void breakdown(int count) {
    List<Task> tasks =
        figures.tasks().stream()
            .filter(task -> task.part() == Part.BREAKDOWN && task.count() == count)
            .toList();
    line(
        "%nWhere the bytes of %,d entries are, per entry; arrays by the field that has them%n",
        count);
    line(
        "%-32s%s",
        "",
        tasks.stream()
            .map(task -> format("%12s", task.setting().name().toLowerCase(Locale.ROOT)))
            .collect(Collectors.joining()));
    List<String> names =
        tasks.stream()
            .flatMap(task -> figures.names(task).stream())
            .distinct()
            .sorted(Comparator.comparing(FootprintTable::isSum)) // else as they came
            .toList();
    for (String name : names) {
      line(
          "%-32s%s",
          name,
          tasks.stream()
              .map(task -> figures.get(task, name))
              .map(bytes -> bytes.isNaN() ? format("%12s", "-") : format("%12.2f", bytes))
              .collect(Collectors.joining()));
    }
  }

  private static boolean isSum(String name) {
    return name.equals(Breakdown.SUM) || name.equals(Breakdown.REST);
  }

  private void caches(int count) {
    line("%n%,d caches that nobody uses, bounded to 10,000 entries%n", count);
    line(
        "%-18s%10s%12s%12s%18s%18s",
        "", "setting", "made", "bytes each", "threads started", "threads running");
    for (Task task : figures.tasks()) {
      if (task.part() == Part.CACHES && task.count() == count) {
        line(
            "%-18s%10s%,12.0f%,12.0f%,18.0f%,18.0f",
            task.contestant().title(),
            task.setting().name().toLowerCase(Locale.ROOT),
            figures.get(task, CacheUse.MADE),
            figures.get(task, CacheUse.BYTES),
            figures.get(task, CacheUse.STARTED),
            figures.get(task, CacheUse.RUNNING));
      }
    }
  }

  private Set<Integer> counts(Part part) {
    return figures.tasks().stream()
        .filter(task -> task.part() == part)
        .map(Task::count)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Set<Contestant> contestants(Part part, int count) {
    return figures.tasks().stream()
        .filter(task -> task.part() == part && task.count() == count)
        .map(Task::contestant)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void line(String pattern, Object... arguments) {
    text.append(format(pattern, arguments)).append('\n');
  }

  private static String format(String pattern, Object... arguments) {
    return String.format(Locale.ROOT, pattern, arguments);
  }
}
