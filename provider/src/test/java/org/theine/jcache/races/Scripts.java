package org.theine.jcache.races;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.theine.jcache.races.Step.Actor;

/**
 * What the operations mean for one key, by the specification: a change is one instant between LOOK
 * and COMMIT, of which the first settles whether the mapping was alive and the second from when its
 * new life counts; what an operation does to several keys are instants of their own. Stateless.
 */
final class Scripts {
  private Scripts() {}

  /** Makes the steps of an operation that writes a value. */
  interface Script {
    List<Step> steps(Setting setting, int value);
  }

  static List<Step> nothing(Setting setting, int value) {
    return List.of();
  }

  // --------------------------------------------------------------------------------------- reading

  static List<Step> containsKey(Setting setting, int value) {
    return List.of(Step.free((key, me) -> me.answer(key.isAlive())));
  }

  /** Sees a mapping, then moves its deadline if it is the same by then. */
  private static void see(KeyState key, Actor me) {
    me.found = key.isAlive() ? key.cached : KeyState.NOTHING;
    me.foundDeadline = key.deadline;
  }

  private static void touchSeen(KeyState key, Actor me) {
    if (!key.setting.touches() || me.found == KeyState.NOTHING) {
      return;
    }
    if (key.cached != me.found || key.deadline != me.foundDeadline) {
      see(key, me);
    }
    if (me.found != KeyState.NOTHING) {
      key.touch();
    }
  }

  static List<Step> get(Setting setting, int value) {
    List<Step> steps = new ArrayList<>();
    steps.add(Step.free(Scripts::see));
    steps.add(
        Step.free(
            (key, me) -> {
              touchSeen(key, me);
              boolean hit = me.found != KeyState.NOTHING;
              key.hits += hit ? 1 : 0;
              key.misses += hit ? 0 : 1;
              me.answer(me.found);
              if (hit) {
                me.end();
              }
            }));
    if (setting.reads()) {
      steps.add(Step.look(Scripts::isAbsent));
      steps.add(Step.commit((key, me) -> me.answer(load(key, me))));
    }
    return steps;
  }

  private static boolean isAbsent(KeyState key) {
    return key.cached == KeyState.NOTHING;
  }

  /** Loads what is absent; a clear meanwhile keeps it from being stored. */
  private static int load(KeyState key, Actor me) {
    if (me.found == KeyState.NOTHING && key.stored != KeyState.NOTHING) {
      me.found = key.stored;
      if (!key.cleared) {
        key.create(key.stored);
      }
    }
    return me.found;
  }

  static List<Step> loadKeeping(Setting setting, int value) {
    return setting.reads()
        ? List.of(Step.look(Scripts::isAbsent), Step.commit(Scripts::load))
        : nothing(setting, value);
  }

  static List<Step> loadReplacing(Setting setting, int value) {
    return setting.reads()
        ? List.of(
            Step.look(key -> true),
            Step.commit(
                (key, me) -> {
                  if (me.found == KeyState.NOTHING) {
                    load(key, me);
                  } else if (key.stored != KeyState.NOTHING && !key.cleared) {
                    key.update(key.stored);
                  }
                }))
        : nothing(setting, value);
  }

  /** A key that leaves and comes again meanwhile may be seen a second time. */
  static List<Step> iterate(Setting setting, int value) {
    List<Step> steps = new ArrayList<>(lap(Step.Kind.FREE));
    steps.addAll(lap(Step.Kind.MAYBE));
    return steps;
  }

  static List<Step> iterateRemove(Setting setting, int value) {
    List<Step> steps = new ArrayList<>();
    for (Step.Kind begins : List.of(Step.Kind.FREE, Step.Kind.MAYBE)) {
      steps.addAll(lap(begins));
      steps.add(Step.look());
      steps.add(Step.commit(Scripts::erase));
    }
    return steps;
  }

  private static List<Step> lap(Step.Kind begins) {
    return List.of(
        new Step(
            begins,
            (key, me) -> {
              see(key, me);
              me.pinned = me.found;
              if (me.found == KeyState.NOTHING) {
                me.end();
              }
            }),
        Step.free(Scripts::see),
        Step.free(
            (key, me) -> {
              touchSeen(key, me);
              key.hits++;
              me.show(me.found == KeyState.NOTHING ? me.pinned : me.found);
            }));
  }

  // -------------------------------------------------------------------------------------- changing

  private static List<Step> change(BiConsumer<KeyState, Actor> commit) {
    return List.of(Step.look(), Step.commit(commit));
  }

  private static boolean count(KeyState key, Actor me) {
    boolean hit = me.found != KeyState.NOTHING;
    key.hits += hit ? 1 : 0;
    key.misses += hit ? 0 : 1;
    return hit;
  }

  private static void store(KeyState key, Actor me, int value) {
    key.write(value);
    key.puts++;
    if (me.found == KeyState.NOTHING) {
      key.create(value);
    } else {
      key.update(value);
    }
  }

  /** Whether there was a mapping. */
  private static boolean erase(KeyState key, Actor me) {
    key.write(KeyState.NOTHING);
    if (me.found == KeyState.NOTHING) {
      return false;
    }
    key.removals++;
    key.leave('R');
    return true;
  }

  static List<Step> put(Setting setting, int value) {
    return change((key, me) -> store(key, me, value));
  }

  static List<Step> getAndPut(Setting setting, int value) {
    return change(
        (key, me) -> {
          count(key, me);
          me.answer(me.found);
          store(key, me, value);
        });
  }

  static List<Step> putIfAbsent(Setting setting, int value) {
    return change(
        (key, me) -> {
          boolean present = count(key, me);
          me.answer(!present);
          if (!present) {
            store(key, me, value);
          }
        });
  }

  static List<Step> replace(Setting setting, int value) {
    return change(
        (key, me) -> {
          boolean present = count(key, me);
          me.answer(present);
          if (present) {
            store(key, me, value);
          }
        });
  }

  static List<Step> getAndReplace(Setting setting, int value) {
    return change(
        (key, me) -> {
          me.answer(me.found);
          if (count(key, me)) {
            store(key, me, value);
          }
        });
  }

  static List<Step> replaceIfEqual(Setting setting, int value) {
    return change(
        (key, me) -> {
          boolean acts = countEqual(key, me);
          me.answer(acts);
          if (acts) {
            store(key, me, value);
          }
        });
  }

  /**
   * Whether the value is the first one, 0; one that is another was looked at. The counters tell a
   * present key from an absent one.
   */
  private static boolean countEqual(KeyState key, Actor me) {
    boolean present = count(key, me);
    if (present && me.found != 0) {
      key.touch();
    }
    return me.found == 0;
  }

  static List<Step> remove(Setting setting, int value) {
    return change((key, me) -> me.answer(erase(key, me)));
  }

  static List<Step> removeEach(Setting setting, int value) {
    return change(Scripts::erase);
  }

  /** Looks which keys there are, and removes them whatever has become of them. */
  static List<Step> removeAll(Setting setting, int value) {
    return List.of(
        Step.free(
            (key, me) -> {
              if (!key.isAlive()) {
                me.end();
              }
            }),
        Step.look(),
        Step.commit(Scripts::erase));
  }

  static List<Step> removeIfEqual(Setting setting, int value) {
    return change(
        (key, me) -> {
          boolean acts = countEqual(key, me);
          me.answer(acts);
          if (acts) {
            erase(key, me);
          }
        });
  }

  static List<Step> getAndRemove(Setting setting, int value) {
    return change(
        (key, me) -> {
          count(key, me);
          me.answer(me.found);
          erase(key, me);
        });
  }

  // ------------------------------------------------------------------------------------ processors

  static List<Step> invokeRead(Setting setting, int value) {
    return List.of(
        Step.look(key -> setting.reads() && isAbsent(key)),
        Step.commit(
            (key, me) -> {
              if (count(key, me)) {
                key.touch();
              } else if (setting.reads()) {
                load(key, me);
              }
              me.answer(me.found);
            }));
  }

  static List<Step> invokeSet(Setting setting, int value) {
    return change(
        (key, me) -> {
          me.answer(count(key, me));
          store(key, me, value);
        });
  }

  /** What was only set by the processor goes without a trace. */
  static List<Step> invokeSetRemove(Setting setting, int value) {
    return change(
        (key, me) -> {
          boolean present = count(key, me);
          me.answer(present);
          if (present) {
            erase(key, me);
          }
        });
  }

  static List<Step> invokeRemove(Setting setting, int value) {
    return change(
        (key, me) -> {
          me.answer(count(key, me));
          erase(key, me);
        });
  }

  static List<Step> invokeSwap(Setting setting, int value) {
    return change(
        (key, me) -> {
          boolean present = count(key, me);
          me.answer(present || !setting.reads() ? me.found : key.stored);
          store(key, me, value);
        });
  }

  // ------------------------------------------------------------------------------- the whole cache

  static List<Step> clear(Setting setting, int value) {
    return List.of(
        Step.free(
            (key, me) -> {
              key.cached = KeyState.NOTHING;
              key.cleared = true;
            }));
  }

  static List<Step> turnTheClock(Setting setting, int value) {
    return List.of(
        Step.free((key, me) -> key.now += Setting.TURN_SECONDS),
        Step.free(
            (key, me) -> {
              if (key.holder == KeyState.NOBODY) { // what is in use is looked at later
                key.settle();
              }
            }));
  }
}
