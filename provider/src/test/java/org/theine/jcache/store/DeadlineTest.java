package org.theine.jcache.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.theine.jcache.timer.Clock;

/**
 * Deadlines under touches, commits and sweeps that meet. Where a test says "meanwhile", the touch
 * has read the entry and not yet moved its deadline: the duration is asked between the two.
 */
class DeadlineTest {
  private static final long SHORT = 10;
  private static final long LONG = 1_000;

  private final AtomicLong now = new AtomicLong();
  private final Store<String, String> store = Stores.create(StoreSettings.UNBOUNDED, now::get);

  private @Nullable String access(LongSupplier touch) {
    return store.access("key", store.hash("key"), touch);
  }

  private long deadline() {
    Entry<String, String> entry = Stores.lock(store, "key");
    try {
      return entry.deadline();
    } finally {
      store.exclusive().unlock(entry);
    }
  }

  // ------------------------------------------------------------------------------------ one thread

  @Test
  void access_putMeanwhile_touchesTheNewValue() {
    Stores.put(store, "key", "old", LONG);
    now.set(1);

    String value =
        access(
            () -> {
              Stores.put(store, "key", "new", 2 * LONG);
              return 3 * LONG;
            });

    assertThat(value).isEqualTo("new");
    assertThat(deadline()).isEqualTo(1 + 3 * LONG);
    store.audit();
  }

  @Test
  void access_removedMeanwhile_doesNotReviveIt() {
    Stores.put(store, "key", "old", LONG);
    now.set(1);

    String value =
        access(
            () -> {
              Stores.remove(store, "key");
              return LONG;
            });

    assertThat(value).isNull();
    assertThat(Stores.contains(store, "key")).isFalse();
    store.audit();
  }

  @Test
  void access_sweptMeanwhile_doesNotReviveIt() {
    Stores.put(store, "key", "old", LONG);

    String value =
        access(
            () -> {
              now.set(TimeUnit.SECONDS.toNanos(10)); // the wheel is not so exact
              store.tick();
              return LONG;
            });

    assertThat(value).isNull();
    assertThat(store.size()).isZero();
    store.audit();
  }

  /** Else one would see hit, miss, hit. */
  @Test
  void access_seenAsExpiredMeanwhile_doesNotReviveIt() {
    Stores.put(store, "key", "old", LONG);

    String value =
        access(
            () -> {
              now.set(LONG);
              assertThat(Stores.contains(store, "key")).as("after its deadline").isFalse();
              return LONG;
            });

    assertThat(value).isNull();
    assertThat(Stores.contains(store, "key")).isFalse();
  }

  /** The same by an owner, who goes on with what it found alive, but does not bring it back. */
  @Test
  void touch_seenAsExpiredSinceTheLock_doesNotReviveIt() {
    Stores.put(store, "key", "old", LONG);
    Entry<String, String> entry = Stores.lock(store, "key");
    assertThat(store.exclusive().current(entry)).isEqualTo("old");
    now.set(LONG);
    assertThat(Stores.contains(store, "key")).as("after its deadline").isFalse();

    store.exclusive().touch(entry, LONG);
    store.exclusive().unlock(entry);

    assertThat(Stores.contains(store, "key")).isFalse();
  }

  @Test
  void replace_foundAliveButExpiredSince_lives() {
    Stores.put(store, "key", "old", LONG);
    Entry<String, String> entry = Stores.lock(store, "key");
    assertThat(store.exclusive().current(entry)).isEqualTo("old");
    now.set(LONG);
    assertThat(Stores.contains(store, "key")).isFalse();

    store.exclusive().replace(entry, "new", 1, LONG);
    store.exclusive().unlock(entry);

    assertThat(Stores.contains(store, "key")).isTrue();
    store.audit();
  }

  /**
   * The value is still the old one, its deadline that of what a clear has emptied: not an expiry,
   * but a clear that the operation comes after, so that it may commit.
   */
  @Test
  void current_clearedBetweenValueAndDeadline_mayCommit() {
    ClearedAtALook entry = new ClearedAtALook();
    Shard<String, String> shard = store.shard(entry.hash());
    shard.lock().lock();
    shard.addIfAbsent(entry);
    shard.lock().unlock();
    Stores.put(store, "key", "old", LONG);
    assertThat(entry.value()).isEqualTo("old");

    assertThat(Stores.lock(store, "key")).isSameAs(entry);
    entry.clears = true;
    assertThat(store.exclusive().current(entry)).isNull();
    assertThat(entry.clears).as("the clear is still to come").isFalse();

    assertThat(store.exclusive().insert(entry, "new", 1, LONG)).isTrue();
    store.exclusive().unlock(entry);
    assertThat(access(() -> LONG)).isEqualTo("new");
    store.audit();
  }

  /** A clear comes just before its deadline is read. */
  private final class ClearedAtALook extends Entry<String, String> {
    private long deadline = Clock.DEAD;
    boolean clears;

    ClearedAtALook() {
      super("key", store.hash("key"), 0);
    }

    @Override
    public long deadline() {
      if (clears) {
        clears = false;
        store.clear();
      }
      return deadline;
    }

    @Override
    long setDeadline(long nanos) {
      long before = deadline;
      deadline = nanos;
      return before;
    }

    @Override
    boolean moveDeadline(long from, long to) {
      boolean moves = deadline == from;
      deadline = moves ? to : deadline;
      return moves;
    }
  }

  // ------------------------------------------------------------------------------- commit in place

  /**
   * Between value and deadline of a commit in place a reader finds the new value with the old
   * deadline, which has passed. Others may have seen the new value already, so it must not miss.
   */
  @Test
  void contains_oldDeadlinePassedDuringCommit_waitsForTheNewOne() throws Exception {
    Thread owner = Thread.currentThread();
    AtomicInteger looks = new AtomicInteger();
    Store<String, String> committing =
        Stores.create(
            StoreSettings.UNBOUNDED,
            () -> {
              if (Thread.currentThread() != owner) {
                looks.incrementAndGet();
              }
              return now.get();
            });
    Stores.put(committing, "key", "old", LONG);
    Entry<String, String> entry = Stores.lock(committing, "key");
    assertThat(entry.beginCommit()).isTrue();
    entry.setValue("new");
    now.set(LONG);

    FutureTask<Boolean> reader = new FutureTask<>(() -> Stores.contains(committing, "key"));
    new Thread(reader, "reader").start();
    while (looks.get() < 3 && !reader.isDone()) {
      Thread.onSpinWait();
    }
    entry.setDeadline(2 * LONG);
    entry.endCommit();
    committing.exclusive().unlock(entry);

    assertThat(reader.get(60, TimeUnit.SECONDS)).isTrue();
    committing.audit();
  }

  // ----------------------------------------------------------------------------------------- races

  /**
   * A touch and a put at the same time: if the touch came first, as it tells by the value that it
   * has seen, the deadline is the put's.
   */
  @Test
  @Tag("race")
  void touch_racesWithPut_neverShortensTheDeadlineOfThePut() throws Exception {
    int keys = 2_000;
    LongSupplier rest = Stores.deadlineIn(2_000);
    for (int round = 0; rest.getAsLong() > 0; round++) {
      Store<Integer, String> raced = Stores.create(StoreSettings.UNBOUNDED, now::get);
      for (int key = 0; key < keys; key++) {
        Stores.put(raced, key, "old", LONG);
      }
      String[] seen = new String[keys];
      Stores.race(
          () -> {
            for (int key = 0; key < keys; key++) {
              seen[key] = raced.access(key, raced.hash(key), () -> SHORT);
            }
          },
          () -> {
            for (int key = 0; key < keys; key++) {
              Stores.put(raced, key, "new", 2 * LONG);
            }
          });
      for (int key = 0; key < keys; key++) {
        Entry<Integer, String> entry = Stores.lock(raced, key);
        long expected = "old".equals(seen[key]) ? 2 * LONG : SHORT;
        assertThat(entry.deadline())
            .as("round %d, deadline after the touch saw %s", round, seen[key])
            .isEqualTo(expected);
        raced.exclusive().unlock(entry);
      }
      raced.audit();
    }
  }

  /** A touch and the sweep at the same time: one of the two has the entry. */
  @Test
  @Tag("race")
  void touch_racesWithSweep_eitherKeepsItOrLosesIt() throws Exception {
    int keys = 500;
    LongSupplier rest = Stores.deadlineIn(2_000);
    for (int round = 0; rest.getAsLong() > 0; round++) {
      AtomicLong time = new AtomicLong();
      Store<Integer, String> raced = Stores.create(StoreSettings.UNBOUNDED, time::get);
      for (int key = 0; key < keys; key++) {
        Stores.put(raced, key, "value", TimeUnit.SECONDS.toNanos(10));
      }
      String[] seen = new String[keys];
      Stores.race(
          () -> {
            for (int key = 0; key < keys; key++) {
              seen[key] = raced.access(key, raced.hash(key), () -> TimeUnit.SECONDS.toNanos(100));
            }
          },
          () -> {
            time.set(TimeUnit.SECONDS.toNanos(11));
            raced.tick();
          });
      for (int key = 0; key < keys; key++) {
        assertThat(Stores.contains(raced, key))
            .as("round %d, key %d is there after the touch saw %s", round, key, seen[key])
            .isEqualTo(seen[key] != null);
      }
      raced.audit();
    }
  }

  /**
   * Looks in a row, while a put has found the entry alive, its deadline passes, and the put commits
   * in place: old, then perhaps expired, then new, and never back.
   */
  @Test
  @Tag("race")
  void contains_racesWithCommitAsTheDeadlinePasses_neverMissesAfterAHit() throws Exception {
    int keys = 500;
    LongSupplier rest = Stores.deadlineIn(2_000);
    for (int round = 0; rest.getAsLong() > 0; round++) {
      AtomicLong time = new AtomicLong();
      Store<Integer, String> raced = Stores.create(StoreSettings.UNBOUNDED, time::get);
      for (int key = 0; key < keys; key++) {
        Stores.put(raced, key, "o", (key + 1) * SHORT);
      }
      AtomicInteger reached = new AtomicInteger();
      AtomicBoolean over = new AtomicBoolean();
      StringBuilder[] seen = new StringBuilder[keys];
      Stores.race(
          () -> {
            for (int key = 0; key < keys; key++) {
              reached.set(key);
              commitAsTheDeadlinePasses(raced, key, time);
            }
            over.set(true);
          },
          () -> {
            while (!over.get()) {
              lookAt(raced, reached.get(), seen);
            }
          });
      for (StringBuilder looks : seen) {
        assertThat(looks == null ? "" : looks.toString())
            .as("round %d: o(ld), m(iss), n(ew)", round)
            .matches("o*m*n*");
      }
      raced.audit();
    }
  }

  private static void commitAsTheDeadlinePasses(
      Store<Integer, String> store, int key, AtomicLong time) {
    Entry<Integer, String> entry = Stores.lock(store, key);
    store.exclusive().current(entry);
    time.set((key + 1) * SHORT);
    store.exclusive().replace(entry, "n", 1, LONG * LONG);
    store.exclusive().unlock(entry);
  }

  private static void lookAt(Store<Integer, String> store, int key, StringBuilder[] seen) {
    StringBuilder looks = seen[key] == null ? new StringBuilder() : seen[key];
    for (int i = 0; i < 8; i++) {
      String value = store.access(key, store.hash(key), null);
      looks.append(value == null ? "m" : value);
    }
    seen[key] = looks;
  }
}
