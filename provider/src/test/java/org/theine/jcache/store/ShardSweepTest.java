package org.theine.jcache.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.theine.jcache.timer.Clock;

/** What becomes of entries that are due, and of those that a clear or the end meets. */
class ShardSweepTest extends ShardFixture {
  // ---- sweep

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
    shard.lock().unlock();
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

    entry.forgetWaiters(Entry.WAITED);
    sweep(2 * SECOND);
    assertThat(told).containsExactly("expired a=value");
  }

  // ---- clear and close

  @Test
  void clear_nothingIsLeft_memoryIsGivenBack() {
    for (int i = 0; i < 100; i++) {
      put("key " + i, 1, SECOND);
    }
    Entry<String, String> held =
        Objects.requireNonNull(shard.table().find("key 7", "key 7".hashCode()));
    Entry<String, String> free =
        Objects.requireNonNull(shard.table().find("key 8", "key 8".hashCode()));
    assertThat(held.tryLock(0)).isTrue();
    shard.lock().lock();
    shard.clear();
    shard.settleMessages(held);
    shard.lock().unlock();

    assertThat(free.state()).as("left, and not locked").isEqualTo(Entry.DEAD);
    assertThat(held.state()).isEqualTo(Entry.LOCKED | Entry.CLEARED | Entry.DEAD);
    assertThat(shard.slots().length()).isZero();
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
    shard.lock().unlock();

    assertThat(entry.state()).isEqualTo(Entry.LOCKED);
    assertThat(entry.tryUnlock()).isTrue();
  }

  @Test
  void forgetClear_ofADeadNode_changesNothing() {
    Entry<String, String> dead = new Entry<>("a", 1, Entry.LOCKED | Entry.DEAD | Entry.CLEARED);
    dead.forgetClear();
    assertThat(dead.is(Entry.CLEARED)).isTrue();
  }

  @Test
  void addIfAbsent_keyLinked_isThatNode() {
    Entry<String, String> linked = put("a");
    shard.lock().lock();
    assertThat(shard.addIfAbsent(new ExpiringEntry<>("a", linked.hash, 0))).isSameAs(linked);
    shard.lock().unlock();
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
    shard.lock().unlock();
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
      shard.lock().unlock();
    }
    entry.setValue("value");
  }
}
