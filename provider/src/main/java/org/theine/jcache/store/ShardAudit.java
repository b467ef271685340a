package org.theine.jcache.store;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.policy.EvictionPolicy;
import org.theine.jcache.timer.Clock;
import org.theine.jcache.timer.TimerWheel;

/** Walks the structures of a shard and throws if they disagree. Requires the shard lock. */
final class ShardAudit {
  private ShardAudit() {}

  static <K, V> void check(
      EntryTable<K, V> table,
      Slots<K, V> slots,
      EvictionPolicy policy,
      @Nullable TimerWheel wheel) {
    Set<Entry<K, V>> linked = new HashSet<>();
    table.forEach(
        entry -> {
          require(linked.add(entry), "linked twice", entry);
          require(!entry.is(Entry.DEAD), "dead but linked", entry);
          require(table.search(entry.key(), entry.hash) == entry, "not found by its key", entry);
          checkMapping(entry, slots);
        });
    require(linked.size() == table.size(), "table counts " + table.size(), linked.size());
    int used = 0;
    for (int slot = 0; slot < slots.length(); slot++) {
      Entry<K, V> entry = slots.get(slot);
      if (entry != null) {
        used++;
        require(slots.of(entry) == slot, "in another slot " + slot, entry);
        require(linked.contains(entry), "in a slot but not linked", entry);
      }
    }
    require(used == slots.size(), "slots count " + slots.size(), used);
    policy.audit(slot -> slots.get(slot) != null);
    if (wheel != null) {
      wheel.audit(slot -> isTimed(slots.get(slot), slot, wheel));
    }
  }

  private static <K, V> void checkMapping(Entry<K, V> entry, Slots<K, V> slots) {
    if (!entry.hasSlot()) {
      require(entry.value() == null, "a value without a slot", entry);
      require(entry.is(Entry.LOCKED), "a placeholder that nobody owns", entry);
    } else {
      require(entry.value() != null, "a slot without a value", entry);
      require(slots.get(slots.of(entry)) == entry, "another entry in its slot", entry);
    }
  }

  /** A timer whose deadline was moved away for ever may stay until it fires. */
  private static boolean isTimed(@Nullable Entry<?, ?> entry, int slot, TimerWheel wheel) {
    return entry != null
        && !entry.is(Entry.OVERDUE)
        && (entry.deadline() != Clock.NEVER || wheel.isScheduled(slot));
  }

  private static void require(boolean condition, String rule, Entry<?, ?> entry) {
    require(condition, rule + ", state " + entry.state() + ", slot", entry.slot());
  }

  private static void require(boolean condition, String rule, int found) {
    if (!condition) {
      throw new IllegalStateException("inconsistent shard: " + rule + ": " + found);
    }
  }
}
