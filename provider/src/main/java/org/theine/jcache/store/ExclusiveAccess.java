package org.theine.jcache.store;

import org.jspecify.annotations.Nullable;
import org.theine.jcache.timer.Clock;

/**
 * Locks the keys of a store and changes them. Safe for use by several threads; an entry is changed
 * by the operation that has locked it.
 *
 * <p>An operation calls {@link #lock}, {@link #current}, then any of {@link #insert}, {@link
 * #replace}, {@link #remove}, {@link #expire} and {@link #touch}, then {@link #settle}, and at last
 * {@link #unlock}. A change is visible to readers when its call returns, and the bound holds when
 * settle returns.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values as they are kept
 */
public final class ExclusiveAccess<K, V> extends KeyLocking<K, V> {
  ExclusiveAccess(
      Store<K, V> store,
      StoreSettings<K> settings,
      @Nullable Clock clock,
      Departures<K, V> departures,
      Evictor<K, V> evictor) {
    super(store, settings, clock, departures, evictor);
  }

  /**
   * Makes a mapping of a key that has no node, in one turn of the shard lock instead of two or
   * three. For an operation that runs no user code; the bound holds when it returns.
   *
   * @param key the key
   * @param hash its hash
   * @param value the value
   * @param durationNanos how long it lives, {@link Clock#NEVER} for ever
   * @return false, and nothing done, if the key has a node by now, or the store is closed
   */
  public boolean add(K key, int hash, V value, long durationNanos) {
    long deadline = clock == null ? Clock.NEVER : deadlineAfter(clock, durationNanos);
    Entry<K, V> entry = newEntry(key, hash, Entry.LOCKED);
    Shard<K, V> shard = store.shard(hash);
    boolean keepsLock = false;
    shard.lock().lock();
    try {
      if (shard.addIfAbsent(entry) != entry) {
        return false;
      }
      try {
        shard.insert(entry, value, 1, deadline);
        keepsLock = evictor.isDue();
      } finally {
        if (!keepsLock) {
          shard.letGo(entry);
        }
      }
    } finally {
      shard.lock().unlock();
    }
    if (keepsLock) {
      try {
        evictor.settle(shard, entry);
      } finally {
        unlock(entry);
      }
    } else {
      departures.settled();
    }
    return true;
  }

  /**
   * Reads the value of an entry. One whose deadline has passed expires here, so that the entry is a
   * placeholder afterwards.
   *
   * @param entry an entry that the caller has locked
   * @return the value, or null if there is none
   */
  public @Nullable V current(Entry<K, V> entry) {
    V value = look(entry);
    if (value == null && entry.is(Entry.LOADING)) {
      beginAsking(entry);
    }
    return value;
  }

  /**
   * A load is about to ask the loader: a clear from now on throws its result away. Follows from a
   * look that finds nothing.
   *
   * @param entry an entry that the caller has locked for a load
   */
  public void beginAsking(Entry<K, V> entry) {
    while (!entry.beginAsking()) {
      forgetClear(entry);
    }
  }

  private @Nullable V look(Entry<K, V> entry) {
    for (; ; ) {
      V value = entry.value();
      if (value == null && entry.is(Entry.CLEARED) && !entry.is(Entry.DEAD)) {
        forgetClear(entry);
      }
      if (value == null || clock == null) {
        return value;
      }
      long deadline = entry.deadline();
      if (!clock.hasPassed(deadline)) {
        return value;
      }
      if (entry.moveDeadline(deadline, Clock.DEAD)) {
        // Does nothing if a clear has come between the two looks, which the next round forgets.
        expire(entry);
      }
    }
  }

  /** The operation has not looked yet, so it comes after the clear and may commit. */
  private void forgetClear(Entry<K, V> entry) {
    Shard<K, V> shard = shardOf(entry);
    shard.lock().lock();
    try {
      entry.forgetClear();
    } finally {
      shard.lock().unlock();
    }
  }

  /**
   * A load has come to a value and is about to commit it. A clear that came before leaves nothing
   * to commit, since the key may have another owner by now; one that comes later meets an owner
   * like any other.
   *
   * @param entry an entry that the caller has locked
   * @return false if nothing may be committed, nor told
   */
  public boolean endAsking(Entry<K, V> entry) {
    return entry.endAsking();
  }

  /**
   * Makes a mapping of a placeholder.
   *
   * @param entry an entry without a value that the caller has locked
   * @param value the value
   * @param weight its weight; 1 in a store whose entries have none
   * @param durationNanos how long it lives, {@link Clock#NEVER} for ever
   * @return false if a clear or the end of the store came between, so that nothing is stored
   */
  public boolean insert(Entry<K, V> entry, V value, int weight, long durationNanos) {
    long deadline = clock == null ? Clock.NEVER : deadlineAfter(clock, durationNanos);
    Shard<K, V> shard = shardOf(entry);
    shard.lock().lock();
    try {
      return shard.insert(entry, value, weight, deadline);
    } finally {
      shard.lock().unlock();
    }
  }

  /**
   * Gives a mapping another value.
   *
   * @param entry an entry with a value that the caller has locked
   * @param value the new value
   * @param weight its weight; 1 in a store whose entries have none
   * @param durationNanos how long it lives from now, {@link Clock#NEVER} for ever, {@link
   *     Store#UNCHANGED} as before
   */
  public void replace(Entry<K, V> entry, V value, int weight, long durationNanos) {
    boolean moves = clock != null && durationNanos != Store.UNCHANGED;
    long after =
        moves ? deadlineAfter(clock, durationNanos) : Clock.NEVER; // may ask the user's ticker
    if (settings.weighted() && !reweigh(entry, weight)) {
      return;
    }
    Shard<K, V> shard = shardOf(entry);
    if (clock == null) {
      entry.replaceValue(value);
    } else if (entry.beginCommit()) {
      entry.setValue(value);
      long before = moves ? entry.setDeadline(after) : after;
      entry.endCommit();
      store.hurry(shard, entry, before, after);
    }
    shard.hit(entry);
  }

  private boolean reweigh(Entry<K, V> entry, int weight) {
    Shard<K, V> shard = shardOf(entry);
    shard.lock().lock();
    try {
      return shard.reweigh(entry, weight);
    } finally {
      shard.lock().unlock();
    }
  }

  private static long deadlineAfter(Clock time, long durationNanos) {
    return durationNanos == Clock.NEVER ? Clock.NEVER : Clock.deadline(time.nanos(), durationNanos);
  }

  /**
   * Moves the deadline of a mapping.
   *
   * @param entry an entry that the caller has locked
   * @param durationNanos as for {@link #replace}
   */
  public void touch(Entry<K, V> entry, long durationNanos) {
    if (clock == null || durationNanos == Store.UNCHANGED) {
      return;
    }
    long after = deadlineAfter(clock, durationNanos);
    long before;
    do {
      before = entry.deadline();
      if (before == Clock.DEAD) {
        return; // cleared, or a reader has seen it expired
      }
    } while (!entry.moveDeadline(before, after));
    store.hurry(shardOf(entry), entry, before, after);
  }

  /**
   * Makes a placeholder of a mapping.
   *
   * @param entry an entry that the caller has locked
   */
  public void remove(Entry<K, V> entry) {
    Shard<K, V> shard = shardOf(entry);
    shard.lock().lock();
    try {
      shard.vacate(entry);
    } finally {
      shard.lock().unlock();
    }
  }

  /**
   * Makes a placeholder of a mapping, and tells that it has expired.
   *
   * @param entry an entry that the caller has locked
   */
  public void expire(Entry<K, V> entry) {
    Shard<K, V> shard = shardOf(entry);
    shard.lock().lock();
    try {
      shard.expireOwn(entry);
    } finally {
      shard.lock().unlock();
    }
  }

  /**
   * Tells whether a value can be kept at all.
   *
   * @param weight of the value
   * @return false if it is heavier than the maximum
   */
  public boolean fits(int weight) {
    return weight <= store.maximum();
  }

  /**
   * Tells that a value was evicted which is too heavy to be kept; the entry is a placeholder
   * afterwards.
   *
   * @param entry an entry that the caller has locked
   * @param value the value
   */
  public void refuse(Entry<K, V> entry, V value) {
    Shard<K, V> shard = shardOf(entry);
    shard.lock().lock();
    try {
      shard.refuse(entry, value);
    } finally {
      shard.lock().unlock();
    }
  }

  /**
   * Makes the total fit the maximum again after a change. The entry itself leaves if it is heavier
   * than the maximum, or if too many entries that should leave are in use.
   *
   * @param entry an entry that the caller has locked
   */
  public void settle(Entry<K, V> entry) {
    evictor.settle(shardOf(entry), entry);
  }
}
