package org.theine.jcache.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.function.Executable;

/**
 * Whatever of the user's goes wrong, in whatever operation, the cache stays right and usable: one
 * test for each operation in each kind of cache on keys in each state, with a cell for each fault
 * at each call of a callback.
 */
final class FaultMatrixTest {
  /** Failed cells after which the rest is not run: each may have waited for long. */
  private static final int ENOUGH = 10;

  /** Faults that each call of a callback meets also where other caches do the same. */
  private static final Set<Fault> EVERYWHERE = EnumSet.of(Fault.ERROR, Fault.HANGS);

  private static Log log;
  private static List<Scenario> scenarios;
  private static int failed;

  @BeforeAll
  static void measure() {
    log = new Log();
    scenarios = Scenario.all();
    failed = 0;
  }

  @AfterAll
  static void leaveTheLog() {
    log.close();
  }

  /** Every fault at every call. */
  static Map<Scenario, List<Cell>> allCells(List<Scenario> scenarios) {
    Map<Scenario, List<Cell>> all = new LinkedHashMap<>();
    for (Scenario scenario : scenarios) {
      List<Cell> cells = all.computeIfAbsent(scenario, absent -> new ArrayList<>());
      scenario.calls.forEach(
          (site, calls) -> {
            for (int number = 1; number <= numbers(site, calls); number++) {
              for (Fault fault : Fault.values()) {
                cells.add(new Cell(scenario, site, number, fault));
              }
            }
          });
    }
    return all;
  }

  /** How many calls of a site get a fault: a skip list compares more or less by chance. */
  private static int numbers(Trap.Site site, int calls) {
    return site.callback() == Callback.KEY_COMPARE_TO ? Math.min(6, (calls + 3) / 4) : calls;
  }

  /**
   * Every fault at the first call from each site of an operation, in one kind of cache; in all
   * others an error and a hanging at the last call.
   */
  static Map<Scenario, List<Cell>> someCells(List<Scenario> scenarios) {
    Map<Scenario, List<Cell>> some = new LinkedHashMap<>();
    Set<List<Object>> seen = new HashSet<>();
    for (Scenario scenario : scenarios) {
      List<Cell> cells = some.computeIfAbsent(scenario, absent -> new ArrayList<>());
      scenario.calls.forEach(
          (site, calls) -> {
            boolean isNew = seen.add(List.of(scenario.call, scenario.start, site));
            for (Fault fault : isNew ? EnumSet.allOf(Fault.class) : EVERYWHERE) {
              cells.add(new Cell(scenario, site, isNew ? 1 : numbers(site, calls), fault));
            }
          });
    }
    return some;
  }

  private static Stream<DynamicTest> tests(Map<Scenario, List<Cell>> cells) {
    return cells.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey().toString(),
                    () ->
                        Assertions.assertAll(
                            entry.getValue().stream().map(FaultMatrixTest::executable))));
  }

  private static Executable executable(Cell cell) {
    return () -> {
      assertThat(failed).as("cells that have failed; the rest is not run").isLessThan(ENOUGH);
      try {
        cell.run(log);
      } catch (Throwable e) {
        failed++;
        throw new AssertionError(cell.toString(), e);
      }
    };
  }

  @TestFactory
  Stream<DynamicTest> fault_inACallback_leavesTheCacheRightAndUsable() {
    return tests(someCells(scenarios));
  }

  @TestFactory
  @Tag("full")
  Stream<DynamicTest> fault_inEveryCallOfACallback_leavesTheCacheRightAndUsable() {
    return tests(allCells(scenarios));
  }

  @Test
  void callbacks_areReachedByTheOperationsThatMustReachThem() {
    Map<Callback, Set<Call>> reached = new EnumMap<>(Callback.class);
    for (Scenario scenario : scenarios) {
      scenario
          .calls
          .keySet()
          .forEach(
              site ->
                  reached
                      .computeIfAbsent(site.callback(), absent -> EnumSet.noneOf(Call.class))
                      .add(scenario.call));
    }
    Map<Callback, Set<Call>> demanded = Coverage.demanded();
    assertThat(demanded).containsOnlyKeys(Callback.values());
    demanded.forEach(
        (callback, calls) ->
            assertThat(reached.get(callback)).as("%s", callback).containsAll(calls));
  }

  @Test
  void cells_areNotFewerThanTheyWere(TestReporter reporter) {
    long some = count(someCells(scenarios));
    long all = count(allCells(scenarios));
    reporter.publishEntry("cells", some + " of " + all);
    assertThat(some).isGreaterThan(23_000);
    assertThat(all).isGreaterThan(110_000);
  }

  private static long count(Map<Scenario, List<Cell>> cells) {
    return cells.values().stream().mapToLong(List::size).sum();
  }
}
