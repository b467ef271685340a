package org.theine.jcache.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.theine.jcache.timer.Clock;

/** How the maximum is shared among shards, and who yields when it is exceeded. */
class StoreBoundTest {
  private final List<Long> evicted = new ArrayList<>();
  private int settled;
  private @Nullable Store<Long, String> made;

  private final class Told extends Stores.Unheard<Long> {
    @Override
    public void evicted(Entry<Long, String> entry, String value) {
      evicted.add(entry.key());
    }

    @Override
    public void settled() {
      settled++;
    }
  }

  private Store<Long, String> store(long maximum, boolean weighted, int shards) {
    made =
        new Store<>(
            new StoreSettings<>(
                "test", maximum, weighted, shards, false, null, 42, UnaryOperator.identity()),
            new Told());
    return made;
  }

  private static Shard<Long, String> shard(Store<Long, String> store, int number) {
    return store.shard(number << Integer.SIZE - Integer.numberOfTrailingZeros(store.shards()));
  }

  /** The first keys that lie in a shard. */
  private static List<Long> keysOf(Store<Long, String> store, int shard, int count) {
    List<Long> keys = new ArrayList<>();
    for (long key = 0; keys.size() < count; key++) {
      if (store.shardOf(store.hash(key)) == shard) {
        keys.add(key);
      }
    }
    return keys;
  }

  private static void put(Store<Long, String> store, long key, int weight) {
    ExclusiveAccess<Long, String> exclusive = store.exclusive();
    Entry<Long, String> entry = exclusive.lock(key, store.hash(key), false);
    exclusive.current(entry);
    exclusive.insert(entry, "value", weight, Clock.NEVER);
    exclusive.settle(entry);
    exclusive.unlock(entry);
  }

  private static void putAll(Store<Long, String> store, List<Long> keys) {
    keys.forEach(key -> put(store, key, 1));
  }

  @AfterEach
  void structures_atTheEnd_agree() {
    if (made != null) {
      Stores.assertAtRest(made);
    }
  }

  // ---- shares

  private static void assertShares(Store<Long, String> store, long... shares) {
    for (int number = 0; number < shares.length; number++) {
      assertThat(shard(store, number).surplus())
          .as("surplus of the empty shard %d", number)
          .isEqualTo(-shares[number]);
    }
  }

  @Test
  void shares_maximumThatDoesNotDivide_addUpToIt() {
    assertShares(store(10, false, 4), 3, 3, 2, 2);
    assertShares(store(3, false, 4), 1, 1, 1, 0);
    assertShares(store(8, false, 4), 2, 2, 2, 2);
  }

  @Test
  void shards_dealOutAllHashes() {
    Store<Long, String> store = store(10, false, 4);
    assertThat(store.shards()).isEqualTo(4);
    for (int number = 0; number < 4; number++) {
      assertThat(keysOf(store, number, 3)).hasSize(3);
    }
  }

  @Test
  void setMaximum_another_changesTheShares() {
    Store<Long, String> store = store(10, false, 4);
    store.setMaximum(101);

    assertShares(store, 26, 25, 25, 25);
    assertThat(store.maximum()).isEqualTo(101);
    assertThat(settled).isEqualTo(1);
  }

  @Test
  void setMaximum_byTwoAtATime_sharesAreOfOneMaximum() throws Exception {
    Store<Long, String> store = store(64_000, false, 512);
    int rounds = 1_500;
    CyclicBarrier round = new CyclicBarrier(2, store::audit);
    Stores.race(
        () -> setMaximum(store, 512, rounds, round),
        () -> setMaximum(store, 64_000, rounds, round));
  }

  private static void setMaximum(
      Store<Long, String> store, long maximum, int rounds, CyclicBarrier round) throws Exception {
    for (int i = 0; i < rounds; i++) {
      store.setMaximum(maximum);
      round.await(60, TimeUnit.SECONDS);
    }
  }

  @Test
  void audit_sharesOfTwoMaxima_isNoticed() {
    Store<Long, String> store = store(10, false, 4);
    Shard<Long, String> first = shard(store, 0);
    first.lock().lock();
    try {
      first.setShare(30);
      assertThatThrownBy(store::audit)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("weights 0, total 0, shares 37, maximum 10");
    } finally {
      first.setShare(3);
      first.lock().unlock();
    }
  }

  @Test
  void setMaximum_notPositive_isRefused() {
    Store<Long, String> store = store(10, false, 1);
    for (long maximum : new long[] {0, -1}) {
      assertThatThrownBy(() -> store.setMaximum(maximum))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(String.valueOf(maximum));
    }
    assertThatThrownBy(() -> store.setMaximum(StoreSettings.UNBOUNDED))
        .isInstanceOf(IllegalStateException.class);
    store.setMaximum(1);
    assertThat(store.maximum()).isEqualTo(1);
  }

  @Test
  void settings_outOfRange_areRefused() {
    assertThatThrownBy(() -> store(0, false, 1)).hasMessage("maximum must be positive: 0");
    assertThat(store(1, false, 1).maximum()).isEqualTo(1);
    for (int shards : new int[] {0, -1, 3, 1 << 17}) {
      assertThatThrownBy(() -> StoreSettings.requireShards(shards))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageEndingWith(": " + shards);
    }
    assertThat(StoreSettings.requireShards(1)).isEqualTo(1);
    assertThat(StoreSettings.requireShards(1 << 16)).isEqualTo(1 << 16);
  }

  @Test
  void defaultShards_unbounded_areFourAProcessor() {
    assertThat(StoreSettings.defaultShards(StoreSettings.UNBOUNDED, false))
        .isEqualTo(Integer.highestOneBit(4 * Runtime.getRuntime().availableProcessors()));
    assertThat(StoreSettings.defaultShards(StoreSettings.UNBOUNDED, true))
        .isEqualTo(StoreSettings.defaultShards(StoreSettings.UNBOUNDED, false));
  }

  // ---- who yields

  @Test
  void insert_ownShardBeyondItsShare_ownShardYields() {
    Store<Long, String> store = store(8, false, 2);
    putAll(store, keysOf(store, 0, 4));
    putAll(store, keysOf(store, 1, 5));

    assertThat(evicted).hasSize(1).allMatch(key -> store.shardOf(store.hash(key)) == 1);
    assertThat(shard(store, 0).surplus()).isZero();
  }

  @Test
  void insert_ownShardWithinItsShare_fullestYields() {
    Store<Long, String> store = store(16, false, 4);
    putAll(store, keysOf(store, 1, 5));
    putAll(store, keysOf(store, 2, 7));
    putAll(store, keysOf(store, 3, 4));
    assertThat(evicted).isEmpty();

    putAll(store, keysOf(store, 0, 1));

    assertThat(evicted).hasSize(1).allMatch(key -> store.shardOf(store.hash(key)) == 2);
  }

  @Test
  void insert_ownShardExactlyAtItsShare_anotherYields() {
    Store<Long, String> store = store(8, false, 2);
    putAll(store, keysOf(store, 0, 5));
    putAll(store, keysOf(store, 1, 3));
    List<Long> fourth = keysOf(store, 1, 4).subList(3, 4);

    putAll(store, fourth);

    assertThat(evicted).hasSize(1).allMatch(key -> store.shardOf(store.hash(key)) == 0);
  }

  @Test
  void insert_onlyEntryOfItsShardIsTooHeavyForTheShare_othersYield() {
    Store<Long, String> store = store(10, true, 4);
    putAll(store, keysOf(store, 1, 5));
    long heavy = keysOf(store, 0, 1).get(0);

    put(store, heavy, 8);

    assertThat(evicted).hasSize(3).doesNotContain(heavy);
    assertThat(store.weight()).isEqualTo(10);
  }

  @Test
  void insert_heavierThanTheMaximumAndAlone_itselfLeaves() {
    Store<Long, String> store = store(10, true, 4);
    put(store, 1, 11);

    assertThat(evicted).containsExactly(1L);
    assertThat(store.size()).isZero();
  }

  @Test
  void insert_sixteenVictimsInUse_itselfLeaves() {
    Store<Long, String> store = store(40, false, 1);
    List<Entry<Long, String>> held = new ArrayList<>();
    for (long key = 0; key < 40; key++) {
      put(store, key, 1);
      held.add(store.exclusive().lock(key, store.hash(key), false));
    }
    put(store, 100, 1);

    assertThat(evicted).containsExactly(100L);
    held.forEach(store.exclusive()::unlock);
  }

  @Test
  void insert_someVictimsInUse_anotherLeaves() {
    Store<Long, String> store = store(40, false, 1);
    for (long key = 0; key < 40; key++) {
      put(store, key, 1);
    }
    List<Entry<Long, String>> held = new ArrayList<>();
    for (long key = 0; key < 15; key++) {
      held.add(store.exclusive().lock(key, store.hash(key), false));
    }
    put(store, 100, 1);

    assertThat(evicted).hasSize(1).allMatch(key -> key >= 15);
    held.forEach(store.exclusive()::unlock);
  }

  @Test
  void fits_upToTheMaximum() {
    ExclusiveAccess<Long, String> exclusive = store(10, true, 1).exclusive();
    assertThat(exclusive.fits(10)).isTrue();
    assertThat(exclusive.fits(11)).isFalse();
  }

  @Test
  void refuse_aMapping_leavesAndIsToldOf() {
    Store<Long, String> store = store(10, true, 1);
    put(store, 1, 5);
    Entry<Long, String> entry = store.exclusive().lock(1L, store.hash(1L), false);
    store.exclusive().refuse(entry, "heavy");
    store.exclusive().unlock(entry);

    assertThat(evicted).containsExactly(1L);
    assertThat(store.size()).isZero();
    assertThat(store.weight()).isZero();
  }

  @Test
  void replace_heavierOrLighter_changesTheTotal() {
    Store<Long, String> store = store(10, true, 1);
    put(store, 1, 5);
    Entry<Long, String> entry = store.exclusive().lock(1L, store.hash(1L), false);
    store.exclusive().replace(entry, "heavier", 7, Clock.NEVER);
    assertThat(store.weight()).isEqualTo(7);
    assertThat(entry.value()).isEqualTo("heavier");
    assertThat(entry.isCommitting()).isFalse();
    store.exclusive().replace(entry, "lighter", 1, Clock.NEVER);
    assertThat(store.weight()).isEqualTo(1);
    store.exclusive().unlock(entry);
    assertThat(store.peek(entry)).isEqualTo("lighter");
  }

  @Test
  void replace_ofAPlaceholder_changesNothing() {
    Store<Long, String> store = store(10, true, 1);
    Entry<Long, String> entry = store.exclusive().lock(1L, store.hash(1L), false);
    store.exclusive().replace(entry, "value", 7, Clock.NEVER);
    assertThat(entry.value()).isNull();
    store.exclusive().unlock(entry);
    assertThat(store.weight()).isZero();
  }

  // ---- hits

  /** Keys that are used again and again stay, among many that are used once. */
  @Test
  void access_oftenUsedKeys_stay() {
    assertThat(hitsOfFavourites(store -> key -> store.access(key, store.hash(key), null)))
        .isEqualTo(20);
  }

  @Test
  void accessOfTheEntry_oftenUsedKeys_stay() {
    assertThat(
            hitsOfFavourites(
                store ->
                    key -> {
                      Entry<Long, String> entry = store.find(key, store.hash(key));
                      return entry == null ? null : store.access(entry, null);
                    }))
        .isEqualTo(20);
  }

  @Test
  void replace_oftenUsedKeys_stay() {
    assertThat(
            hitsOfFavourites(
                store ->
                    key -> {
                      Entry<Long, String> entry =
                          store.exclusive().lock(key, store.hash(key), false);
                      String value = store.exclusive().current(entry);
                      if (value != null) {
                        store.exclusive().replace(entry, value, 1, Clock.NEVER);
                      }
                      store.exclusive().unlock(entry);
                      return value;
                    }))
        .isEqualTo(20);
  }

  private interface Use {
    @Nullable String apply(long key);
  }

  private interface Uses {
    Use of(Store<Long, String> store);
  }

  /** Uses twenty keys again and again, while thousands come; how many of the twenty are there. */
  private int hitsOfFavourites(Uses uses) {
    Store<Long, String> store = store(100, false, 1);
    Use use = uses.of(store);
    SplittableRandom random = new SplittableRandom(7);
    for (long key = 0; key < 20; key++) {
      put(store, key, 1);
    }
    for (long key = 1_000; key < 6_000; key++) {
      put(store, key, 1);
      use.apply(random.nextInt(20));
      use.apply(random.nextInt(20));
    }
    int hits = 0;
    for (long key = 0; key < 20; key++) {
      hits += store.contains(key, store.hash(key)) ? 1 : 0;
    }
    return hits;
  }

  /** Each key is asked for once more soon and then never: only a large window keeps it so long. */
  @ParameterizedTest
  @CsvSource({"false,1", "false,8", "true,1", "true,8"})
  void access_keysThatComeTwiceSoon_areKeptOnceTheAdviserKnows(boolean weighted, int shards) {
    int weight = weighted ? 10 : 1;
    Store<Long, String> store = store(1_000L * weight, weighted, shards);
    int hits = 0;
    for (long i = 0; i < 120_000; i++) {
      long key = i % 2 == 0 ? i : i - 601;
      if (store.access(key, store.hash(key), null) == null) {
        put(store, key, weight);
      } else if (i >= 80_000) {
        hits++;
      }
    }
    assertThat(hits).isGreaterThan(18_000);
    store.audit();
  }
}
