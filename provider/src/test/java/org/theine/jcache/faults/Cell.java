package org.theine.jcache.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.cache.CacheException;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.CacheAudit;

/**
 * One fault at one call of a callback in one operation.
 *
 * @param number of the call, among those from the same site; from 1
 */
record Cell(Scenario scenario, Trap.Site site, int number, Fault fault) {
  /** Runs of a cell whose trap does not spring: a skip list compares more or less by chance. */
  private static final int TRIES = 20;

  @Override
  public String toString() {
    return scenario + ": " + site + " call " + number + " " + fault;
  }

  void run(Log log) {
    for (int tries = 0; tries < TRIES; tries++) {
      log.forget();
      try (World world = new World(scenario.profile, scenario.start)) {
        world.trap.arm(site, number, fault);
        if (fault.hangs() ? hang(world) : strike(world, log)) {
          assertUsable(world);
          return;
        }
      }
    }
    throw new AssertionError("the callback is not called any more");
  }

  // --------------------------------------------------------------------------- what throws

  private boolean strike(World world, Log log) {
    Threads.End end = scenario.start(world).join("the operation");
    world.executor.awaitQuiet();
    world.trap.disarm();
    if (!world.trap.hasStruck()) {
      return false;
    }
    Check check = new Check(scenario, world);
    Throwable thrown = world.trap.thrown();
    if (thrown == null) {
      assertThat(end.interrupted()).as("interrupt flag").isEqualTo(!site.inTask());
      assertThat(end.failure()).as("failure of the interrupted").isNull();
      check.assertResult(end);
      check.assertDone();
      return true;
    }
    if (end.failure() != null && isCollectedByCompareTo()) {
      assertPasses(world, end, thrown);
      check.assertByKey();
      return true;
    }
    Rules.Rule rule = Rules.of(scenario.call, site, thrown);
    assertTold(rule, world, end, thrown, log);
    switch (rule.effect()) {
      case DONE -> check.assertDone();
      case UNDONE -> check.assertUndone();
      case BY_KEY -> check.assertByKey();
    }
    return true;
  }

  /** Collections of the JDK, which removeAll uses, compare keys of one hash too. */
  private boolean isCollectedByCompareTo() {
    return site.callback() == Callback.KEY_COMPARE_TO && scenario.call == Call.REMOVE_ALL;
  }

  private void assertTold(
      Rules.Rule rule, World world, Threads.End end, Throwable thrown, Log log) {
    if (scenario.call.isAsynchronous()) {
      boolean loaderCalled = end.failure() == null && world.has(Profile.Trait.LOADER);
      assertThat(world.told).as("ends told").hasSize(loaderCalled || end.failure() == null ? 1 : 0);
    }
    if (site.callback().kind == Callback.Kind.OBJECT && site.within().isEmpty()) {
      assertPasses(world, end, thrown);
      return;
    }
    switch (rule.hearer()) {
      case CALLER -> assertShape(end.failure(), rule, thrown);
      case COMPLETION_LISTENER -> {
        assertThat(end.failure()).as("failure of the caller").isNull();
        assertShape(world.told.get(0), rule, thrown);
      }
      case RESULT_OF_THE_KEY -> {
        assertThat(end.failure()).as("failure of the caller").isNull();
        assertShape(failureIn(end.result()), rule, thrown);
      }
      case LOG, NOBODY -> {
        assertThat(end.failure()).as("failure of the caller").isNull();
        new Check(scenario, world).assertResult(end);
        if (rule.hearer() == Rules.Hearer.LOG) {
          Threads.await("the failure in the log", () -> log.has(thrown));
        }
      }
      default -> throw new IllegalStateException(rule.toString());
    }
  }

  /** What equals and hashCode throw reaches the caller, as it is or as the cause of another. */
  private void assertPasses(World world, Threads.End end, Throwable thrown) {
    Object heard = end.failure();
    if (heard == null) {
      heard = scenario.call.isAsynchronous() ? world.told.get(0) : failureIn(end.result());
    }
    assertThat(heard).as("what is heard").isInstanceOf(Throwable.class);
    assertThat(Log.isCausedBy((Throwable) heard, thrown)).as("cause of %s", heard).isTrue();
    if (heard != thrown) {
      assertThat(heard).isInstanceOf(CacheException.class);
    }
  }

  private static void assertShape(@Nullable Object heard, Rules.Rule rule, Throwable thrown) {
    assertThat(heard).as("what is heard, by the rule %s", rule).isInstanceOf(Throwable.class);
    Throwable each = (Throwable) heard;
    for (Class<? extends Throwable> wrapper : rule.wrappers()) {
      assertThat(each).as("by the rule %s", rule).isExactlyInstanceOf(wrapper);
      each = each.getCause();
    }
    assertThat(each).as("by the rule %s", rule).isSameAs(thrown);
  }

  /** The failure of the one key that has failed. */
  private static @Nullable Throwable failureIn(@Nullable Object results) {
    Throwable failure = null;
    if (results instanceof Map<?, ?> map) {
      for (Object each : map.values()) {
        try {
          ((EntryProcessorResult<?>) each).get();
        } catch (EntryProcessorException e) {
          assertThat(failure).as("a second failure: %s", e).isNull();
          failure = e;
        }
      }
    }
    return failure;
  }

  // ---------------------------------------------------------------------------- what hangs

  private boolean hang(World world) {
    Threads.Running running = scenario.start(world);
    Threads.await(
        "a callback that hangs",
        () -> world.trap.hasStruck() || running.isDone() && world.executor.isQuiet());
    if (!world.trap.hasStruck()) {
      world.trap.disarm();
      return false;
    }
    boolean shardLocked = world.trap.isShardLocked();
    if (shardLocked) {
      Threads.run("a look at another key", () -> world.cache.containsKey(world.key(World.APART)));
    } else {
      Threads.run("operations on other keys", new Others(world));
    }
    boolean changedElsewhere =
        fault == Fault.WAITER_INTERRUPTED && !shardLocked && interruptAWaiter(world);
    world.trap.release();
    Threads.End end = running.join("the released operation");
    Threads.await("evictions that are told", world::hasToldEvictions);
    world.executor.awaitQuiet();
    world.trap.disarm();
    assertThat(end.failure()).as("failure of the released").isNull();
    if (scenario.call.isAsynchronous()) {
      assertThat(world.told).as("ends told").hasSize(1);
    }
    if (!changedElsewhere) {
      new Check(scenario, world).assertDoneBesideOthers(end);
    }
    return true;
  }

  /** The same operation in another thread; whether it may have changed something. */
  private boolean interruptAWaiter(World world) {
    List<Object> told = new CopyOnWriteArrayList<>();
    Threads.Running waiter = Threads.start(() -> scenario.run(world, told));
    waiter.awaitParkedOrDone();
    boolean waits = !waiter.isDone();
    if (waits) {
      waiter.interrupt();
    }
    Threads.End end = waiter.join("the interrupted operation");
    if (waits) {
      assertThat(end.interrupted()).as("interrupt flag").isTrue();
    }
    if (end.failure() != null) {
      assertThat(waits).as("waits").isTrue();
      assertThat(end.failure())
          .isInstanceOf(CacheException.class)
          .hasMessageContaining("interrupted");
    }
    return end.failure() == null || scenario.call.isBulk;
  }

  // ----------------------------------------------------------------------------- afterwards

  private void assertUsable(World world) {
    Threads.run("changes of all keys", () -> world.ids().forEach(id -> assertUsable(world, id)));
    Threads.run("removal of all", world.cache::removeAll);
    world.executor.awaitQuiet();
    CacheAudit.audit(world.cache);
    assertThat(world.cache.size()).as("size at the end").isZero();
    assertThat(world.cache.weight()).as("weight at the end").isZero();
    world.heard.forEach(
        (id, events) ->
            assertThat(world.heardLater.get(id))
                .as("events of key %d told asynchronously", id)
                .isEqualTo(events));
  }

  private static void assertUsable(World world, int id) {
    world.cache.put(world.key(id), world.value("usable"));
    Value value = world.cache.get(world.key(id));
    assertThat(value == null ? null : value.text).as("key %d", id).isEqualTo("usable");
    assertThat(world.cache.remove(world.key(id))).as("key %d is removed", id).isTrue();
    assertThat(world.cache.containsKey(world.key(id))).as("key %d is there", id).isFalse();
  }
}
