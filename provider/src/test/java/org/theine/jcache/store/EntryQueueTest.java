package org.theine.jcache.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.theine.jcache.Gate;
import org.theine.jcache.Task;

/** Who waits for an entry is woken in turn; who gives up passes the turn on. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EntryQueueTest {
  private final Store<LookedKey, String> store = Stores.create(StoreSettings.UNBOUNDED, null);
  private final ExclusiveAccess<LookedKey, String> exclusive = store.exclusive();
  private final LookedKey key = new LookedKey("key");
  private final List<String> owners = new CopyOnWriteArrayList<>();

  private Entry<LookedKey, String> lock(LookedKey looked) {
    return exclusive.lock(looked, store.hash(looked), false);
  }

  /** The entry of a key that has a value, locked. */
  private Entry<LookedKey, String> locked() {
    Stores.put(store, key, "value");
    return lock(key);
  }

  /** Waits for the entry, tells its name once it has it, and whether others wait behind. */
  private Task<Void> waiter(String name, LookedKey looked, Entry<LookedKey, String> entry)
      throws Exception {
    return Task.run(
            () -> {
              Entry<LookedKey, String> own = lock(looked);
              owners.add(own.is(Entry.WAITED) ? name + " before others" : name);
              exclusive.unlock(own);
            })
        .awaitParkedFor(entry);
  }

  /** What is kept for those who wait is not left locked. */
  @AfterEach
  void locksOfWaiters_atTheEnd_areFree() throws Exception {
    Task.run(() -> EntryLocks.passTurn(new Entry<>("any", 1, 0))).result();
  }

  @Test
  void unlock_severalWait_eachHasItsTurn() throws Exception {
    Entry<LookedKey, String> entry = locked();
    Task<Void> a = waiter("a", key, entry);
    Task<Void> b = waiter("b", key, entry);
    Task<Void> c = waiter("c", key, entry);
    assertThat(entry.is(Entry.WAITED)).isTrue();

    exclusive.unlock(entry);
    a.result();
    b.result();
    c.result();

    assertThat(owners).containsExactly("a before others", "b before others", "c");
    assertThat(entry.state()).as("free for evictors").isZero();
    store.audit();
  }

  @Test
  void unlock_ofAPlaceholder_allWhoWaitLookAnew() throws Exception {
    Entry<LookedKey, String> placeholder = lock(key);
    Task<Void> a = waiter("a", key, placeholder);
    Task<Void> b = waiter("b", key, placeholder);
    Task<Void> c = waiter("c", key, placeholder);

    exclusive.unlock(placeholder);
    a.result();
    b.result();
    c.result();

    assertThat(owners).hasSize(3);
    assertThat(placeholder.state()).isEqualTo(Entry.DEAD);
    store.audit();
  }

  /** Another operation takes the lock between the wake-up and the second attempt. */
  @Test
  void lock_overtakenAfterTheWakeUp_staysInFront() throws Exception {
    Entry<LookedKey, String> entry = locked();
    Gate overtaken = new Gate();
    LookedKey slow = LookedKey.at("key", 2, overtaken::pass);
    Task<Void> a = waiter("a", slow, entry);
    Task<Void> b = waiter("b", key, entry);

    exclusive.unlock(entry);
    overtaken.awaitReached();
    assertThat(lock(key)).isSameAs(entry);
    overtaken.open();
    a.awaitParkedFor(entry);
    exclusive.unlock(entry);
    a.result();
    b.result();

    assertThat(owners).containsExactly("a before others", "b");
  }

  /**
   * Overtaken once, a waiter is not overtaken again: the entry is kept for it, not from a clear.
   */
  @Test
  void lock_overtakenOnce_entryIsKeptForItTheNextTime() throws Exception {
    Entry<LookedKey, String> entry = locked();
    Gate first = new Gate();
    Gate second = new Gate();
    Task<Void> a = waiter("a", stopping(first, second), entry);
    overtake(first, entry);
    a.awaitParkedFor(entry);

    exclusive.unlock(entry);
    second.awaitReached();
    assertThat(entry.state()).isEqualTo(Entry.RESERVED);
    assertThat(exclusive.tryLock(key, store.hash(key), null)).as("overtaken twice").isNull();

    second.open();
    a.result();
    assertThat(entry.state()).isZero();
  }

  /** A key at whose second and third look-up the thread stops. */
  private static LookedKey stopping(Gate first, Gate second) {
    int[] comparisons = {0};
    return new LookedKey(
        "key",
        () -> {
          comparisons[0]++;
          if (comparisons[0] == 2) {
            first.pass();
          } else if (comparisons[0] == 3) {
            second.pass();
          }
        });
  }

  /** Wakes who is first in line, and takes the entry before it comes. */
  private void overtake(Gate stopped, Entry<LookedKey, String> entry) {
    exclusive.unlock(entry);
    stopped.awaitReached();
    assertThat(lock(key)).isSameAs(entry);
    stopped.open();
  }

  @Test
  void lock_lastInLineInterruptedWhileTheEntryIsReserved_staysReserved() throws Exception {
    Entry<LookedKey, String> entry = locked();
    Gate first = new Gate();
    Gate second = new Gate();
    Task<Void> a = waiter("a", stopping(first, second), entry);
    Task<Void> b = waiter("b", key, entry);
    overtake(first, entry);
    a.awaitParkedFor(entry);
    exclusive.unlock(entry);
    second.awaitReached();

    b.interrupt();
    b.failure();

    assertThat(entry.state()).as("kept for who was overtaken").isEqualTo(Entry.RESERVED);
    second.open();
    a.result();
  }

  @Test
  void lock_interruptedWhileItWaits_failsAndStaysInterrupted() throws Exception {
    Entry<LookedKey, String> entry = locked();
    boolean[] interrupted = {false};
    Task<Void> waiter =
        Task.run(
            () -> {
              try {
                lock(key);
              } finally {
                interrupted[0] = Thread.currentThread().isInterrupted();
              }
            });
    waiter.awaitParkedFor(entry).interrupt();

    assertThat(waiter.failure())
        .isInstanceOf(EntryLockException.class)
        .hasMessageStartingWith("interrupted");
    assertThat(interrupted[0]).isTrue();
    exclusive.unlock(entry);
    assertThat(entry.state()).isZero();
  }

  @Test
  void lock_interruptedInFront_nextOneHasItsTurn() throws Exception {
    Entry<LookedKey, String> entry = locked();
    Task<Void> a = waiter("a", key, entry);
    Task<Void> b = waiter("b", key, entry);

    a.interrupt();
    assertThat(a.failure()).isInstanceOf(EntryLockException.class);
    exclusive.unlock(entry);
    b.result();

    assertThat(owners).containsExactly("b");
  }

  /** The first was woken and is on its way; only the one who gives up stood in line behind. */
  @Test
  void lock_lastInLineInterruptedWhileTheEntryIsFree_entryIsIdle() throws Exception {
    Entry<LookedKey, String> entry = locked();
    Gate left = new Gate();
    Task<Void> a = waiter("a", LookedKey.at("key", 2, left::pass), entry);
    Task<Void> b = waiter("b", key, entry);
    exclusive.unlock(entry);
    assertThat(entry.state()).isEqualTo(Entry.WAITED);

    b.interrupt();
    b.failure();

    assertThat(entry.state()).as("free for evictors").isZero();
    left.open();
    a.result();
  }

  @Test
  void lock_oneOfTwoInLineInterruptedWhileTheEntryIsFree_otherStillWaits() throws Exception {
    Entry<LookedKey, String> entry = locked();
    Gate left = new Gate();
    Task<Void> a = waiter("a", LookedKey.at("key", 2, left::pass), entry);
    Task<Void> b = waiter("b", key, entry);
    Task<Void> c = waiter("c", key, entry);
    exclusive.unlock(entry);

    b.interrupt();
    b.failure();

    assertThat(entry.state()).isEqualTo(Entry.WAITED);
    assertThat(c.isDone()).as("woken out of turn").isFalse();
    left.open();
    a.result();
    c.result();
    assertThat(owners).containsExactly("a before others", "c");
  }

  @Test
  void lock_lookUpFailsAfterTheWakeUp_nextOneHasItsTurn() throws Exception {
    Entry<LookedKey, String> entry = locked();
    Task<Void> a = waiter("a", LookedKey.at("key", 2, EntryQueueTest::fail), entry);
    Task<Void> b = waiter("b", key, entry);

    exclusive.unlock(entry);

    assertThat(a.failure()).hasMessage("equals fails");
    b.result();
    assertThat(entry.state()).isZero();
  }

  @Test
  void lock_lookUpsOfAllFailAfterTheWakeUp_entryIsIdle() throws Exception {
    Entry<LookedKey, String> entry = locked();
    Task<Void> a = waiter("a", LookedKey.at("key", 2, EntryQueueTest::fail), entry);
    Task<Void> b = waiter("b", LookedKey.at("key", 2, EntryQueueTest::fail), entry);

    exclusive.unlock(entry);
    a.failure();
    b.failure();

    assertThat(entry.state()).as("free for evictors").isZero();
  }

  private static void fail() {
    throw new IllegalStateException("equals fails");
  }

  @Test
  void lock_entryAlreadyFree_doesNotWait() {
    Entry<LookedKey, String> entry = locked();
    exclusive.unlock(entry);

    EntryLocks.await(entry, store, false); // would never return

    assertThat(entry.state()).isZero();
  }

  // ---- closing

  @Test
  void close_othersWait_theyAreRefusedButNotThoseOfAnotherStore() throws Exception {
    Store<LookedKey, String> another = Stores.create(StoreSettings.UNBOUNDED, null);
    Entry<LookedKey, String> entry = locked();
    Entry<LookedKey, String> elsewhere = Stores.lock(another, key);
    Task<Void> a = waiter("a", key, entry);
    Task<Void> b = waiter("b", key, entry);
    Task<Entry<LookedKey, String>> stays = Task.start(() -> Stores.lock(another, key));
    stays.awaitParkedFor(elsewhere);

    store.close();

    assertThat(a.failure()).hasMessage("cache 'test' is closed");
    assertThat(b.failure()).hasMessage("cache 'test' is closed");
    stays.awaitParkedFor(elsewhere);
    another.exclusive().unlock(elsewhere);
    another.exclusive().unlock(stays.result());
    exclusive.unlock(entry);
  }

  @Test
  void lock_ofAnEntryThatIsLockedInAClosedStore_isRefused() throws Exception {
    Entry<LookedKey, String> entry = locked();
    store.close();

    Task<Entry<LookedKey, String>> late = Task.start(() -> lock(key));

    assertThat(late.failure()).hasMessage("cache 'test' is closed");
    exclusive.unlock(entry);
  }

  // ---- evictors and sweep

  @Test
  void clear_othersWaitForAFreeEntry_theyLookAnew() throws Exception {
    Entry<LookedKey, String> entry = locked();
    Gate cleared = new Gate();
    Task<Void> a = waiter("a", LookedKey.at("key", 2, cleared::pass), entry);
    Task<Void> b = waiter("b", key, entry);
    exclusive.unlock(entry); // wakes a, who has not come yet; b goes on waiting
    cleared.awaitReached();

    store.clear();
    b.result();
    cleared.open();
    a.result();

    assertThat(entry.is(Entry.DEAD)).isTrue();
    assertThat(owners).containsExactly("b", "a");
    store.audit();
  }
}
