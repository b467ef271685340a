package org.theine.jcache.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.theine.jcache.timer.Clock;

/** What a shard tells its policy, and what becomes of its victims. */
class ShardTest extends ShardFixture {
  // ---- the policy

  @Test
  void hit_anEntry_isToldWithItsSlot() {
    put("a");
    Entry<String, String> b = put("b");
    shard.hit(b);
    assertThat(policy.told).containsExactly("hit 1");
  }

  /** Its slot is not in the node, and that of another would be told. */
  @Test
  void hit_anEntryWhoseSlotIsTooLarge_isToldOfNone() {
    Entry<String, String> entry = put("a");
    entry.setSlot(Entry.LARGE_SLOT);
    shard.hit(entry);
    assertThat(policy.told).containsExactly("hit -1");
    entry.setSlot(0);
  }

  /** There is no memory for it: the shard is as before, and the next try finds no trace. */
  @Test
  void insert_policyFails_nothingHasHappened() {
    put("a");
    Entry<String, String> entry = new ExpiringEntry<>("b", 2, Entry.LOCKED);
    OutOfMemoryError failure = new OutOfMemoryError("for a test");
    policy.beforeInsert =
        () -> {
          throw failure;
        };
    shard.lock().lock();
    try {
      assertThat(shard.addIfAbsent(entry)).isSameAs(entry);
      assertThatThrownBy(() -> shard.insert(entry, "value", 1, 5 * SECOND)).isSameAs(failure);
      assertThat(entry.hasSlot()).isFalse();
      assertThat(entry.value()).isNull();
      assertThat(bound.total()).isEqualTo(1);
      assertThat(shard.size()).isEqualTo(1);
      policy.beforeInsert = () -> {};
      assertThat(shard.insert(entry, "value", 1, 5 * SECOND)).isTrue();
      assertThat(entry.slot()).isEqualTo(1);
      shard.letGo(entry);
      assertThat(shard.audit()).isEqualTo(2);
    } finally {
      shard.lock().unlock();
    }
  }

  @Test
  void hashes_askedByThePolicy_areThoseOfTheEntries() {
    put("a");
    put("b");
    assertThat(Objects.requireNonNull(hashes).applyAsLong(1))
        .isEqualTo(Hashing.widen("b".hashCode()));
  }

  @Test
  void surplus_isTheWeightBeyondTheShare() {
    shard.setShare(10);
    assertThat(policy.told).containsExactly("capacity 10");
    assertThat(shard.surplus()).isEqualTo(-10);
    put("a", 12, Clock.NEVER);
    assertThat(shard.surplus()).isEqualTo(2);
  }

  @Test
  void reweigh_changesPolicyAndTotal() {
    Entry<String, String> entry = put("a", 3, Clock.NEVER);
    assertThat(shard.reweigh(entry, 3)).isTrue();
    assertThat(policy.told).isEmpty();

    assertThat(shard.reweigh(entry, 7)).isTrue();
    assertThat(policy.told).containsExactly("reweigh 0 to 7");
    assertThat(bound.total()).isEqualTo(7);
    assertThat(shard.reweigh(new Entry<>("b", 1, 0), 5)).as("no mapping").isFalse();
  }

  // ---- eviction

  @Test
  void evict_noVictim_busy() {
    assertThat(evict(null)).isEqualTo(Eviction.BUSY);
  }

  @Test
  void evict_victimFree_leaves() {
    Entry<String, String> victim = put("a", 2, Clock.NEVER);
    put("b", 5, Clock.NEVER);
    exceed();
    policy.victims.add(0);

    assertThat(evict(null)).isEqualTo(Eviction.DONE);

    assertThat(told).containsExactly("evicted a=value");
    assertThat(victim.state()).as("left, and not locked").isEqualTo(Entry.DEAD);
    assertThat(shard.table().find("a", victim.hash)).isNull();
    assertThat(bound.total()).isEqualTo(5);
    assertThat(shard.surplus()).isEqualTo(5);
  }

  @Test
  void evict_victimLocked_busyAndToldToThePolicy() {
    Entry<String, String> victim = put("a", 2, Clock.NEVER);
    exceed();
    policy.victims.add(0);
    assertThat(victim.tryLock(0)).isTrue();

    assertThat(evict(null)).isEqualTo(Eviction.BUSY);

    assertThat(policy.told).containsExactly("busy 0");
    assertThat(told).isEmpty();
    assertThat(victim.tryUnlock()).isTrue();
  }

  @Test
  void evict_ownEntryNamed_anotherIsTakenInstead() {
    Entry<String, String> own = put("own", 2, Clock.NEVER);
    put("other", 2, Clock.NEVER);
    exceed();
    policy.victims.addAll(List.of(0, 1));

    assertThat(evict(own)).isEqualTo(Eviction.DONE);

    assertThat(policy.told).containsExactly("busy 0");
    assertThat(told).containsExactly("evicted other=value");
  }

  @Test
  void evict_ownEntryAlone_saysSo() {
    Entry<String, String> own = put("own", 2, Clock.NEVER);
    exceed();
    policy.victims.addAll(List.of(0, 0));

    assertThat(evict(own)).isEqualTo(Eviction.OWN);
    assertThat(told).isEmpty();
  }

  @Test
  void evict_totalWithinTheMaximumByThen_victimIsSparedAndFree() {
    Entry<String, String> victim = put("a");
    policy.victims.add(0);

    assertThat(evict(null)).isEqualTo(Eviction.SPARED);

    assertThat(victim.state()).isZero();
    assertThat(victim.value()).isEqualTo("value");
  }

  /** Somebody came to wait for the victim while the evictor had it. */
  @Test
  void evict_sparedVictimIsWaitedFor_isFreeOnceTheShardIs() {
    Entry<String, String> victim = put("a");
    policy.victims.add(0);
    policy.beforeWeight = victim::announceWaiter;

    assertThat(evict(null)).isEqualTo(Eviction.SPARED);

    assertThat(victim.state()).isZero();
  }

  @Test
  void evict_sparedVictimIsWaitedForAndDue_itsTimerIsSetAnew() {
    Entry<String, String> victim = put("a", 1, SECOND);
    policy.victims.add(0);
    policy.beforeWeight =
        () -> {
          victim.announceWaiter();
          sweepUnderLock(2 * SECOND);
        };

    assertThat(evict(null)).isEqualTo(Eviction.SPARED);
    assertThat(victim.state()).isZero();
    assertThat(told).isEmpty();

    policy.beforeWeight = () -> {};
    sweep(3 * SECOND);
    assertThat(told).containsExactly("expired a=value");
  }

  private void sweepUnderLock(long now) {
    if (told.isEmpty()) {
      shard.sweep(now);
    }
  }

  @Test
  void evict_victimIsWaitedFor_isFreeOnceTheShardIs() {
    Entry<String, String> victim = put("a", 2, Clock.NEVER);
    exceed();
    policy.victims.add(0);
    whenTold = victim::announceWaiter;

    assertThat(evict(null)).isEqualTo(Eviction.DONE);

    assertThat(victim.state()).isEqualTo(Entry.DEAD);
  }

  @Test
  void refuse_aValueTooHeavy_isToldAndTheMappingLeaves() {
    Entry<String, String> entry = put("a", 2, Clock.NEVER);
    assertThat(entry.tryLock(0)).isTrue();
    shard.lock().lock();
    shard.refuse(entry, "heavy");
    shard.settleMessages(entry);
    shard.lock().unlock();

    assertThat(told).containsExactly("evicted a=heavy");
    assertThat(bound.total()).isZero();
    assertThat(entry.value()).isNull();
  }
}
