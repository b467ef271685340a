package org.theine.jcache.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One owner for a key at a time, whatever becomes of its node; who waits is woken. */
class EntryLockTest {
  private static final int THREADS = 4;
  private static final int KEYS = 6;

  /** A key whose equals can be used to let something happen in the middle of a look-up. */
  private record Key(String name, Runnable compared) {
    @Override
    public int hashCode() {
      return name.hashCode();
    }

    @Override
    public boolean equals(Object object) {
      compared.run();
      return object instanceof Key other && name.equals(other.name);
    }
  }

  /** The node that a look-up has found dies before it is locked. */
  @Test
  void lock_nodeDiesBetweenFindAndLock_locksTheKeyAnew() {
    Store<Key, String> store = Stores.create(StoreSettings.UNBOUNDED, null);
    Key key = new Key("key", () -> {});
    Stores.put(store, key, "first");
    AtomicBoolean died = new AtomicBoolean();
    Key looked =
        new Key(
            "key",
            () -> {
              if (died.compareAndSet(false, true)) {
                Stores.remove(store, key);
              }
            });

    Stores.put(store, looked, "second");

    assertThat(died).isTrue();
    assertThat(Stores.contains(store, key)).isTrue();
    store.audit();
  }

  /**
   * One thread locks a key again and again, faster than any thread can be woken: the one that waits
   * is overtaken, but not for ever.
   */
  @Test
  void lock_waiterWasOvertaken_entryIsKeptForIt() throws Exception {
    Store<String, String> store = Stores.create(StoreSettings.UNBOUNDED, null);
    ExclusiveAccess<String, String> exclusive = store.exclusive();
    int hash = store.hash("key");
    Stores.put(store, "key", "value");
    int overtaken = 0;
    for (int round = 0; overtaken < 20 && round < 100_000; round++) {
      Entry<String, String> entry = Stores.lock(store, "key");
      AtomicBoolean hadIt = new AtomicBoolean();
      Thread waiter = new Thread(() -> lockOnce(store, hadIt), "waiter");
      waiter.start();
      awaitWaiter(entry, waiter);
      exclusive.unlock(entry);
      Entry<String, String> again = exclusive.tryLock("key", hash, null);
      if (again != null) { // before the waiter ran, or after it
        overtaken += awaitWaiter(again, waiter) ? 1 : 0;
        exclusive.unlock(again);
        Entry<String, String> third = exclusive.tryLock("key", hash, null);
        assertThat(third == null || hadIt.get()).as("its turn was kept").isTrue();
        if (third != null) {
          exclusive.unlock(third);
        }
      }
      waiter.join(TimeUnit.SECONDS.toMillis(60));
      assertThat(waiter.isAlive()).isFalse();
    }
    assertThat(overtaken).as("rounds in which the waiter was overtaken").isPositive();
    store.audit();
  }

  private static void lockOnce(Store<String, String> store, AtomicBoolean hadIt) {
    Entry<String, String> entry = Stores.lock(store, "key");
    hadIt.set(true); // while it owns the entry: its thread ends some time after that
    store.exclusive().unlock(entry);
  }

  /** Whether the thread waits for the entry; false if it has ended. */
  private static boolean awaitWaiter(Entry<?, ?> entry, Thread waiter) {
    while (!entry.is(Entry.WAITED) && waiter.isAlive()) {
      Thread.onSpinWait();
    }
    return entry.is(Entry.WAITED);
  }

  @Test
  void clear_entryLocked_emptiesItAndLeavesTheKeyToItsOwner() throws Exception {
    Store<String, String> store = Stores.create(StoreSettings.UNBOUNDED, null);
    Stores.put(store, "key", "before");
    Entry<String, String> entry = Stores.lock(store, "key");
    assertThat(store.exclusive().current(entry)).isEqualTo("before");

    store.clear();

    assertThat(Stores.contains(store, "key")).isFalse();
    assertThat(store.size()).isZero();
    FutureTask<Entry<String, String>> other =
        new FutureTask<>(() -> store.exclusive().tryLock("key", store.hash("key"), null));
    new Thread(other, "other").start();
    assertThat(other.get(60, TimeUnit.SECONDS)).as("a second owner of the key").isNull();

    store.exclusive().replace(entry, "after", 1, 0);
    store.exclusive().unlock(entry);
    assertThat(Stores.contains(store, "key")).isFalse();
    store.audit();
  }

  @Test
  void clear_placeholderLocked_ownerStoresNothing() {
    Store<String, String> store = Stores.create(StoreSettings.UNBOUNDED, null);
    Entry<String, String> entry = Stores.lock(store, "key");

    store.clear();

    assertThat(store.exclusive().insert(entry, "after", 1, 0)).isFalse();
    store.exclusive().unlock(entry);
    assertThat(Stores.contains(store, "key")).isFalse();
    store.audit();
  }

  /**
   * Who has found a load in the way when a clear lets it go, and waits only after that, would be
   * woken by nobody before the loader returns.
   */
  @Test
  void await_clearHasLetTheLoadGo_looksAnewAtOnce() throws Exception {
    Store<String, String> store = Stores.create(StoreSettings.UNBOUNDED, null);
    ExclusiveAccess<String, String> exclusive = store.exclusive();
    Load<String> load = new Load<>();
    Entry<String, String> entry = exclusive.lock("key", store.hash("key"), load);
    assertThat(exclusive.current(entry)).isNull();
    store.clear();

    FutureTask<Boolean> late = new FutureTask<>(() -> EntryLocks.await(entry, store, false));
    Thread thread = new Thread(late, "late");
    thread.start();
    try {
      assertThat(late.get(60, TimeUnit.SECONDS)).as("stood in the queue").isFalse();
    } finally {
      load.complete(null);
      exclusive.unlock(entry);
    }
    store.audit();
  }

  /**
   * Plain counters, each guarded by the lock of a key, while keys come and go, are evicted and
   * cleared. Threads park for each other all the time: one that is not woken does not end.
   */
  @Test
  @Tag("race")
  void lock_keysComeAndGo_excludesAndWakes() throws Exception {
    LongSupplier rest = Stores.deadlineIn(3_000);
    for (int round = 0; rest.getAsLong() > 0; round++) {
      race(round);
    }
  }

  private static void race(int round) throws Exception {
    int operations = 5_000;
    Store<Integer, String> store = Stores.create(KEYS / 2, null);
    long[] counters = new long[KEYS * 16]; // a cache line each
    AtomicBoolean over = new AtomicBoolean();
    Stores.Racer[] racers = new Stores.Racer[THREADS + 1];
    for (int i = 0; i < THREADS; i++) {
      SplittableRandom random = new SplittableRandom(round * 100L + i);
      racers[i] =
          () -> {
            for (int n = 0; n < operations; n++) {
              count(store, counters, random);
            }
            over.set(true);
          };
    }
    racers[THREADS] =
        () -> {
          while (!over.get()) {
            store.clear();
            Thread.yield();
          }
        };
    Stores.race(racers);
    assertThat(Arrays.stream(counters).sum())
        .as("round %d: operations that were alone with their key", round)
        .isEqualTo((long) THREADS * operations);
    store.audit();
  }

  private static void count(
      Store<Integer, String> store, long[] counters, SplittableRandom random) {
    int key = random.nextInt(KEYS);
    int action = random.nextInt(8);
    boolean userCode = random.nextBoolean();
    ExclusiveAccess<Integer, String> exclusive = store.exclusive();
    Entry<Integer, String> entry = exclusive.lock(key, store.hash(key), userCode);
    try {
      long counted = counters[key * 16];
      if (action == 0) {
        Thread.yield(); // others park
      }
      change(exclusive, entry, action);
      counters[key * 16] = counted + 1;
    } finally {
      exclusive.unlock(entry);
    }
  }

  private static void change(
      ExclusiveAccess<Integer, String> exclusive, Entry<Integer, String> entry, int action) {
    boolean present = exclusive.current(entry) != null;
    if (present && action < 4) {
      exclusive.remove(entry);
    } else if (present) {
      exclusive.replace(entry, "replaced", 1, 0);
    } else if (action < 6) {
      exclusive.insert(entry, "inserted", 1, 0);
      exclusive.settle(entry);
    }
  }
}
