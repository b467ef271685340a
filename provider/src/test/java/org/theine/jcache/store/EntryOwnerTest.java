package org.theine.jcache.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.theine.jcache.Gate;
import org.theine.jcache.Task;
import org.theine.jcache.timer.Clock;

/** Who owns an entry is known where user code may run: waits in a circle are refused. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EntryOwnerTest {
  private final Store<String, String> store = Stores.create(StoreSettings.UNBOUNDED, null);
  private final ExclusiveAccess<String, String> exclusive = store.exclusive();

  private Entry<String, String> lock(String key) {
    return exclusive.lock(key, store.hash(key), true);
  }

  private @Nullable Entry<String, String> lockOrFollow(String key, Load<String> load) {
    return exclusive.lockOrFollow(key, store.hash(key), load);
  }

  private @Nullable Entry<String, String> tryLock(String key, @Nullable Load<String> load) {
    return exclusive.tryLock(key, store.hash(key), load);
  }

  /** Locks one key and then another, for which it waits. */
  private Task<Void> lockBoth(String first, String second, Object awaited) throws Exception {
    return Task.run(
            () -> {
              Entry<String, String> one = lock(first);
              exclusive.unlock(lock(second));
              exclusive.unlock(one);
            })
        .awaitParkedFor(awaited);
  }

  private void assertDeadlock(String key) {
    assertThatThrownBy(() -> lock(key))
        .isInstanceOf(EntryLockException.class)
        .hasMessageStartingWith("deadlock");
  }

  // ---- circles

  /** What is kept for those who wait is not left locked. */
  @AfterEach
  void locksOfWaiters_atTheEnd_areFree() throws Exception {
    Task.run(() -> EntryLocks.passTurn(new Entry<>("any", 1, 0))).result();
  }

  @Test
  void lock_ofTheOwnKey_isRefused() {
    Entry<String, String> own = lock("a");

    assertThatThrownBy(() -> lock("a"))
        .isInstanceOf(EntryLockException.class)
        .hasMessageContaining("its own key");
    exclusive.unlock(own);
    exclusive.unlock(lock("a"));
  }

  @Test
  void lock_ownerWaitsForThisThread_isRefused() throws Exception {
    Entry<String, String> a = lock("a");
    Task<Void> other = lockBoth("b", "a", a);

    assertDeadlock("b");

    exclusive.unlock(a);
    other.result();
    store.audit();
  }

  @Test
  void lock_circleOfThree_isRefused() throws Exception {
    Entry<String, String> a = lock("a");
    Task<Void> second = lockBoth("b", "a", a);
    Entry<String, String> b = Objects.requireNonNull(store.find("b", store.hash("b")));
    Task<Void> third = lockBoth("c", "b", b);

    assertDeadlock("c");

    exclusive.unlock(a);
    second.result();
    third.result();
  }

  /** The close wakes and forgets who waits in its store, and nobody else. */
  @Test
  void lock_circleAfterAnotherStoreWasClosed_isRefused() throws Exception {
    Entry<String, String> a = lock("a");
    Task<Void> other = lockBoth("b", "a", a);
    Store<String, String> closed = Stores.create(StoreSettings.UNBOUNDED, null);
    closed.close();

    assertDeadlock("b");

    exclusive.unlock(a);
    other.result();
  }

  @Test
  void lock_ownerWaitsForSomebodyElse_isNoCircle() throws Exception {
    Entry<String, String> a = lock("a");
    Task<Void> second = lockBoth("b", "a", a);
    Entry<String, String> b = Objects.requireNonNull(store.find("b", store.hash("b")));

    Task<Entry<String, String>> third = Task.start(() -> lock("b"));
    third.awaitParkedFor(b);
    exclusive.unlock(a);

    second.result();
    exclusive.unlock(third.result());
  }

  @Test
  void lock_ownerIsALoadThatWaitsForThisThread_isRefused() throws Exception {
    Entry<String, String> a = lock("a");
    Task<Void> loader =
        Task.run(
                () -> {
                  Load<String> load = new Load<>();
                  Entry<String, String> b = Objects.requireNonNull(lockOrFollow("b", load));
                  exclusive.unlock(lock("a"));
                  load.complete("b");
                  exclusive.unlock(b);
                })
            .awaitParkedFor(a);

    assertDeadlock("b");
    assertThatThrownBy(() -> lockOrFollow("b", new Load<>()))
        .isInstanceOf(EntryLockException.class)
        .hasMessageStartingWith("deadlock");

    exclusive.unlock(a);
    loader.result();
  }

  // ---- loads

  @Test
  void lockOrFollow_loadUnderWay_endsAsThat() throws Exception {
    Load<String> first = new Load<>();
    Entry<String, String> entry = Objects.requireNonNull(lockOrFollow("key", first));
    Load<String> second = new Load<>();
    Task<Entry<String, String>> follower =
        Task.start(() -> lockOrFollow("key", second)).awaitParkedFor(first);

    first.complete("loaded");

    assertThat(follower.result()).isNull();
    assertThat(second.isDone()).isTrue();
    assertThat(second.value()).isEqualTo("loaded");
    assertThat(second.failure()).isNull();
    exclusive.unlock(entry);
    store.audit();
  }

  @Test
  void lockOrFollow_loadFails_failsAlike() throws Exception {
    Load<String> first = new Load<>();
    Entry<String, String> entry = Objects.requireNonNull(lockOrFollow("key", first));
    Load<String> second = new Load<>();
    Task<Entry<String, String>> follower =
        Task.start(() -> lockOrFollow("key", second)).awaitParkedFor(first);
    IllegalStateException cause = new IllegalStateException("no source");

    first.fail(cause);

    assertThat(follower.result()).isNull();
    assertThat(second.failure()).isSameAs(cause);
    assertThat(second.value()).isNull();
    exclusive.unlock(entry);
  }

  /** Done, but its owner has not unlocked yet: nothing to wait for, not even for the owner. */
  @Test
  void lockOrFollow_loadDoneButNotUnlocked_endsAsThat() {
    Load<String> first = new Load<>();
    Entry<String, String> entry = Objects.requireNonNull(lockOrFollow("key", first));
    first.complete("loaded");
    Load<String> second = new Load<>();

    assertThat(lockOrFollow("key", second)).isNull();

    assertThat(second.value()).isEqualTo("loaded");
    exclusive.unlock(entry);
  }

  @Test
  void lockOrFollow_anotherOperationHasTheKey_waitsForTheEntry() throws Exception {
    Stores.put(store, "key", "value");
    Entry<String, String> entry = lock("key");
    Load<String> load = new Load<>();
    Task<Entry<String, String>> loader =
        Task.start(() -> lockOrFollow("key", load)).awaitParkedFor(entry);

    exclusive.unlock(entry);

    assertThat(loader.result()).isSameAs(entry);
    assertThat(EntryLocks.loadOf(entry)).isSameAs(load);
    assertThat(load.isDone()).isFalse();
    exclusive.unlock(entry);
  }

  /** The load has the lock and has not yet said who it is. */
  @Test
  void lockOrFollow_loadNotYetRecorded_followsOnceItIs() throws Exception {
    Store<LookedKey, String> looked = Stores.create(StoreSettings.UNBOUNDED, null);
    LookedKey key = new LookedKey("key");
    Stores.put(looked, key, "value");
    Entry<LookedKey, String> entry = Objects.requireNonNull(looked.find(key, looked.hash(key)));
    assertThat(entry.tryLock(Entry.LOADING)).isTrue();
    AtomicInteger looks = new AtomicInteger();
    LookedKey counting = new LookedKey("key", looks::incrementAndGet);
    Load<String> first = new Load<>();
    Load<String> second = new Load<>();
    Task<Entry<LookedKey, String>> follower =
        Task.start(() -> looked.exclusive().lockOrFollow(counting, looked.hash(counting), second));
    while (looks.get() < 200 && !follower.isDone()) {
      Thread.onSpinWait();
    }
    assertThat(follower.isDone()).isFalse();

    EntryLocks.record(entry, first);
    follower.awaitParkedFor(first);
    first.complete("loaded");

    assertThat(follower.result()).isNull();
    assertThat(second.value()).isEqualTo("loaded");
    looked.exclusive().unlock(entry);
  }

  @Test
  void lockOrFollow_lookUpFailsAfterTheWakeUp_nextOneHasItsTurn() throws Exception {
    Store<LookedKey, String> looked = Stores.create(StoreSettings.UNBOUNDED, null);
    LookedKey key = new LookedKey("key");
    Stores.put(looked, key, "value");
    Entry<LookedKey, String> entry = Stores.lock(looked, key);
    LookedKey failing =
        LookedKey.at(
            "key",
            2,
            () -> {
              throw new IllegalStateException("equals fails");
            });
    Task<Entry<LookedKey, String>> first =
        Task.start(
                () -> looked.exclusive().lockOrFollow(failing, looked.hash(failing), new Load<>()))
            .awaitParkedFor(entry);
    Task<Entry<LookedKey, String>> second =
        Task.start(() -> Stores.lock(looked, key)).awaitParkedFor(entry);

    looked.exclusive().unlock(entry);

    assertThat(first.failure()).hasMessage("equals fails");
    looked.exclusive().unlock(second.result());
  }

  @Test
  void lockOrFollow_overtakenAfterTheWakeUp_staysInFront() throws Exception {
    Store<LookedKey, String> looked = Stores.create(StoreSettings.UNBOUNDED, null);
    LookedKey key = new LookedKey("key");
    Stores.put(looked, key, "value");
    Entry<LookedKey, String> entry = Stores.lock(looked, key);
    Gate overtaken = new Gate();
    LookedKey slow = LookedKey.at("key", 2, overtaken::pass);
    Task<Entry<LookedKey, String>> first =
        Task.start(() -> looked.exclusive().lockOrFollow(slow, looked.hash(slow), new Load<>()))
            .awaitParkedFor(entry);
    Task<Entry<LookedKey, String>> second =
        Task.start(() -> Stores.lock(looked, key)).awaitParkedFor(entry);
    looked.exclusive().unlock(entry);
    overtaken.awaitReached();
    assertThat(Stores.lock(looked, key)).isSameAs(entry);
    overtaken.open();
    first.awaitParkedFor(entry);

    looked.exclusive().unlock(entry);

    assertThat(first.result()).isSameAs(entry);
    assertThat(second.isDone()).isFalse();
    looked.exclusive().unlock(entry);
    looked.exclusive().unlock(second.result());
  }

  @Test
  void lockOrFollow_interruptedWhileItWaits_failsAndLeavesTheLoadAlone() throws Exception {
    Load<String> first = new Load<>();
    Entry<String, String> entry = Objects.requireNonNull(lockOrFollow("key", first));
    Task<Entry<String, String>> follower =
        Task.start(() -> lockOrFollow("key", new Load<>())).awaitParkedFor(first);

    follower.interrupt();

    assertThat(follower.failure()).isInstanceOf(EntryLockException.class);
    first.complete("loaded");
    exclusive.unlock(entry);
  }

  @Test
  void close_duringALoad_whoWaitsIsRefused() throws Exception {
    Load<String> first = new Load<>();
    Entry<String, String> entry = Objects.requireNonNull(lockOrFollow("key", first));
    Load<String> second = new Load<>();
    Task<Entry<String, String>> follower =
        Task.start(() -> lockOrFollow("key", second)).awaitParkedFor(first);

    store.close();

    assertThat(follower.failure()).hasMessage("cache 'test' is closed");
    assertThat(second.isDone()).isFalse();
    assertThatThrownBy(() -> EntryLocks.await(first, store)).hasMessage("cache 'test' is closed");
    first.complete("loaded");
    exclusive.unlock(entry);
  }

  /** Those who want the entry and not the outcome are woken when a clear buries the node. */
  @Test
  void clear_duringALoad_whoWaitsForTheEntryLocksAnew() throws Exception {
    Load<String> load = new Load<>();
    Entry<String, String> entry = Objects.requireNonNull(lockOrFollow("key", load));
    assertThat(exclusive.current(entry)).isNull();
    Task<Entry<String, String>> waiter = Task.start(() -> lock("key")).awaitParkedFor(entry);

    store.clear();

    Entry<String, String> anew = waiter.result();
    assertThat(anew).isNotSameAs(entry);
    exclusive.unlock(anew);
    load.complete("stale");
    exclusive.unlock(entry);
    store.audit();
  }

  @Test
  void lock_forALoad_waitsAndIsRecordedAsThat() throws Exception {
    Stores.put(store, "key", "value");
    Entry<String, String> held = lock("key");
    Load<String> load = new Load<>();
    Task<Entry<String, String>> loader =
        Task.start(() -> exclusive.lock("key", store.hash("key"), load)).awaitParkedFor(held);

    exclusive.unlock(held);

    Entry<String, String> entry = loader.result();
    assertThat(entry.is(Entry.LOADING)).isTrue();
    assertThat(EntryLocks.loadOf(entry)).isSameAs(load);
    exclusive.unlock(entry);
    assertThat(EntryLocks.loadOf(entry)).as("after the unlock").isNull();
  }

  // ---- tryLock

  @Test
  void tryLock_free_isRecordedWithItsOwner() {
    Entry<String, String> entry = Objects.requireNonNull(tryLock("key", null));
    assertThat(entry.is(Entry.LOADING)).isFalse();
    assertThatThrownBy(() -> lock("key")).hasMessageContaining("its own key");
    exclusive.unlock(entry);

    Load<String> load = new Load<>();
    Entry<String, String> loading = Objects.requireNonNull(tryLock("key", load));
    assertThat(loading.is(Entry.LOADING)).isTrue();
    assertThat(EntryLocks.loadOf(loading)).isSameAs(load);
    load.complete(null);
    exclusive.unlock(loading);
  }

  @Test
  void tryLock_locked_null() {
    Entry<String, String> entry = lock("key");

    assertThat(tryLock("key", null)).isNull();
    assertThat(tryLock("key", new Load<>())).isNull();
    exclusive.unlock(entry);
  }

  @Test
  void tryLock_nodeDiesBetweenFindAndLock_locksTheKeyAnew() {
    Store<LookedKey, String> looked = Stores.create(StoreSettings.UNBOUNDED, null);
    LookedKey key = new LookedKey("key");
    Stores.put(looked, key, "value");
    LookedKey meanwhile = LookedKey.at("key", 1, () -> Stores.remove(looked, key));

    Entry<LookedKey, String> entry = looked.exclusive().tryLock(meanwhile, looked.hash(key), null);

    assertThat(entry).isNotNull();
    assertThat(entry.is(Entry.DEAD)).isFalse();
    looked.exclusive().unlock(entry);
    looked.audit();
  }

  @Test
  void lock_withoutUserCode_isNotRecorded() {
    Entry<String, String> entry = Stores.lock(store, "key");

    assertThat(entry.is(Entry.RECORDED)).isFalse();
    exclusive.unlock(entry);
    assertThat(lock("key").is(Entry.RECORDED)).isTrue();
  }

  // ---- clear

  @Test
  void lockOrFollow_afterAClearThatMetALoadWithAValue_doesNotFollowIt() throws Exception {
    Entry<String, String> entry = lock("key");
    assertThat(exclusive.insert(entry, "old", 1, Clock.NEVER)).isTrue();
    exclusive.unlock(entry);
    Load<String> first = new Load<>();
    Entry<String, String> found = lockOrFollow("key", first);
    assertThat(exclusive.current(Objects.requireNonNull(found))).isEqualTo("old");

    assertLoadsAnewAfterClear(first, found);
  }

  @Test
  void lockOrFollow_afterAClearThatMetALoadAtItsCommit_doesNotFollowIt() throws Exception {
    Load<String> first = new Load<>();
    Entry<String, String> loading = Objects.requireNonNull(lockOrFollow("key", first));
    assertThat(exclusive.current(loading)).isNull();
    assertThat(exclusive.endAsking(loading)).isTrue();

    assertLoadsAnewAfterClear(first, loading);
  }

  /** Who asks after the clear waits for the entry, and then has it. */
  private void assertLoadsAnewAfterClear(Load<String> first, Entry<String, String> owned)
      throws Exception {
    store.clear();
    Task<Entry<String, String>> later =
        Task.start(() -> lockOrFollow("key", new Load<>())).awaitParkedFor(owned);
    first.complete("old");
    exclusive.unlock(owned);

    Entry<String, String> anew = later.result();
    assertThat(anew).as("it does not get what was there before the clear").isNotNull();
    assertThat(exclusive.current(anew)).isNull();
    exclusive.unlock(anew);
  }
}
