package org.theine.jcache.races;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.theine.jcache.races.KeyState.Counts;
import org.theine.jcache.races.Step.Actor;

/**
 * All that can come of two operations on one key: the model runs their steps in every order that
 * their rights to change the key allow. For one thread.
 */
final class Outcomes {
  private final List<List<Step>> scripts;

  /** Who turns the clock or clears may step between the look and the commit of the other. */
  private final boolean[] turnsClock;

  private final boolean[] clears;

  /** The bound may drive out a mapping at any time. */
  private final boolean evicts;

  private final Map<String, Set<Counts>> reached = new HashMap<>();

  /** What can come of a pair, by key and beginning. For one thread. */
  static final class Memory {
    private final Pair pair;
    private final Map<String, Map<String, Set<Counts>>> outcomes = new HashMap<>();

    Memory(Pair pair) {
      this.pair = pair;
    }

    Map<String, Set<Counts>> of(int key, KeyState beginning) {
      return outcomes.computeIfAbsent(
          key + " " + beginning.cached + " " + beginning.stored,
          unseen -> Outcomes.of(pair, key, beginning));
    }
  }

  private Outcomes(Pair pair, int key, Setting setting) {
    Action[] actions = {pair.first(), pair.second()};
    scripts = List.of(pair.steps(0, key, setting), pair.steps(1, key, setting));
    evicts = pair.evicts(setting);
    turnsClock = new boolean[2];
    clears = new boolean[2];
    for (int i = 0; i < 2; i++) {
      turnsClock[i] = actions[i] == Action.TURN_THE_CLOCK;
      clears[i] = actions[i] == Action.CLEAR;
    }
  }

  /** What can be seen of a key in the end, and for each what may have been counted. */
  private static Map<String, Set<Counts>> of(Pair pair, int key, KeyState beginning) {
    Outcomes outcomes = new Outcomes(pair, key, beginning.setting);
    Actor[] actors = {new Actor(pair.otherwise(0, key)), new Actor(pair.otherwise(1, key))};
    outcomes.explore(beginning, actors);
    return outcomes.reached;
  }

  static String seen(String first, String second, int cached, int stored, String story) {
    return first
        + ", "
        + second
        + "; cached "
        + Answers.of(cached)
        + ", stored "
        + Answers.of(stored)
        + "; "
        + story;
  }

  private void explore(KeyState key, Actor[] actors) {
    boolean ended = true;
    for (int i = 0; i < 2; i++) {
      if (actors[i].next < scripts.get(i).size()) {
        ended = false;
        if (scripts.get(i).get(actors[i].next).kind() == Step.Kind.MAYBE) {
          Actor[] next = copies(actors);
          next[i].end();
          explore(key, next);
        }
        if (mayStep(key, i, scripts.get(i).get(actors[i].next))) {
          step(key, actors, i);
        }
      }
    }
    if (evicts && key.holder == KeyState.NOBODY && key.cached != KeyState.NOTHING) {
      KeyState after = key.copy();
      after.evict();
      explore(after, copies(actors));
    }
    if (ended) {
      KeyState end = key.copy();
      end.settle();
      reached
          .computeIfAbsent(
              seen(actors[0].answer, actors[1].answer, end.cached, end.stored, end.story),
              unseen -> new HashSet<>())
          .add(end.counts());
    }
  }

  private boolean mayStep(KeyState key, int me, Step step) {
    if (key.holder == me || key.holder == KeyState.NOBODY) {
      return true;
    }
    boolean asksNobody = step.kind() == Step.Kind.FREE || step.kind() == Step.Kind.MAYBE;
    return asksNobody && (turnsClock[me] || clears[me] && key.loading);
  }

  private void step(KeyState before, Actor[] actors, int me) {
    KeyState key = before.copy();
    Actor[] next = copies(actors);
    Step step = scripts.get(me).get(next[me].next++);
    if (step.kind() == Step.Kind.LOOK) {
      key.holder = me;
    }
    step.body().accept(key, next[me]);
    if (step.kind() == Step.Kind.COMMIT) {
      key.holder = KeyState.NOBODY;
      key.loading = false;
    }
    explore(key, next);
  }

  private static Actor[] copies(Actor[] actors) {
    return new Actor[] {actors[0].copy(), actors[1].copy()};
  }
}
