package org.theine.jcache.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.theine.jcache.timer.Clock;

class StoreTest {
  private static final long SEED = 42;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final AtomicLong ticker = new AtomicLong();
  private final Recorder recorder = new Recorder();
  private @Nullable Store<Integer, String> made;

  /** Remembers who left. */
  private static final class Recorder implements Departures<Integer, String> {
    final List<Integer> evicted = new ArrayList<>();
    final List<Integer> expired = new ArrayList<>();
    int settled;

    @Override
    public void arrived(Entry<Integer, String> entry, String value) {}

    @Override
    public void evicted(Entry<Integer, String> entry, String value) {
      evicted.add(entry.key());
    }

    @Override
    public void expired(Entry<Integer, String> entry, String value) {
      expired.add(entry.key());
    }

    @Override
    public void settled() {
      settled++;
    }
  }

  private Store<Integer, String> store(long maximum, boolean weighted, int shards) {
    made =
        new Store<>(
            new StoreSettings<>(
                "test",
                maximum,
                weighted,
                shards,
                true,
                ticker::get,
                SEED,
                UnaryOperator.identity()),
            recorder);
    return made;
  }

  private static void put(Store<Integer, String> store, int key, int weight, long duration) {
    ExclusiveAccess<Integer, String> exclusive = store.exclusive();
    Entry<Integer, String> entry = exclusive.lock(key, store.hash(key), false);
    try {
      if (exclusive.current(entry) == null) {
        exclusive.insert(entry, "v" + key, weight, duration);
      } else {
        exclusive.replace(entry, "v" + key, weight, duration);
      }
      exclusive.settle(entry);
    } finally {
      exclusive.unlock(entry);
    }
  }

  private static void put(Store<Integer, String> store, int key) {
    put(store, key, 1, Clock.NEVER);
  }

  private static @Nullable String get(Store<Integer, String> store, int key) {
    return store.access(key, store.hash(key), null);
  }

  @AfterEach
  void structures_atTheEnd_agree() {
    if (made != null) {
      Stores.assertAtRest(made);
    }
  }

  @Test
  void insert_asManyAsTheMaximum_allStay() {
    for (int shards : new int[] {1, 2, 8}) {
      Store<Integer, String> store = store(1000, false, shards);
      for (int key = 0; key < 1000; key++) {
        put(store, key);
      }
      for (int key = 0; key < 1000; key++) {
        assertThat(get(store, key)).as("%d shards, key %d", shards, key).isNotNull();
      }
      assertThat(recorder.evicted).isEmpty();
      store.audit();
    }
  }

  @Test
  void insert_beyondTheMaximum_oneLeavesForEach() {
    Store<Integer, String> store = store(100, false, 4);
    for (int key = 0; key < 1000; key++) {
      put(store, key);
      assertThat(store.size()).isLessThanOrEqualTo(100);
    }
    assertThat(store.size()).isEqualTo(100);
    assertThat(recorder.evicted).hasSize(900).doesNotHaveDuplicates();
  }

  @Test
  void insert_heavyInAShardOfItsOwn_othersYield() {
    Store<Integer, String> store = store(100, true, 4);
    int own = store.shardOf(store.hash(1000));
    for (int key = 0; store.size() < 100; key++) {
      if (store.shardOf(store.hash(key)) != own) {
        put(store, key, 1, Clock.NEVER);
      }
    }
    put(store, 1000, 90, Clock.NEVER);

    assertThat(get(store, 1000)).isNotNull();
    assertThat(store.weight()).isLessThanOrEqualTo(100);
  }

  /** Nobody has asked for it before, and many would have to leave. */
  @Test
  void insert_bulkyAmongOthers_itselfLeaves() {
    Store<Integer, String> store = store(100, true, 1);
    for (int key = 0; key < 100; key++) {
      put(store, key, 1, Clock.NEVER);
    }
    put(store, 1000, 5, Clock.NEVER);

    assertThat(recorder.evicted).containsExactly(1000);
    assertThat(store.weight()).isEqualTo(100);
    for (int times = 0; times < 8; times++) {
      put(store, 1000, 5, Clock.NEVER);
    }
    assertThat(get(store, 1000)).as("asked for again and again").isNotNull();
    store.audit();
  }

  @Test
  void insert_whenAllOthersAreLocked_itselfLeaves() {
    Store<Integer, String> store = store(3, false, 1);
    ExclusiveAccess<Integer, String> exclusive = store.exclusive();
    List<Entry<Integer, String>> held = new ArrayList<>();
    for (int key = 0; key < 3; key++) {
      put(store, key);
      held.add(exclusive.lock(key, store.hash(key), false));
    }
    put(store, 3);

    assertThat(recorder.evicted).containsExactly(3);
    assertThat(get(store, 3)).isNull();
    held.forEach(exclusive::unlock);
    assertThat(store.size()).isEqualTo(3);
  }

  @Test
  void replace_byAHeavierValue_makesRoom() {
    Store<Integer, String> store = store(10, true, 1);
    for (int key = 0; key < 10; key++) {
      put(store, key, 1, Clock.NEVER);
    }
    put(store, 9, 5, Clock.NEVER);

    assertThat(store.weight()).isLessThanOrEqualTo(10);
    assertThat(recorder.evicted).isNotEmpty().doesNotContain(9);
  }

  @Test
  void setMaximum_lower_evictsDownToIt() {
    Store<Integer, String> store = store(1000, false, 8);
    for (int key = 0; key < 1000; key++) {
      put(store, key);
    }
    store.setMaximum(10);
    assertThat(store.size()).isEqualTo(10);

    store.setMaximum(500);
    for (int key = 0; key < 2000; key++) {
      put(store, key);
    }
    assertThat(store.size()).isEqualTo(500);
  }

  @Test
  void setMaximum_ofAnUnboundedStore_isRefusedNamingIt() {
    Store<Integer, String> store = store(StoreSettings.UNBOUNDED, false, 1);

    assertThatThrownBy(() -> store.setMaximum(10))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'test'");
  }

  @Test
  void tick_afterTheDeadline_expiresWithoutTraffic() {
    Store<Integer, String> store = store(1000, false, 2);
    for (int key = 0; key < 100; key++) {
      put(store, key, 1, key < 50 ? 5 * SECOND : Clock.NEVER);
    }
    ticker.addAndGet(4 * SECOND);
    store.tick();
    assertThat(store.size()).isEqualTo(100);

    ticker.addAndGet(2 * SECOND);
    store.tick();
    assertThat(store.size()).isEqualTo(50);
    assertThat(recorder.expired).hasSize(50).allMatch(key -> key < 50);
    assertThat(recorder.settled).isPositive();
  }

  @Test
  void tick_whileTheEntryIsLocked_expiresAfterTheUnlock() {
    Store<Integer, String> store = store(1000, false, 1);
    put(store, 1, 1, SECOND);
    Entry<Integer, String> entry = store.exclusive().lock(1, store.hash(1), false);
    ticker.addAndGet(2 * SECOND);
    store.tick();
    assertThat(recorder.expired).isEmpty();

    store.exclusive().unlock(entry);
    ticker.addAndGet(SECOND);
    store.tick();
    assertThat(recorder.expired).containsExactly(1);
  }

  @Test
  void access_touchFurtherAway_keepsTheEntry() {
    Store<Integer, String> store = store(1000, false, 1);
    put(store, 1, 1, 5 * SECOND);
    ticker.addAndGet(4 * SECOND);
    assertThat(store.access(1, store.hash(1), () -> 5 * SECOND)).isNotNull();

    ticker.addAndGet(4 * SECOND);
    store.tick();
    assertThat(get(store, 1)).isNotNull();
    ticker.addAndGet(2 * SECOND);
    assertThat(get(store, 1)).isNull();
    store.tick();
    assertThat(recorder.expired).containsExactly(1);
  }

  @Test
  void access_touchNearer_expiresEarlier() {
    Store<Integer, String> store = store(1000, false, 1);
    put(store, 1, 1, 3600 * SECOND);
    assertThat(store.access(1, store.hash(1), () -> 0)).isNotNull();

    ticker.addAndGet(SECOND);
    store.tick();
    assertThat(recorder.expired).containsExactly(1);
  }

  @Test
  void clear_withAKeyLocked_itsOwnerCommitsNothing() {
    Store<Integer, String> store = store(1000, false, 1);
    put(store, 1);
    put(store, 2);
    ExclusiveAccess<Integer, String> exclusive = store.exclusive();
    Entry<Integer, String> present = exclusive.lock(1, store.hash(1), false);
    Entry<Integer, String> absent = exclusive.lock(3, store.hash(3), false);
    store.clear();
    assertThat(get(store, 1)).isNull();

    exclusive.replace(present, "late", 1, Clock.NEVER);
    assertThat(exclusive.insert(absent, "late", 1, Clock.NEVER)).isFalse();
    exclusive.unlock(present);
    exclusive.unlock(absent);
    assertThat(store.size()).isZero();
    assertThat(get(store, 1)).isNull();
    put(store, 1);
    assertThat(get(store, 1)).isEqualTo("v1");
  }

  @Test
  void clear_duringALoad_laterCallersLockAnew() {
    Store<Integer, String> store = store(1000, false, 1);
    ExclusiveAccess<Integer, String> exclusive = store.exclusive();
    Load<String> first = new Load<>();
    Entry<Integer, String> loading = exclusive.lockOrFollow(1, store.hash(1), first);
    assertThat(exclusive.current(loading)).isNull();
    store.clear();

    Load<String> second = new Load<>();
    Entry<Integer, String> anew = exclusive.lockOrFollow(1, store.hash(1), second);
    assertThat(anew).isNotNull().isNotSameAs(loading);
    assertThat(exclusive.insert(loading, "stale", 1, Clock.NEVER)).isFalse();
    first.complete("stale");
    exclusive.unlock(loading);
    assertThat(exclusive.insert(anew, "fresh", 1, Clock.NEVER)).isTrue();
    second.complete("fresh");
    exclusive.unlock(anew);
    assertThat(get(store, 1)).isEqualTo("fresh");
  }

  @Test
  void cursor_whileOthersComeAndGo_seesWhatStaysOnce() {
    Store<Integer, String> store = store(StoreSettings.UNBOUNDED, false, 4);
    for (int key = 0; key < 500; key++) {
      put(store, key);
    }
    Set<Integer> seen = new HashSet<>();
    EntryCursor<Integer, String> cursor = store.cursor();
    int step = 0;
    for (Entry<Integer, String> e = cursor.next(); e != null; e = cursor.next()) {
      assertThat(seen.add(e.key())).as("key %d seen twice", e.key()).isTrue();
      put(store, 10_000 + step); // grows the table again and again
      step++;
    }
    for (int key = 0; key < 500; key++) {
      assertThat(seen).contains(key);
    }
  }

  @Test
  void lock_ofAClosedStore_isRefusedNamingIt() {
    Store<Integer, String> store = store(10, false, 1);
    put(store, 1);
    store.close();

    assertThatThrownBy(() -> put(store, 2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("cache 'test' is closed");
    assertThat(get(store, 1)).isNull();
  }

  @Test
  void unlock_ofAPlaceholder_leavesNothingBehind() {
    Store<Integer, String> store = store(10, false, 1);
    for (int key = 0; key < 1000; key++) {
      store.exclusive().unlock(store.exclusive().lock(key, store.hash(key), true));
    }
    assertThat(store.size()).isZero();
    store.audit();
  }

  @Test
  void current_clearedBeforeTheLook_commitsAfterTheClear() {
    Store<Integer, String> store = store(10, false, 1);
    put(store, 1);
    ExclusiveAccess<Integer, String> exclusive = store.exclusive();
    Entry<Integer, String> entry = exclusive.lock(1, store.hash(1), false);
    store.clear();

    assertThat(exclusive.current(entry)).isNull();
    assertThat(exclusive.insert(entry, "after", 1, Clock.NEVER)).isTrue();
    exclusive.unlock(entry);
    assertThat(get(store, 1)).isEqualTo("after");
  }

  @Test
  void unlock_afterAClearThatTheOwnerHasNotSeen_isRefusedUntilItHas() {
    Store<Integer, String> store = store(10, false, 1);
    put(store, 1);
    Entry<Integer, String> entry = store.exclusive().lock(1, store.hash(1), false);
    store.clear();

    assertThat(EntryLocks.unlock(entry)).isFalse();
    store.exclusive().unlock(entry);
    put(store, 1);
    assertThat(get(store, 1)).isEqualTo("v1");
  }

  @Test
  void replace_byOneThatFitsIfOthersYield_staysItself() {
    for (int key = 0; key < 3; key++) {
      Store<Integer, String> store = store(10, true, 1);
      for (int other = 0; other < 3; other++) {
        put(store, other, 3, Clock.NEVER);
      }
      put(store, key, 8, Clock.NEVER);

      assertThat(get(store, key)).as("key %d", key).isNotNull();
      assertThat(store.weight()).isEqualTo(8);
    }
  }

  @Test
  void defaultShards_byMaximum_leaveAThousandEntriesToEach() {
    assertThat(StoreSettings.defaultShards(1000, false)).isEqualTo(1);
    assertThat(StoreSettings.defaultShards(2047, false)).isEqualTo(1);
    assertThat(StoreSettings.defaultShards(2048, false)).isEqualTo(2);
    assertThat(StoreSettings.defaultShards(1L << 40, true)).isEqualTo(1);
    assertThat(StoreSettings.defaultShards(StoreSettings.UNBOUNDED, false))
        .isLessThanOrEqualTo(4 * Runtime.getRuntime().availableProcessors());
  }
}
