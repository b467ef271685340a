package org.theine.jcache.races;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds the first operation of a race in one of its callbacks until the second has ended or is seen
 * to wait. For one thread.
 */
final class HeldRace implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  private final Worker first = new Worker("race-held");
  private final Worker second = new Worker("race-other");

  /** Idle unless there is somebody who waits for the first when the second begins. */
  private final Worker third = new Worker("race-waiter");

  /** Calls of the first so far; its own. */
  private int calls;

  private @Nullable Callback where;

  /** The first has come to a listener: of its events, and those of its evictions, others wait. */
  private boolean telling;

  private boolean waited;

  /** How often the first runs code of the user's if nobody disturbs it. */
  int callbacksOf(Contest race) {
    calls = 0;
    Callback.watcher = callback -> count();
    first.start(race::first);
    first.awaitDone("the first alone does not end");
    Callback.watcher = null;
    return calls;
  }

  private boolean count() {
    if (Thread.currentThread() == first.thread) {
      calls++;
      return true;
    }
    return false;
  }

  /**
   * Runs three, the first up to one of its callbacks, then the waiter until it has ended or waits,
   * and then the second, which must not wait, and lets nobody wait.
   */
  void run(Contest race, int callback, Runnable waiter) {
    run(
        race,
        callback,
        () -> {
          third.start(waiter);
          Worker.await(
              third, "the third neither ends nor waits", () -> third.isDone() || third.isWaiting());
          return false;
        });
    third.awaitDone("the third does not end");
  }

  /**
   * Runs both, the first up to one of its callbacks before the second.
   *
   * @param mayWait asked, when the first has got there, whether the second may wait for it
   */
  void run(Contest race, int callback, BooleanSupplier mayWait) {
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch opened = new CountDownLatch(1);
    calls = 0;
    where = null;
    telling = false;
    waited = false;
    Callback.watcher =
        told -> {
          if (!count()) {
            return;
          }
          telling |= told == Callback.LISTENER;
          if (calls == callback) {
            where = told;
            reached.countDown();
            pass(opened);
          }
        };
    first.start(race::first);
    Worker.await(
        first,
        "the first does not come to its callback",
        () -> reached.getCount() == 0 || first.isDone());
    boolean patient = mayWait.getAsBoolean();
    second.start(race::second);
    try {
      Worker.await(
          second,
          patient ? "the second neither ends nor waits" : "the second does not end",
          () -> second.isDone() || patient && second.isWaiting());
      if (!patient) {
        third.awaitDone("the third does not end");
      }
    } finally {
      waited = !second.isDone();
      opened.countDown();
    }
    first.awaitDone("the first does not end");
    second.awaitDone("the second does not end");
    Callback.watcher = null;
  }

  private static void pass(CountDownLatch gate) {
    try {
      if (!gate.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("the gate is not opened");
      }
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted at the gate", e);
    }
  }

  /** What is wrong with how the second met the first, or null. */
  @Nullable String misfit(Race race, Pair pair) {
    Callback held = where;
    if (held == null) {
      return "the first has fewer callbacks than when alone";
    }
    if (!waited && mustWait(pair, held)) {
      return "the second has not waited";
    }
    boolean cleared = pair.second() == Action.CLEAR && locks(pair, held);
    return cleared && race.isPresent(1) ? "what was under way at the clear was stored" : null;
  }

  /** Only for a key that both need, or for the telling of an event of that key. */
  boolean mayWait(Pair pair, Setting setting) {
    Callback held = where;
    if (held == null) {
      return true;
    }
    boolean apart = pair.isApart();
    if (telling && pair.second().isToldOf() && (!apart || setting.maximum() > 0)) {
      return true;
    }
    if (apart || !pair.second().changes()) {
      return false;
    }
    return switch (held) {
      case LISTENER -> false;
      case KEY_HASH, KEY_EQUALS -> pair.first().scope != Action.Scope.ONE;
      default -> true;
    };
  }

  /** For a key that the first has locked, and the second asks for first of all. */
  private static boolean mustWait(Pair pair, Callback held) {
    List<Step> steps = pair.steps(1, 1, Setting.PLAIN);
    return locks(pair, held) && !steps.isEmpty() && steps.get(0).kind() == Step.Kind.LOOK;
  }

  /** Whether the first has certainly locked its one key, and looked at it. */
  private static boolean locks(Pair pair, Callback held) {
    return pair.first().scope == Action.Scope.ONE
        && switch (held) {
          case LOADER, WRITER, PROCESSOR, CREATION_EXPIRY, UPDATE_EXPIRY, WEIGHER, VALUE_EQUALS ->
              true;
          default -> false;
        };
  }

  boolean hasWaited() {
    return waited;
  }

  @Nullable Callback where() {
    return where;
  }

  @Override
  public void close() {
    first.close();
    second.close();
    third.close();
  }
}
