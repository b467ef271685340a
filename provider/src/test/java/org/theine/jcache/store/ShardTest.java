package org.theine.jcache.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.theine.jcache.timer.Clock;

/** What a shard tells its policy, and what becomes of victims and of entries that are due. */
class ShardTest {
  private static final long MAXIMUM = 100;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final AtomicLong ticker = new AtomicLong();
  private final ScriptedPolicy policy = new ScriptedPolicy();
  private final Bound bound = new Bound(MAXIMUM);
  private final List<String> told = new ArrayList<>();
  private Runnable whenTold = () -> {};
  private @Nullable IntToLongFunction hashes;
  private final Shard<String, String> shard =
      new Shard<>(this::policy, bound, new Told(), new Clock(ticker::get));

  private ScriptedPolicy policy(IntToLongFunction hashesOfSlots) {
    hashes = hashesOfSlots;
    return policy;
  }

  private final class Told implements Departures<String, String> {
    @Override
    public void evicted(Entry<String, String> entry, String value) {
      told.add("evicted " + entry.key() + "=" + value);
      whenTold.run();
    }

    @Override
    public void expired(Entry<String, String> entry, String value) {
      told.add("expired " + entry.key() + "=" + value);
      whenTold.run();
    }

    @Override
    public void settled() {}
  }

  /** Puts a mapping, and leaves it unlocked. */
  private Entry<String, String> put(String key, int weight, long deadline) {
    return put(new ExpiringEntry<>(key, key.hashCode(), 0), weight, deadline);
  }

  private Entry<String, String> put(Entry<String, String> entry, int weight, long deadline) {
    assertThat(entry.tryLock(0)).isTrue();
    shard.lock().lock();
    assertThat(shard.addIfAbsent(entry)).isSameAs(entry);
    assertThat(shard.insert(entry, "value", weight, deadline)).isTrue();
    shard.unlock();
    assertThat(entry.tryUnlock()).isTrue();
    return entry;
  }

  private Entry<String, String> put(String key) {
    return put(key, 1, Clock.NEVER);
  }

  private Eviction evict(@Nullable Entry<String, String> own) {
    shard.lock().lock();
    try {
      return shard.evict(own);
    } finally {
      shard.unlock();
    }
  }

  private void sweep(long now) {
    shard.lock().lock();
    try {
      shard.sweep(now);
    } finally {
      shard.unlock();
    }
  }

  private void exceed() {
    bound.setMaximum(1);
  }

  @AfterEach
  void shard_atTheEnd_isUnlockedAndSound() {
    assertThat(shard.lock().isLocked()).isFalse();
    shard.lock().lock();
    shard.audit();
    shard.unlock();
  }

  // --------------------------------------------------------------------------------------- the
  // policy

  @Test
  void hit_anEntry_isToldWithItsSlot() {
    put("a");
    Entry<String, String> b = put("b");
    shard.hit(b);
    assertThat(policy.told).containsExactly("hit 1");
  }

  @Test
  void hashes_askedByThePolicy_areThoseOfTheEntries() {
    put("a");
    put("b");
    assertThat(Objects.requireNonNull(hashes).applyAsLong(1)).isEqualTo("b".hashCode());
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

  // -----------------------------------------------------------------------------------------
  // eviction

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
    assertThat(shard.find("a", victim.hash)).isNull();
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
    shard.unlock();

    assertThat(told).containsExactly("evicted a=heavy");
    assertThat(bound.total()).isZero();
    assertThat(entry.value()).isNull();
  }

  // -------------------------------------------------------------------------------------------
  // sweep

  @Test
  void nextNanos_isWhenTheWheelHasSomethingToDo() {
    assertThat(shard.nextNanos()).isEqualTo(Clock.NEVER);
    put("a", 1, 5 * SECOND);
    assertThat(shard.nextNanos()).isPositive().isLessThan(6 * SECOND);
    sweep(6 * SECOND);
    assertThat(shard.nextNanos()).isEqualTo(Clock.NEVER);
  }

  @Test
  void sweep_due_expiresAndFrees() {
    Entry<String, String> entry = put("a", 4, SECOND);
    sweep(2 * SECOND);

    assertThat(told).containsExactly("expired a=value");
    assertThat(entry.state()).isEqualTo(Entry.DEAD);
    assertThat(entry.deadline()).isEqualTo(Clock.DEAD);
    assertThat(bound.total()).isZero();
  }

  @Test
  void sweep_deadlineIsTheTimeOfTheSweep_expires() {
    put("a", 1, 1L << 28); // where a tick begins
    sweep(1L << 28);
    assertThat(told).containsExactly("expired a=value");
  }

  /** The wheel finds it due; before the sweep has it, a reader touches it. */
  @Test
  void sweep_touchedMeanwhile_staysAndComesUpLater() {
    Touched entry = new Touched("a");
    put(entry, 1, SECOND);
    entry.touchedTo = 10 * SECOND;
    sweep(2 * SECOND);
    assertThat(told).isEmpty();
    assertThat(entry.state()).as("free again").isZero();

    sweep(11 * SECOND);
    assertThat(told).containsExactly("expired a=value");
  }

  /** The same, and the touch comes between the sweep's look and its own move. */
  @Test
  void sweep_touchedBeforeItsMove_staysAndComesUpLater() {
    Touched entry = new Touched("a");
    put(entry, 1, SECOND);
    entry.touchedAtMove = 10 * SECOND;
    sweep(2 * SECOND);
    assertThat(told).isEmpty();
    assertThat(entry.state()).isZero();

    sweep(11 * SECOND);
    assertThat(told).containsExactly("expired a=value");
  }

  /** Is touched in the middle of a sweep. */
  private static final class Touched extends Entry<String, String> {
    private long deadline = Clock.DEAD;
    private boolean looked;

    /** The deadline after the first look; 0: it stays. */
    long touchedTo;

    /** The deadline that a move finds; 0: it stays. */
    long touchedAtMove;

    Touched(String key) {
      super(key, key.hashCode(), 0);
    }

    @Override
    public long deadline() {
      long seen = deadline;
      if (touchedTo != 0 && !looked) {
        looked = true;
        deadline = touchedTo;
      }
      return seen;
    }

    @Override
    long setDeadline(long nanos) {
      long before = deadline;
      deadline = nanos;
      return before;
    }

    @Override
    boolean moveDeadline(long from, long to) {
      if (touchedAtMove != 0) {
        deadline = touchedAtMove;
        touchedAtMove = 0;
      }
      boolean moves = deadline == from;
      deadline = moves ? to : deadline;
      return moves;
    }
  }

  @Test
  void sweep_locked_ownerSetsTheTimerAnew() {
    Entry<String, String> entry = put("a", 1, SECOND);
    assertThat(entry.tryLock(0)).isTrue();
    sweep(2 * SECOND);
    assertThat(entry.is(Entry.OVERDUE)).isTrue();
    assertThat(shard.nextNanos()).isEqualTo(Clock.NEVER);

    shard.lock().lock();
    shard.settleMessages(entry);
    shard.unlock();
    assertThat(entry.tryUnlock()).isTrue();
    sweep(2 * SECOND);
    assertThat(told).containsExactly("expired a=value");
  }

  /** Free for a moment, but promised to somebody who was woken for it. */
  @Test
  void sweep_promisedToAWaiter_comesUpAgain() {
    Entry<String, String> entry = put("a", 1, SECOND);
    entry.tryLock(0);
    entry.announceWaiter();
    entry.unlock(Entry.WAITED);
    sweep(2 * SECOND);
    assertThat(told).isEmpty();
    assertThat(shard.nextNanos()).isLessThanOrEqualTo(2 * SECOND);

    entry.forgetWaiters();
    sweep(2 * SECOND);
    assertThat(told).containsExactly("expired a=value");
  }

  // ------------------------------------------------------------------------------------ clear and
  // close

  @Test
  void clear_nothingIsLeft_memoryIsGivenBack() {
    for (int i = 0; i < 100; i++) {
      put("key " + i, 1, SECOND);
    }
    Entry<String, String> held = Objects.requireNonNull(shard.find("key 7", "key 7".hashCode()));
    Entry<String, String> free = Objects.requireNonNull(shard.find("key 8", "key 8".hashCode()));
    assertThat(held.tryLock(0)).isTrue();
    shard.lock().lock();
    shard.clear();
    shard.settleMessages(held);
    shard.unlock();

    assertThat(free.state()).as("left, and not locked").isEqualTo(Entry.DEAD);
    assertThat(held.state()).isEqualTo(Entry.LOCKED | Entry.CLEARED | Entry.DEAD);
    assertThat(shard.slotLimit()).isZero();
    assertThat(shard.size()).isZero();
    assertThat(policy.told).containsExactly("clear");
    assertThat(bound.total()).isZero();
    assertThat(shard.nextNanos()).isEqualTo(Clock.NEVER);
  }

  @Test
  void settleMessages_mappingWasMadeSinceTheClear_staysAndIsToldOfNoClear() {
    Entry<String, String> entry = put("a");
    assertThat(entry.tryLock(0)).isTrue();
    entry.tellOwner(Entry.CLEARED);
    shard.lock().lock();
    shard.settleMessages(entry);
    shard.unlock();

    assertThat(entry.state()).isEqualTo(Entry.LOCKED);
    assertThat(entry.tryUnlock()).isTrue();
  }

  @Test
  void forgetClear_ofADeadNode_changesNothing() {
    Entry<String, String> dead = new Entry<>("a", 1, Entry.LOCKED | Entry.DEAD | Entry.CLEARED);
    shard.forgetClear(dead);
    assertThat(dead.is(Entry.CLEARED)).isTrue();
  }

  @Test
  void addIfAbsent_keyLinked_isThatNode() {
    Entry<String, String> linked = put("a");
    shard.lock().lock();
    assertThat(shard.addIfAbsent(new ExpiringEntry<>("a", linked.hash, 0))).isSameAs(linked);
    shard.unlock();
  }

  @Test
  void close_thenAnything_isRefused() {
    Entry<String, String> late = new ExpiringEntry<>("late", 1, Entry.LOCKED);
    shard.lock().lock();
    shard.addIfAbsent(late);
    shard.close();
    assertThat(shard.addIfAbsent(new ExpiringEntry<>("a", 1, 0))).isNull();
    late.forget(Entry.CLEARED);
    assertThat(shard.insert(late, "value", 1, Clock.NEVER)).isFalse();
    shard.settleMessages(late);
    shard.unlock();
    assertThat(shard.size()).isZero();
  }

  @Test
  void audit_ofAnUnsoundShard_throws() {
    Entry<String, String> entry = put("a");
    entry.setValue(null);
    shard.lock().lock();
    try {
      assertThatThrownBy(shard::audit).isInstanceOf(IllegalStateException.class);
    } finally {
      shard.unlock();
    }
    entry.setValue("value");
  }
}
