package org.theine.jcache.store;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.theine.jcache.policy.EvictionPolicy;
import org.theine.jcache.policy.Unbounded;
import org.theine.jcache.timer.Clock;
import org.theine.jcache.timer.TimerWheel;

/** The audit that all the long tests end with notices each way in which structures can disagree. */
class ShardAuditTest {
  private final EntryTable<String, String> table = new EntryTable<>(new ReentrantLock());
  private final Slots<String, String> slots = new Slots<>();
  private final List<Entry<String, String>> entries = new ArrayList<>();
  private final ScriptedPolicy policy = new ScriptedPolicy();
  private final TimerWheel wheel = new TimerWheel(0, slot -> entries.get(slot).deadline());

  @BeforeEach
  void twoMappingsAndAPlaceholder() {
    mapping("a", Clock.NEVER);
    mapping("b", 1L << 40);
    table.add(new ExpiringEntry<>("c", 3, Entry.LOCKED));
    check();
  }

  private Entry<String, String> mapping(String key, long deadline) {
    Entry<String, String> entry = new ExpiringEntry<>(key, key.hashCode(), 0);
    entry.setValue("value");
    entry.setDeadline(deadline);
    table.add(entry);
    int slot = slots.put(entry);
    entries.add(entry);
    policy.insert(slot, 1);
    wheel.schedule(slot, deadline);
    return entry;
  }

  private void check() {
    ShardAudit.check(table, slots, policy, wheel);
  }

  private void assertUnsound(String rule) {
    assertThatThrownBy(this::check)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("inconsistent shard: " + rule);
  }

  @Test
  void check_withoutAWheel_isSound() {
    assertThatCode(() -> ShardAudit.check(table, slots, policy, null)).doesNotThrowAnyException();
  }

  @Test
  void check_nodeLinkedTwice_isNoticed() {
    Entry<String, String> d = new ExpiringEntry<>("d", 8, Entry.LOCKED);
    table.add(d);
    for (int i = 0; i < EntryTable.COLLIDING; i++) {
      table.add(new ExpiringEntry<>("of one hash " + i, 8, Entry.LOCKED));
    }
    table.add(d);
    assertUnsound("linked twice");
  }

  @Test
  void check_deadNodeLinked_isNoticed() {
    entries.get(0).markDead();
    assertUnsound("dead but linked");
  }

  @Test
  void check_keyLinkedTwice_isNoticed() {
    table.add(new ExpiringEntry<>("a", "a".hashCode(), Entry.LOCKED));
    assertUnsound("not found by its key");
  }

  @Test
  void check_placeholderWithAValue_isNoticed() {
    Entry<String, String> entry = new ExpiringEntry<>("d", 8, Entry.LOCKED);
    entry.setValue("value");
    table.add(entry);
    assertUnsound("a value without a slot");
  }

  @Test
  void check_placeholderThatNobodyOwns_isNoticed() {
    table.add(new ExpiringEntry<>("d", 8, 0));
    assertUnsound("a placeholder that nobody owns");
  }

  @Test
  void check_mappingWithoutAValue_isNoticed() {
    entries.get(1).setValue(null);
    assertUnsound("a slot without a value");
  }

  @Test
  void check_slotOfAnotherEntry_isNoticed() {
    entries.get(1).setSlot(Entry.NO_SLOT);
    entries.get(1).setSlot(0);
    assertUnsound("another entry in its slot");
  }

  @Test
  void check_entryInTwoSlots_isNoticed() {
    Entry<String, String> entry = entries.get(1);
    entry.setSlot(Entry.NO_SLOT);
    policy.insert(slots.put(entry), 1); // the third one
    assertUnsound("in another slot");
  }

  @Test
  void check_mappingNotLinked_isNoticed() {
    table.remove(entries.get(1));
    assertUnsound("in a slot but not linked");
  }

  @Test
  void check_policyKnowsAFreeSlot_isNoticed() {
    policy.insert(7, 1);
    assertThatThrownBy(this::check)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("slot 7 is not used");
  }

  @Test
  void check_expiringEntryNotInTheWheel_isNoticed() {
    wheel.cancel(1);
    assertThatThrownBy(this::check)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("scheduled must be true for slot 1");
  }

  /** It was due while it was locked, and its owner will set the timer anew. */
  @Test
  void check_overdueEntryNotInTheWheel_isSound() {
    Entry<String, String> entry = entries.get(1);
    entry.tryLock(0);
    entry.tellOwner(Entry.OVERDUE);
    wheel.cancel(1);
    assertThatCode(this::check).doesNotThrowAnyException();
  }

  /** The deadline was moved away for ever, of which the wheel is not told. */
  @Test
  void check_eternalEntryInTheWheel_isSound() {
    entries.get(1).setDeadline(Clock.NEVER);
    assertThatCode(this::check).doesNotThrowAnyException();
  }

  @Test
  void check_freeSlotInTheWheel_isNoticed() {
    Entry<String, String> entry = entries.get(1);
    table.remove(entry);
    slots.remove(entry);
    policy.remove(1);
    assertThatThrownBy(this::check)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("scheduled must be false for slot 1");
  }

  @Test
  void check_unboundedPolicy_asksItToo() {
    EvictionPolicy none = new Unbounded();
    none.remove(0);
    assertThatThrownBy(() -> ShardAudit.check(table, slots, none, wheel))
        .isInstanceOf(IllegalStateException.class);
  }
}
