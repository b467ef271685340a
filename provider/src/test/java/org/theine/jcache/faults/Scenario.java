package org.theine.jcache.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An operation in a cache of some kind on keys in some state, and what comes of it without a fault.
 */
final class Scenario {
  final Profile profile;
  final Start start;
  final Call call;

  /** How often callbacks were called, by the place that they were called from. */
  final Map<Trap.Site, Integer> calls;

  final Observation before;
  final Observation after;
  final String result;

  Scenario(Profile profile, Start start, Call call) {
    this.profile = profile;
    this.start = start;
    this.call = call;
    try (World world = new World(profile, start)) {
      Threads.End end = start(world).join(toString());
      world.executor.awaitQuiet();
      this.calls = world.trap.calls();
      world.trap.disarm();
      if (end.failure() != null) {
        throw new AssertionError("failed without a fault: " + this, end.failure());
      }
      this.before = world.before;
      this.after = Observation.of(world);
      this.result = World.text(end.result());
    }
  }

  /** Starts the operation in a thread of its own, where the trap springs. */
  Threads.Running start(World world) {
    return Threads.start(
        () -> {
          world.trap.watch();
          try {
            return run(world, world.told);
          } finally {
            world.trap.leave();
          }
        });
  }

  @Nullable Object run(World world, List<Object> told) {
    @Nullable Object result = call.run(world, told);
    return call.invokesAll() ? result : World.text(result);
  }

  static List<Scenario> all() {
    List<Scenario> all = new ArrayList<>();
    for (Profile profile : Profile.values()) {
      for (Start start : Start.values()) {
        if (start != Start.EXPIRED || profile.has(Profile.Trait.EXPIRY)) {
          for (Call call : Call.values()) {
            if (call.isPossible(profile)) {
              all.add(new Scenario(profile, start, call));
            }
          }
        }
      }
    }
    return all;
  }

  @Override
  public String toString() {
    return profile + " " + call + " " + start;
  }
}
