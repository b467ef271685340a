package org.theine.jcache.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.policy.EvictionPolicy;
import org.theine.jcache.timer.Clock;
import org.theine.jcache.timer.TimerWheel;

/**
 * One lock, one table, one set of slots, one policy and one wheel, which change together under the
 * lock. Unless its comment says otherwise a method requires the lock.
 */
final class Shard<K, V> {
  private final ShardLock lock = new ShardLock();
  private final Slots<K, V> slots = new Slots<>(); // stands before the table, see the package
  private final EntryTable<K, V> table = new EntryTable<>(lock);
  private final EvictionPolicy policy;
  private final Bound bound;
  private final Departures<K, V> departures;
  private final Sweep<K, V> sweep = new Sweep<>(this);

  /** Null if nothing can expire. */
  private final @Nullable TimerWheel wheel;

  /** The policy's total. Written under the lock, read racily to find the fullest shard. */
  private volatile long weight;

  /** What this shard should hold when all are equally full. Written under the lock, read racily. */
  private volatile long share;

  /** When the wheel has something to do. Written under the lock, read by the sweep before it. */
  private volatile long nextNanos = Clock.NEVER;

  private boolean closed;

  Shard(
      Function<IntToLongFunction, EvictionPolicy> policies,
      Bound bound,
      Departures<K, V> departures,
      @Nullable Clock clock) {
    this.policy = policies.apply(slot -> Hashing.widen(occupant(slot).hash));
    this.bound = bound;
    this.departures = departures;
    this.wheel =
        clock == null ? null : new TimerWheel(clock.nanos(), slot -> occupant(slot).deadline());
  }

  /** The entry in a slot that is in use. */
  Entry<K, V> occupant(int slot) {
    Entry<K, V> entry = slots.get(slot);
    assert entry != null : "free slot " + slot;
    return entry;
  }

  /** Guards also the queues of events, which change together with the shard. */
  ReentrantLock lock() {
    return lock;
  }

  /** Sees to what was left for an owner who is about to unlock; the entry may be buried then. */
  void settleMessages(Entry<K, V> entry) {
    if (entry.is(Entry.OVERDUE)) {
      entry.forget(Entry.OVERDUE);
      reschedule(entry);
    }
    if (!entry.hasSlot()) {
      bury(entry);
    } else {
      entry.forget(Entry.CLEARED);
    }
  }

  private void wake(Entry<K, V> entry) {
    while (!EntryLocks.unlock(entry)) {
      lock.lock();
      try {
        settleMessages(entry);
      } finally {
        lock.unlock();
      }
    }
  }

  /** The nodes by key. Needs no lock. */
  EntryTable<K, V> table() {
    return table;
  }

  /** Records a hit; needs no lock. */
  void hit(Entry<K, V> entry) {
    int slot = entry.slot();
    policy.hit(slot == Entry.LARGE_SLOT ? Entry.NO_SLOT : slot, Hashing.widen(entry.hash));
  }

  /**
   * The node of the key: the one that is linked, else the given one, which then is; null once
   * closed.
   */
  @Nullable Entry<K, V> addIfAbsent(Entry<K, V> placeholder) {
    if (closed) {
      return null;
    }
    Entry<K, V> linked = table.search(placeholder.key(), placeholder.hash);
    if (linked != null) {
      return linked;
    }
    table.add(placeholder);
    return placeholder;
  }

  /**
   * Makes a mapping of a placeholder that the caller owns; false if a clear or the end forbids it.
   */
  boolean insert(Entry<K, V> entry, V value, int entryWeight, long deadline) {
    if (closed || entry.is(Entry.CLEARED | Entry.DEAD)) {
      return false;
    }
    link(entry, entryWeight, deadline);
    entry.setDeadline(deadline); // before the value: a reader that sees the value sees it alive
    entry.setValue(value); // before a victim goes: who misses that can see for whom
    long freed = 0;
    try {
      departures.arrived(entry, value);
      freed = replaceVictim(entryWeight);
    } finally {
      changeWeightBy(entryWeight - freed);
    }
    return true;
  }

  /** Puts an entry into slots, policy and wheel, or if there is no memory into none. */
  private void link(Entry<K, V> entry, int entryWeight, long deadline) {
    int slot = slots.put(entry);
    boolean isInPolicy = false;
    try {
      policy.insert(slot, entryWeight);
      isInPolicy = true;
      schedule(entry, deadline);
    } catch (Throwable e) {
      if (isInPolicy) {
        policy.remove(slot);
      }
      slots.remove(entry);
      throw e;
    }
  }

  /**
   * Lets the policy's victim go for a new mapping of a full shard; its weight, or 0 if there is
   * none that is idle. So who puts into a full cache leaves the total as it is, which all shards
   * share.
   */
  private long replaceVictim(int entryWeight) {
    if (!bound.isExceededWith(entryWeight) || policy.weight() <= share) {
      return 0;
    }
    int slot = policy.victim();
    if (slot == EvictionPolicy.NONE) {
      return 0;
    }
    Entry<K, V> victim = occupant(slot);
    slots.prepareRemove();
    if (!victim.tryEnd()) {
      return 0; // the evictor sees to it, as when it is the new mapping, which is locked
    }
    V value = valueOf(victim);
    table.remove(victim);
    long freed = unlink(victim);
    departures.evicted(victim, value);
    return freed;
  }

  /** Gives a mapping another weight; false if the owner's entry is not a mapping any more. */
  boolean reweigh(Entry<K, V> entry, int newWeight) {
    if (!entry.hasSlot()) {
      return false;
    }
    long change = newWeight - policy.weight(slots.of(entry));
    if (change != 0) {
      policy.reweigh(slots.of(entry), newWeight);
      changeWeightBy(change);
    }
    return true;
  }

  private void changeWeightBy(long change) {
    weight = policy.weight();
    bound.add(change);
  }

  /** Sets the timer of a mapping whose deadline has come nearer. */
  void reschedule(Entry<K, V> entry) {
    if (entry.hasSlot()) {
      schedule(entry, entry.deadline());
    }
  }

  private void schedule(Entry<K, V> entry, long deadline) {
    if (wheel != null) {
      wheel.schedule(slots.of(entry), deadline);
      nextNanos = wheel.nextNanos();
    }
  }

  /** Makes a placeholder of a mapping that the caller owns; does nothing if it is one. */
  void vacate(Entry<K, V> entry) {
    if (entry.hasSlot()) {
      bound.add(-unlink(entry));
    }
  }

  /** Takes a mapping out of slots, policy and wheel; its weight, still part of the total. */
  private long unlink(Entry<K, V> entry) {
    slots.prepareRemove();
    int slot = slots.of(entry);
    long entryWeight = policy.weight(slot);
    entry.setValue(null); // before the slot: an iterator finds whatever a look still finds
    policy.remove(slot);
    weight = policy.weight();
    if (wheel != null) {
      wheel.cancel(slot);
    }
    slots.remove(entry);
    entry.setDeadline(Clock.DEAD);
    return entryWeight;
  }

  /** Takes a node that the caller owns out of the table. */
  void bury(Entry<K, V> entry) {
    if (!entry.is(Entry.DEAD)) {
      table.remove(entry);
      entry.markDead();
    }
  }

  /**
   * Unlocks an entry; one without a mapping leaves the table, and those are told who wait for it.
   */
  void letGo(Entry<K, V> entry) {
    if (!entry.hasSlot()) {
      bury(entry);
    }
    if (!entry.tryUnlock()) {
      lock.afterUnlock(() -> wake(entry));
    }
  }

  /** Lets the policy's next victim go if the total still asks for it. */
  Eviction evict(@Nullable Entry<K, V> own) {
    int slot = policy.victim();
    if (slot == EvictionPolicy.NONE) {
      return Eviction.BUSY;
    }
    Entry<K, V> victim = occupant(slot);
    if (victim == own) {
      if (policy.refuses(slot)) {
        return Eviction.REFUSED;
      } // else it stays as long as anybody else is there
      policy.busy(slot);
      slot = policy.victim();
      victim = occupant(slot);
      if (victim == own) {
        return Eviction.OWN;
      }
    }
    if (!victim.tryLockIdle()) {
      policy.busy(slot);
      return Eviction.BUSY;
    }
    return evictLocked(victim);
  }

  private Eviction evictLocked(Entry<K, V> victim) {
    try {
      return drop(victim) ? Eviction.DONE : Eviction.SPARED;
    } finally {
      letGo(victim);
    }
  }

  /** A mapping that the caller has locked leaves, if the total still asks for it. */
  private boolean drop(Entry<K, V> entry) {
    slots.prepareRemove();
    if (!bound.reduceBy(policy.weight(slots.of(entry)))) {
      return false;
    }
    V value = valueOf(entry);
    unlink(entry);
    departures.evicted(entry, value);
    return true;
  }

  /**
   * Lets anybody go who has a weight and is not in use, if the total still asks for it; for when
   * the policy knows only victims that are. False if none of the first slots has such an entry.
   */
  boolean evictIdle(@Nullable Entry<K, V> own, int looks) {
    for (int slot = 0; slot < Math.min(looks, slots.length()); slot++) {
      Entry<K, V> entry = slots.get(slot);
      if (entry != null && entry != own && policy.weight(slot) > 0 && entry.tryLockIdle()) {
        evictLocked(entry);
        return true;
      }
    }
    return false;
  }

  /**
   * The owner's own mapping leaves if the total still asks for it; it becomes a placeholder then.
   * One that weighs nothing would make no room.
   */
  void evictOwn(Entry<K, V> entry) {
    if (entry.hasSlot() && policy.weight(slots.of(entry)) > 0) {
      drop(entry);
    }
  }

  /**
   * A value that is too heavy to be kept at all leaves at once, as its owner's mapping if there is
   * one does.
   */
  void refuse(Entry<K, V> entry, V value) {
    vacate(entry);
    departures.evicted(entry, value);
  }

  /** The owner's own mapping leaves since its deadline has passed; it becomes a placeholder. */
  void expireOwn(Entry<K, V> entry) {
    if (entry.hasSlot()) {
      V value = valueOf(entry);
      vacate(entry);
      departures.expired(entry, value);
    }
  }

  private V valueOf(Entry<K, V> entry) {
    V value = entry.value();
    assert value != null : "a slot without a value: " + entry.slot();
    return value;
  }

  /** When the wheel next has something to do; needs no lock. */
  long nextNanos() {
    return nextNanos;
  }

  /** Lets go what is due, up to a limit. */
  void sweep(long now) {
    assert wheel != null : "nothing can expire";
    sweep.advance(wheel, now);
    nextNanos = wheel.nextNanos();
  }

  /**
   * Every mapping goes; what an owner under way has in hand is marked so that it commits nothing.
   */
  void clear() {
    List<Entry<K, V>> nodes = new ArrayList<>(table.size());
    table.forEach(nodes::add);
    nodes.forEach(this::clear);
    table.trim();
    if (slots.size() == 0) {
      slots.trim();
      policy.clear();
      if (wheel != null) {
        wheel.clear();
      }
    }
    nextNanos = Clock.NEVER;
  }

  private void clear(Entry<K, V> entry) {
    for (; ; ) {
      if (entry.tryLockReserved(0)) {
        vacate(entry);
        letGo(entry);
        return;
      }
      int seen = entry.tellOwner(Entry.CLEARED);
      if (seen != 0) {
        vacate(entry);
        if (Entry.isAsking(seen)) {
          bury(entry); // later callers load anew
          lock.afterUnlock(() -> EntryLocks.wakeQueue(entry)); // who waits for it need not any more
        }
        return;
      }
    }
  }

  void close() {
    closed = true;
    clear();
  }

  /** Changes what this shard should hold. */
  void setShare(long newShare) {
    share = newShare;
    policy.capacity(newShare);
  }

  /** By how much the shard is fuller than its share; needs no lock, may be out of date. */
  long surplus() {
    return weight - share;
  }

  /**
   * The number of mappings, also of those past their deadlines; needs no lock, may be out of date.
   */
  int size() {
    return slots.size();
  }

  /** The entries by slot, for a walk. Needs no lock. */
  Slots<K, V> slots() {
    return slots;
  }

  /**
   * Walks all structures and throws if they disagree; the weight of the entries. For tests, at
   * rest.
   */
  long audit() {
    ShardAudit.check(table, slots, policy, wheel);
    return policy.weight();
  }
}
