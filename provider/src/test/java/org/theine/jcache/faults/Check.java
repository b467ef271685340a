package org.theine.jcache.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Compares a world after a fault with the one before it and with one without a fault. */
final class Check {
  private final Scenario scenario;
  private final World world;
  private final Observation before;
  private final Observation after;

  Check(Scenario scenario, World world) {
    this.scenario = scenario;
    this.world = world;
    this.before = world.before;
    this.after = Observation.of(world);
  }

  /** The caller got what he gets without a fault. */
  void assertResult(Threads.End end) {
    assertThat(plain(end)).as("result").isEqualTo(plain(scenario.result));
  }

  private static String plain(Threads.End end) {
    return plain(World.text(end.result()));
  }

  /** Without what differs from run to run. */
  private static String plain(String result) {
    return result.replaceAll("@[0-9a-f]+", "");
  }

  /** As without a fault. */
  void assertDone() {
    for (int id : world.ids()) {
      assertDone(id);
    }
    for (int counter = 0; counter < 3; counter++) {
      assertThat(after.countedSince(before, counter))
          .as("puts, removals, evictions: counter %d", counter)
          .isEqualTo(scenario.after.countedSince(scenario.before, counter));
    }
  }

  /** As without a fault, or evicted by others. */
  void assertDoneBesideOthers(Threads.End end) {
    world.ids().forEach(this::assertDone);
    if (world.ids().stream().noneMatch(this::isEvicted)) {
      // A walk over the cache may come across what the others have put meanwhile.
      assertThat(plain(end).replaceAll("key 1\\d{3}=[^,}]*(, |(?=}))", "").replace(", }", "}"))
          .as("result")
          .isEqualTo(plain(scenario.result));
    }
  }

  private void assertDone(int id) {
    if (isEvicted(id)) {
      assertThat(after.written(id))
          .as("written for the evicted key %d", id)
          .isIn(before.written(id), scenario.after.written(id));
    } else {
      assertThat(after.written(id))
          .as("written for key %d", id)
          .isEqualTo(scenario.after.written(id));
      assertThat(after.value(id)).as("value of key %d", id).isEqualTo(scenario.after.value(id));
      assertThat(heard(id)).as("events of key %d", id).isEqualTo(expectedEvents(id));
    }
  }

  private List<String> expectedEvents(int id) {
    return scenario.after.heardSince(scenario.before, id);
  }

  private List<String> heard(int id) {
    return after.heardSince(before, id);
  }

  /** Evicted here, or without a fault: then the bound chose another one. */
  private boolean isEvicted(int id) {
    List<String> events = heard(id);
    boolean here = events.stream().anyMatch(event -> event.startsWith("EVICTED"));
    if (here && events.get(events.size() - 1).startsWith("EVICTED")) {
      assertThat(after.value(id)).as("value of the evicted key %d", id).isNull();
    }
    boolean there = expectedEvents(id).stream().anyMatch(event -> event.startsWith("EVICTED"));
    return here || there;
  }

  /** As before; what has expired may have been told. */
  void assertUndone() {
    for (int id : world.ids()) {
      assertUndone(id);
    }
    assertThat(after.countedSince(before, 0)).as("puts").isZero();
    assertThat(after.countedSince(before, 1)).as("removals").isZero();
    assertThat(after.countedSince(before, 2)).as("evictions").isZero();
    assertDeadline();
  }

  private void assertUndone(int id) {
    assertThat(after.value(id)).as("value of key %d", id).isEqualTo(before.value(id));
    assertThat(after.written(id)).as("written for key %d", id).isEqualTo(before.written(id));
    assertOnlyExpiration(id);
  }

  private void assertOnlyExpiration(int id) {
    List<String> events = new ArrayList<>(heard(id));
    if (!events.isEmpty() && isExpired(id)) {
      assertThat(events.remove(0)).startsWith("EXPIRED");
    }
    assertThat(events).as("events of key %d", id).isEmpty();
  }

  private boolean isExpired(int id) {
    return scenario.start == Start.EXPIRED && (id == World.A || id == World.B);
  }

  private void assertDeadline() {
    boolean hasDeadline =
        scenario.start == Start.PRESENT
            && world.has(Profile.Trait.EXPIRY)
            && !world.has(Profile.Trait.TOUCH);
    if (hasDeadline) {
      world.advanceNanos(9 * 60_000_000_000L - 1);
      assertThat(world.cache.containsKey(world.a())).as("alive before its deadline").isTrue();
      world.advanceNanos(1);
      assertThat(world.cache.containsKey(world.a())).as("alive at its deadline").isFalse();
    }
  }

  /** Each key as before or as without a fault; writer, listeners and statistics agree. */
  void assertByKey() {
    for (int id : world.ids()) {
      if (isUndone(id)) {
        assertUndone(id);
      } else {
        assertDone(id);
      }
    }
    assertCounted(0, "puts", "CREATED", "UPDATED");
    assertCounted(1, "removals", "REMOVED");
    assertCounted(2, "evictions", "EVICTED");
  }

  /** A counter agrees with what listeners heard, if it does so without a fault. */
  private void assertCounted(int counter, String name, String... kinds) {
    long without = scenario.after.countedSince(scenario.before, counter);
    boolean agrees = without == events(scenario.before, scenario.after, kinds);
    assertThat(after.countedSince(before, counter))
        .as(name)
        .isEqualTo(agrees ? events(before, after, kinds) : without);
  }

  private static long events(Observation earlier, Observation later, String... kinds) {
    return later.heard().keySet().stream()
        .flatMap(id -> later.heardSince(earlier, id).stream())
        .filter(event -> List.of(kinds).contains(event.substring(0, event.indexOf(' '))))
        .count();
  }

  private boolean isUndone(int id) {
    List<String> events = new ArrayList<>(heard(id));
    if (isExpired(id)) {
      events.removeIf(event -> event.startsWith("EXPIRED"));
    }
    return events.isEmpty()
        && Objects.equals(after.value(id), before.value(id))
        && Objects.equals(after.written(id), before.written(id));
  }
}
