package org.theine.jcache.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.theine.jcache.Task;
import org.theine.jcache.timer.Clock;

/** The state of a node: who may lock it, and what is left for its owner. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EntryTest {
  private static Entry<String, String> in(int state) {
    return new Entry<>("key", 7, state);
  }

  @Test
  void entry_withoutExpiry_neverExpires() {
    Entry<String, String> entry = in(Entry.LOCKED);

    assertThat(entry.state()).isEqualTo(Entry.LOCKED);
    assertThat(entry.hash()).isEqualTo(7);
    assertThat(entry.deadline()).isEqualTo(Clock.NEVER);
    assertThat(entry.setDeadline(5)).isEqualTo(Clock.NEVER);
    assertThat(entry.moveDeadline(5, 6)).isTrue();
    assertThat(entry.deadline()).isEqualTo(Clock.NEVER);
  }

  @Test
  void expiringEntry_moveDeadline_onlyFromTheOneThatItHas() {
    Entry<String, String> entry = new ExpiringEntry<>("key", 7, 0);
    assertThat(entry.deadline()).isEqualTo(Clock.DEAD);

    assertThat(entry.setDeadline(5)).isEqualTo(Clock.DEAD);
    assertThat(entry.setDeadline(6)).isEqualTo(5);
    assertThat(entry.moveDeadline(5, 9)).isFalse();
    assertThat(entry.moveDeadline(6, 9)).isTrue();
    assertThat(entry.deadline()).isEqualTo(9);
  }

  @Test
  void tryLock_lockedOrDead_refused() {
    assertThat(in(Entry.LOCKED).tryLock(0)).isFalse();
    assertThat(in(Entry.DEAD).tryLock(0)).isFalse();
  }

  @Test
  void tryLock_free_addsTheBitsToTheState() {
    Entry<String, String> entry = in(Entry.WAITED);

    assertThat(entry.tryLock(Entry.RECORDED)).isTrue();
    assertThat(entry.state()).isEqualTo(Entry.WAITED | Entry.LOCKED | Entry.RECORDED);
  }

  @Test
  void tryLock_reserved_onlyForWhoWasWoken() {
    Entry<String, String> entry = in(Entry.RESERVED | Entry.WAITED);
    assertThat(entry.tryLock(0)).isFalse();
    assertThat(entry.tryLockIdle()).isFalse();
    assertThat(entry.tryLockReserved(Entry.RECORDED)).isTrue();
    assertThat(entry.state()).isEqualTo(Entry.WAITED | Entry.LOCKED | Entry.RECORDED);

    assertThat(in(Entry.LOCKED).tryLockReserved(0)).isFalse();
    assertThat(in(Entry.DEAD).tryLockReserved(0)).isFalse();
  }

  @Test
  void tryLockIdle_othersWait_refused() {
    assertThat(in(Entry.WAITED).tryLockIdle()).isFalse();
    Entry<String, String> idle = in(0);
    assertThat(idle.tryLockIdle()).isTrue();
    assertThat(idle.state()).isEqualTo(Entry.LOCKED);
  }

  @Test
  void tryUnlock_nothingLeftForTheOwner_freesTheEntryOrLeavesItDead() {
    Entry<String, String> live = in(Entry.LOCKED | Entry.RECORDED | Entry.LOADING);
    assertThat(live.tryUnlock()).isTrue();
    assertThat(live.state()).isZero();

    Entry<String, String> dead = in(Entry.LOCKED | Entry.DEAD);
    assertThat(dead.tryUnlock()).isTrue();
    assertThat(dead.state()).isEqualTo(Entry.DEAD);
  }

  @Test
  void tryUnlock_somethingLeftForTheOwner_changesNothing() {
    for (int message : new int[] {Entry.WAITED, Entry.OVERDUE, Entry.CLEARED}) {
      Entry<String, String> entry = in(Entry.LOCKED | message);
      assertThat(entry.tryUnlock()).as("message %d", message).isFalse();
      assertThat(entry.state()).isEqualTo(Entry.LOCKED | message);
    }
  }

  /**
   * Who is woken for a reserved entry would wait for ever if a newcomer kept him from taking it.
   */
  @Test
  void tryLockReserved_waiterAnnouncedMeanwhile_locksAllTheSame() throws Exception {
    int rounds = 50_000;
    List<Entry<String, String>> entries = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      entries.add(in(Entry.RESERVED));
    }
    AtomicInteger begun = new AtomicInteger();
    Stores.race(
        () -> entries.forEach(entry -> meet(begun, entry::announceWaiter)),
        () ->
            entries.forEach(
                entry ->
                    meet(begun, () -> assertThat(entry.tryLockReserved(Entry.RECORDED)).isTrue())));
  }

  /** Runs when both threads have come to the same round. */
  private static void meet(AtomicInteger begun, Runnable action) {
    int round = begun.getAndIncrement() / 2;
    while (begun.get() < 2 * round + 2) {
      Thread.onSpinWait();
    }
    action.run();
  }

  @Test
  void unlock_othersGoOnWaiting_staysMarked() {
    Entry<String, String> entry = in(Entry.LOCKED | Entry.WAITED | Entry.RECORDED);
    assertThat(entry.unlock(Entry.WAITED)).isTrue();
    assertThat(entry.state()).isEqualTo(Entry.WAITED);

    Entry<String, String> last = in(Entry.LOCKED | Entry.WAITED);
    assertThat(last.unlock(0)).isTrue();
    assertThat(last.state()).isZero();
  }

  @Test
  void unlock_messageForTheOwner_refusedUnlessTheNodeIsDead() {
    for (int message : new int[] {Entry.OVERDUE, Entry.CLEARED}) {
      Entry<String, String> live = in(Entry.LOCKED | message);
      assertThat(live.unlock(Entry.WAITED)).as("message %d", message).isFalse();
      assertThat(live.state()).isEqualTo(Entry.LOCKED | message);

      Entry<String, String> dead = in(Entry.LOCKED | Entry.DEAD | message);
      assertThat(dead.unlock(Entry.WAITED)).isTrue();
      assertThat(dead.state()).isEqualTo(Entry.DEAD);
    }
  }

  @Test
  void announceWaiter_entryFree_nothingToWaitFor() {
    Entry<String, String> entry = in(0);
    assertThat(entry.announceWaiter()).isFalse();
    assertThat(entry.state()).isZero();
  }

  @Test
  void announceWaiter_dead_nothingToWaitForThoughItIsStillLocked() {
    for (int others : new int[] {0, Entry.WAITED, Entry.CLEARED}) {
      int state = Entry.LOCKED | Entry.DEAD | others;
      Entry<String, String> entry = in(state);
      assertThat(entry.announceWaiter()).as("state %d", state).isFalse();
      assertThat(entry.state()).isEqualTo(state);
    }
  }

  @Test
  void announceWaiter_reserved_isToWait() {
    Entry<String, String> entry = in(Entry.RESERVED);
    assertThat(entry.announceWaiter()).isTrue();
    assertThat(entry.state()).isEqualTo(Entry.RESERVED | Entry.WAITED);
  }

  @Test
  void announceWaiter_locked_marksItOnce() {
    Entry<String, String> entry = in(Entry.LOCKED);
    assertThat(entry.announceWaiter()).isTrue();
    assertThat(entry.state()).isEqualTo(Entry.LOCKED | Entry.WAITED);
    assertThat(entry.announceWaiter()).isTrue();
    assertThat(entry.state()).isEqualTo(Entry.LOCKED | Entry.WAITED);
  }

  @Test
  void forgetWaiters_lockedAgain_leavesItToTheOwner() {
    Entry<String, String> free = in(Entry.WAITED);
    free.forgetWaiters(Entry.WAITED);
    assertThat(free.state()).isZero();
    Entry<String, String> reserved = in(Entry.WAITED | Entry.RESERVED);
    reserved.forgetWaiters(Entry.WAITED);
    assertThat(reserved.state()).isEqualTo(Entry.RESERVED);
    reserved.forgetWaiters(Entry.WAITED | Entry.RESERVED);
    assertThat(reserved.state()).isZero();
    Entry<String, String> dead = in(Entry.WAITED | Entry.DEAD);
    dead.forgetWaiters(Entry.WAITED);
    assertThat(dead.state()).isEqualTo(Entry.WAITED | Entry.DEAD);

    Entry<String, String> locked = in(Entry.LOCKED | Entry.WAITED);
    locked.forgetWaiters(Entry.WAITED);
    assertThat(locked.state()).isEqualTo(Entry.LOCKED | Entry.WAITED);
  }

  @Test
  void beginCommit_clearedOrDead_refused() {
    for (int end : new int[] {Entry.CLEARED, Entry.DEAD}) {
      Entry<String, String> entry = in(Entry.LOCKED | end);
      assertThat(entry.beginCommit()).as("state %d", end).isFalse();
      assertThat(entry.state()).isEqualTo(Entry.LOCKED | end);
    }
  }

  @Test
  void endCommit_leavesTheRestOfTheState() {
    Entry<String, String> entry = in(Entry.LOCKED | Entry.RECORDED);
    assertThat(entry.beginCommit()).isTrue();
    assertThat(entry.is(Entry.COMMITTING)).isTrue();
    entry.endCommit();
    assertThat(entry.state()).isEqualTo(Entry.LOCKED | Entry.RECORDED);
  }

  @Test
  void beginAsking_cleared_refusedUnlessTheNodeIsDead() {
    Entry<String, String> entry = in(Entry.LOCKED | Entry.LOADING);
    assertThat(entry.beginAsking()).isTrue();
    assertThat(entry.state()).isEqualTo(Entry.LOCKED | Entry.LOADING | Entry.ASKING);

    Entry<String, String> cleared = in(Entry.LOCKED | Entry.LOADING | Entry.CLEARED);
    assertThat(cleared.beginAsking()).isFalse();
    assertThat(cleared.is(Entry.ASKING)).isFalse();
    assertThat(in(Entry.LOCKED | Entry.LOADING | Entry.CLEARED | Entry.DEAD).beginAsking())
        .isTrue();
  }

  @Test
  void endAsking_clearedOrDead_refused() {
    int asking = Entry.LOCKED | Entry.LOADING | Entry.ASKING;
    Entry<String, String> entry = in(asking);
    assertThat(Entry.isAsking(entry.state())).isTrue();
    assertThat(entry.endAsking()).isTrue();
    assertThat(entry.state()).isEqualTo(Entry.LOCKED | Entry.LOADING);
    assertThat(Entry.isAsking(entry.state())).isFalse();
    for (int end : new int[] {Entry.CLEARED, Entry.DEAD}) {
      Entry<String, String> ended = in(asking | end);
      assertThat(ended.endAsking()).as("state %d", end).isFalse();
      assertThat(ended.state()).isEqualTo(asking | end);
    }
  }

  /** A processor that has loaded ends as loads do, and stays recorded. */
  @Test
  void endAsking_noLoad_leavesTheStateAsItIs() {
    Entry<String, String> entry = in(Entry.LOCKED | Entry.RECORDED);
    assertThat(Entry.isAsking(entry.state())).isFalse();
    assertThat(entry.endAsking()).isTrue();
    assertThat(entry.state()).isEqualTo(Entry.LOCKED | Entry.RECORDED);
  }

  @Test
  void isCommitting_reserved_isNot() {
    assertThat(in(Entry.RESERVED).isCommitting()).isFalse();
    assertThat(in(Entry.LOCKED | Entry.COMMITTING).isCommitting()).isTrue();
  }

  /** The slot lies beside the state and neither touches the other. */
  @Test
  void slot_largest_leavesTheStateAsItIs() {
    Entry<String, String> entry = in(Entry.LOCKED | Entry.COMMITTING);
    assertThat(entry.hasSlot()).isFalse();
    assertThat(entry.slot()).isEqualTo(Entry.NO_SLOT);
    entry.setSlot(Entry.LARGE_SLOT);
    assertThat(entry.slot()).isEqualTo(Entry.LARGE_SLOT);
    assertThat(entry.state()).isEqualTo(Entry.LOCKED | Entry.COMMITTING);

    entry.endCommit();
    assertThat(entry.tryUnlock()).isTrue();
    assertThat(entry.tryLock(Entry.RECORDED)).isTrue();
    assertThat(entry.tellOwner(Entry.OVERDUE)).isEqualTo(Entry.LOCKED | Entry.RECORDED);
    entry.forget(Entry.OVERDUE);
    assertThat(entry.unlock(Entry.WAITED)).isTrue();
    assertThat(entry.tryLockReserved(0)).isTrue();
    assertThat(entry.unlock(0)).isTrue();
    assertThat(entry.tryLockIdle()).isTrue();
    assertThat(entry.tryUnlock()).isTrue();
    assertThat(entry.tryEnd()).isTrue();
    assertThat(entry.slot()).isEqualTo(Entry.LARGE_SLOT);
    assertThat(entry.state()).isEqualTo(Entry.DEAD);

    entry.setSlot(Entry.NO_SLOT);
    assertThat(entry.hasSlot()).isFalse();
    assertThat(entry.state()).isEqualTo(Entry.DEAD);
    entry.setSlot(0);
    assertThat(entry.slot()).isZero();
  }

  @Test
  void tellOwner_free_nobodyToTell() {
    Entry<String, String> entry = in(Entry.WAITED);
    assertThat(entry.tellOwner(Entry.OVERDUE)).isZero();
    assertThat(entry.state()).isEqualTo(Entry.WAITED);
  }

  @Test
  void tellOwner_locked_addsTheMessageAndTellsTheStateBefore() {
    Entry<String, String> entry = in(Entry.LOCKED | Entry.LOADING);
    assertThat(entry.tellOwner(Entry.CLEARED)).isEqualTo(Entry.LOCKED | Entry.LOADING);
    assertThat(entry.state()).isEqualTo(Entry.LOCKED | Entry.LOADING | Entry.CLEARED);
    entry.forget(Entry.CLEARED);
    assertThat(entry.state()).isEqualTo(Entry.LOCKED | Entry.LOADING);
  }

  @Test
  void tellOwner_duringACommit_waitsForItsEnd() throws Exception {
    Entry<String, String> entry = in(Entry.LOCKED | Entry.COMMITTING);
    Task<Integer> teller = Task.start(() -> entry.tellOwner(Entry.CLEARED));
    for (int looks = 0; looks < 10_000; looks++) {
      assertThat(entry.is(Entry.CLEARED)).as("told in the middle of a commit").isFalse();
    }

    entry.endCommit();

    assertThat(teller.result()).isEqualTo(Entry.LOCKED);
    assertThat(entry.state()).isEqualTo(Entry.LOCKED | Entry.CLEARED);
  }

  @Test
  void load_ended_tellsItsOutcome() {
    Load<String> load = new Load<>();
    assertThat(load.isDone()).isFalse();
    assertThat(load.thread()).isSameAs(Thread.currentThread());

    load.complete("value");

    assertThat(load.isDone()).isTrue();
    assertThat(load.value()).isEqualTo("value");
    Load<String> failed = new Load<>();
    IllegalStateException cause = new IllegalStateException();
    failed.fail(cause);
    assertThat(failed.isDone()).isTrue();
    assertThat(failed.failure()).isSameAs(cause);
  }
}
