package org.theine.jcache.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * Where a cache or its model lives: time, tasks, the store behind it, what its user keeps, and the
 * record of what happened. For one thread.
 *
 * <p>The world of the cache writes its record. That of the model, which does the same step
 * afterwards, compares; what a cache is free to choose the model reads there.
 */
final class World {
  private static final int KEPT = 8;
  private static final int TASKS = 20;

  final Settings settings;
  final Choices choices = new Choices();
  final Mischief mischief;
  final PlugIns plugIns;

  /** Given to the executor and not run yet. */
  final List<Runnable> tasks = new ArrayList<>();

  /** What the writer has written. */
  final Map<Key, Val> behind = new TreeMap<>(Comparator.comparing(Key::number));

  /** Values that went in or out of the cache, for the user to change. */
  private final Deque<Val> kept = new ArrayDeque<>();

  private final List<Item> items = new ArrayList<>();

  /** What the cache did in this step; null in the cache's own world. */
  private final @Nullable List<Item> example;

  private final Sabotage sabotage;

  private @Nullable Controls controls;

  /** An iterator that lives on from step to step. */
  @Nullable Iterator<Cache.Entry<Key, Val>> iterator;

  /** Nanoseconds since the beginning. */
  long nanos;

  /** Of callbacks. */
  int depth;

  /** Of the latest operation; that around a callback's, as long as there is no other. */
  Key lastKey;

  /** The step is the thread that lets entries expire: its executor only queues. */
  boolean ticking;

  /** The cache is being looked at: callbacks do their duty and nothing else. */
  private boolean quiet = true;

  /** The first difference, which ends the step. */
  private @Nullable String difference;

  World(Settings settings, Set<Long> calmed, @Nullable World example, Sabotage sabotage) {
    this.settings = settings;
    this.lastKey = settings.key(0);
    this.sabotage = sabotage;
    this.mischief = new Mischief(this, calmed);
    this.plugIns = new PlugIns(this);
    this.example = example == null ? null : example.items;
  }

  void populate(Controls inhabitant) {
    controls = inhabitant;
  }

  Controls controls() {
    Controls held = controls;
    assert held != null : "nobody lives here";
    return held;
  }

  Cache<Key, Val> cache() {
    return controls().cache();
  }

  /** Runs a step. */
  void step(long place, Runnable step) {
    items.clear();
    choices.reset(place);
    mischief.reset();
    lastKey = settings.key(0);
    quiet = false;
    try {
      step.run();
    } finally {
      quiet = true;
    }
    if (example != null && difference == null && items.size() < example.size()) {
      difference = "not expected: " + example.get(items.size());
    }
  }

  /** Runs something of which callbacks tell nothing. */
  void quietly(Runnable action) {
    boolean before = quiet;
    quiet = true;
    try {
      action.run();
    } finally {
      quiet = before;
    }
  }

  boolean isQuiet() {
    return quiet;
  }

  List<Item> items() {
    return items;
  }

  @Nullable String difference() {
    return difference;
  }

  /** Nothing is compared any more. */
  boolean isOver() {
    return difference != null;
  }

  void differ(String text) {
    if (difference == null) {
      difference = text;
    }
  }

  // ---------------------------------------------------------------------------------------- record

  void record(String what, @Nullable Key key, long first, long second, String text) {
    record(what, key == null ? Item.NO_KEY : key.number(), first, second, text);
  }

  void record(String what, int key, long first, long second, String text) {
    if (difference != null || quiet) {
      return;
    }
    Item item = new Item(what, key, first, second, text, depth);
    if (example != null) {
      Item seen = peek();
      if (!item.equals(seen)) {
        difference = "expected: " + item + "\n     got: " + (seen == null ? "nothing more" : seen);
        return;
      }
    }
    items.add(item);
  }

  void record(String what, @Nullable Key key) {
    record(what, key, Item.NONE, Item.NONE, "");
  }

  void record(String what, int key) {
    record(what, key, Item.NONE, Item.NONE, "");
  }

  void record(String what, String text) {
    record(what, Item.NO_KEY, Item.NONE, Item.NONE, text);
  }

  /** What the cache did next; null if nothing, and in the end of a step that went wrong. */
  @Nullable Item peek() {
    int next = items.size();
    return example == null || difference != null || next >= example.size()
        ? null
        : example.get(next);
  }

  /** The key of what the cache did next, if it was that; else null. */
  @Nullable Key peek(String what) {
    Item next = peek();
    return next != null && next.what().equals(what) && next.key() != Item.NO_KEY
        ? settings.key(next.key())
        : null;
  }

  // ------------------------------------------------------------------------------------- callbacks

  /** Every callback begins with this: it is recorded, and may go wrong here. */
  void call(Plug plug, Key key, long first, long second, String text) {
    call(plug, key.number(), first, second, text);
  }

  void call(Plug plug, int key, long first, long second, String text) {
    if (quiet || sabotage.hides(plug, key, text)) {
      return;
    }
    record(plug.text, key, first, second, text);
    mischief.make(plug);
  }

  void call(Plug plug, Key key, long first) {
    call(plug, key.number(), first);
  }

  void call(Plug plug, int key, long first) {
    call(plug, key, first, Item.NONE, "");
  }

  // ------------------------------------------------------------------------------------ user's
  // data

  /** A new value; equal to one of four others. */
  Val newValue() {
    return keep(new Val(choices.below(5), (int) choices.next(), 0, this));
  }

  @Nullable Val keepIfAny(@Nullable Val value) {
    return value == null ? null : keep(value);
  }

  Val keep(Val value) {
    kept.addLast(value);
    if (kept.size() > KEPT) {
      kept.removeFirst();
    }
    return value;
  }

  /** Changes a value that went in or out. */
  void changeKept() {
    if (!kept.isEmpty()) {
      Val value = List.copyOf(kept).get(choices.below(kept.size()));
      value.mark++;
      record("the user changes", Item.NO_KEY, value.code(), Item.NONE, "");
    }
  }

  // ----------------------------------------------------------------------------------------- tasks

  /** The executor of the cache. */
  void execute(Runnable task) {
    if (ticking) {
      record(Plug.EXECUTE.text, Item.NO_KEY);
      if (choices.oneIn(20)) {
        throw new IllegalStateException("fault of the executor");
      }
      tasks.add(task);
      return;
    }
    call(Plug.EXECUTE, Item.NO_KEY, Item.NONE);
    if (tasks.size() == TASKS) {
      throw new IllegalStateException("fault of a full executor");
    }
    if (choices.oneIn(8) && depth < Mischief.DEEPEST) {
      record("in the caller", "");
      run(task);
    } else {
      tasks.add(task);
    }
  }

  /** Runs a task of the executor's, not always the oldest. */
  void runTask() {
    if (!tasks.isEmpty()) {
      int number = choices.below(Math.min(3, tasks.size()));
      record("a task runs", Item.NO_KEY, number, Item.NONE, "");
      run(tasks.remove(number));
    }
  }

  private void run(Runnable task) {
    depth++;
    choices.enter();
    try {
      task.run();
    } catch (Throwable e) {
      record("task fails", Failures.describe(e));
    } finally {
      choices.leave();
      depth--;
    }
  }

  // ------------------------------------------------------------------------------------------ time

  void advance() {
    long step =
        choices.of(
            1L,
            1_000_000L,
            100_000_000L,
            300_000_000L,
            1_000_000_000L,
            7_000_000_000L,
            20_000_000_000L,
            90_000_000_000L,
            4_000_000_000_000L);
    nanos += step - (choices.oneIn(3) ? 0 : choices.below(1000) * (step / 2000));
    record("time", nanos / 1_000_000 + " ms");
  }
}
