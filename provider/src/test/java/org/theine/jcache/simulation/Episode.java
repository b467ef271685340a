package org.theine.jcache.simulation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.management.CacheStatistics;
import org.theine.jcache.management.CacheStatisticsBean;

/**
 * A cache and its model through some steps. Everything follows from the seed; steps can be left
 * out, callbacks kept from mischief, and the settings changed, with all else as it was. Immutable.
 *
 * @param seed of settings and steps
 * @param steps the numbers of the steps, ascending
 * @param calmed places where callbacks make no mischief
 * @param without parts of the settings that are left out
 * @param sabotage what is wrong with the cache
 */
record Episode(
    long seed,
    List<Integer> steps,
    Set<Long> calmed,
    Set<Settings.Part> without,
    Sabotage sabotage) {
  private static final int STEPS_BETWEEN_AUDITS = 16;

  /** A closed cache refuses everything: some more steps are enough. */
  private static final int STEPS_WHEN_CLOSED = 8;

  /** Of all steps, so that the mischief of one does not depend on the others. */
  private static final long STEP_FACTOR = 0x9E3779B97F4A7C15L;

  static Episode of(long seed, int steps, Sabotage sabotage) {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      all.add(i);
    }
    return new Episode(seed, all, Set.of(), Set.of(), sabotage);
  }

  Settings settings() {
    return Settings.of(seed, without);
  }

  Episode with(List<Integer> fewerSteps, Set<Long> moreCalmed) {
    return new Episode(seed, fewerSteps, moreCalmed, without, sabotage);
  }

  Episode without(Settings.Part part) {
    Set<Settings.Part> parts = new HashSet<>(without);
    parts.add(part);
    return new Episode(seed, steps, calmed, parts, sabotage);
  }

  /** How an episode went. */
  static final class Outcome {
    /** Steps taken. */
    int taken;

    /** Things recorded. */
    long recorded;

    /** Of all that happened. */
    long hash;

    /** What went wrong in the last step; null if nothing did. */
    @Nullable String failure;

    /** Places of the mischief made. */
    final Set<Long> mischief = new LinkedHashSet<>();
  }

  Outcome run() {
    return run(line -> {});
  }

  /** Runs it, telling what happens. */
  Outcome run(Consumer<List<Item>> history) {
    Settings settings = settings();
    World world = new World(settings, calmed, null, sabotage);
    World other = new World(settings, calmed, world, Sabotage.NONE);
    Outcome outcome = new Outcome();
    try (RealCache cache = new RealCache(world, sabotage)) {
      world.populate(cache);
      ModelCache model = new ModelCache(other);
      other.populate(model);
      int whenClosed = STEPS_WHEN_CLOSED;
      for (int step : steps) {
        step(step, world, cache, other, model, outcome);
        history.accept(world.items());
        if (outcome.failure != null || model.isClosed() && --whenClosed == 0) {
          break;
        }
      }
      if (outcome.failure == null) {
        outcome.failure = audit(cache);
      }
    }
    return outcome;
  }

  private void step(
      int step, World world, RealCache cache, World other, ModelCache model, Outcome outcome) {
    long place = seed * 31 + (step + 1) * STEP_FACTOR;
    world.step(place, () -> Operations.step(world));
    other.step(place, () -> Operations.step(other));
    outcome.taken++;
    outcome.recorded += world.items().size();
    outcome.hash = 31 * outcome.hash + world.items().hashCode();
    outcome.mischief.addAll(world.mischief.made());
    outcome.failure = other.difference();
    if (outcome.failure == null) {
      outcome.failure = compare(world, cache, other, model);
    }
    if (outcome.failure == null && outcome.taken % STEPS_BETWEEN_AUDITS == 0) {
      outcome.failure = audit(cache);
    }
  }

  private static @Nullable String audit(RealCache cache) {
    try {
      cache.inside.audit();
      return null;
    } catch (RuntimeException | AssertionError e) {
      return "audit: " + e;
    }
  }

  // -------------------------------------------------------------------------------------
  // comparison

  private static @Nullable String compare(
      World world, RealCache cache, World other, ModelCache model) {
    List<String> differences = new ArrayList<>();
    world.quietly(() -> other.quietly(() -> compareEntries(cache, model, differences)));
    compareCounts(cache.inside.statistics(), model.entries.counts, differences);
    compare("total", model.entries.total(), cache.weight(), differences);
    if (cache.weight() > model.entries.maximum) {
      differences.add("the bound does not hold: " + cache.weight());
    }
    compare("tasks of the executor", other.tasks.size(), world.tasks.size(), differences);
    if (!other.behind.toString().equals(world.behind.toString())) {
      differences.add("store: expected " + other.behind + ", got " + world.behind);
    }
    return differences.isEmpty() ? null : String.join("\n", differences);
  }

  private static void compare(String what, long expected, long got, List<String> differences) {
    if (expected != got) {
      differences.add(what + ": expected " + expected + ", got " + got);
    }
  }

  private static void compareEntries(RealCache cache, ModelCache model, List<String> differences) {
    Set<Key> seen = new HashSet<>();
    cache.inside.forEach(
        (key, value, deadline) -> {
          seen.add(key);
          Node node = model.entries.table.get(key);
          if (node == null || node.stored == null) {
            differences.add("content: " + key + " should be absent, is " + value);
          } else if (model.given(node.stored).code() != ((Val) value).code()) {
            differences.add(
                "content: " + key + " should be " + model.given(node.stored) + ", is " + value);
          } else {
            compare("deadline of " + key, node.deadline, deadline, differences);
          }
        });
    for (Node node : model.entries.table.values()) {
      if (node.stored != null && !seen.contains(node.key)) {
        differences.add("content: " + node.key + " is missing");
      }
      if (node.locked) {
        differences.add("the model has left a key locked: " + node.key);
      }
    }
    compare("size", seen.size(), cache.size(), differences);
  }

  private static void compareCounts(
      CacheStatistics statistics, ModelCounts model, List<String> differences) {
    CacheStatisticsBean bean = new CacheStatisticsBean(statistics);
    CacheStatistics.Snapshot counts = statistics.snapshot();
    if (model.hits != counts.hits()
        || model.misses != counts.misses()
        || model.hits + model.misses != bean.getCacheGets()
        || model.puts != counts.puts()
        || model.removals != counts.removals()
        || model.evictions != counts.evictions()
        || model.expirations != counts.expirations()
        || model.loads != counts.loads()
        || model.loadFailures != counts.loadFailures()) {
      differences.add("statistics: expected " + model + "\n                 got " + counts);
    }
    float gets = Math.max(1, model.hits + model.misses);
    if (Math.abs(100 * model.hits / gets - bean.getCacheHitPercentage()) > 0.01
        || Math.abs(100 * model.misses / gets - bean.getCacheMissPercentage()) > 0.01) {
      differences.add("percentages: " + model + "\n        got " + counts);
    }
  }
}
