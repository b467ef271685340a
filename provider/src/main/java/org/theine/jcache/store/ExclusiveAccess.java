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
public final class ExclusiveAccess<K, V> {
  private final Store<K, V> store;
  private final StoreSettings<K> settings;
  private final Departures<K, V> departures;
  private final Evictor<K, V> evictor;

  /** Null if nothing can expire. */
  private final @Nullable Clock clock;

  ExclusiveAccess(
      Store<K, V> store,
      StoreSettings<K> settings,
      @Nullable Clock clock,
      Departures<K, V> departures,
      Evictor<K, V> evictor) {
    this.store = store;
    this.settings = settings;
    this.departures = departures;
    this.evictor = evictor;
    this.clock = clock;
  }

  private Shard<K, V> shardOf(Entry<K, V> entry) {
    return store.shard(entry.hash);
  }

  /**
   * Takes the lock of a key, absent or present, and waits for it if need be.
   *
   * @param key the key
   * @param hash its hash
   * @param userCode whether user code may run before {@link #unlock}
   * @return the entry, a placeholder if the key is absent
   * @throws EntryLockException if waiting would never end, or the thread is interrupted meanwhile
   * @throws IllegalStateException if the store is or becomes closed
   */
  public Entry<K, V> lock(K key, long hash, boolean userCode) {
    return lock(key, hash, userCode ? Entry.RECORDED : 0, Thread.currentThread());
  }

  /**
   * Takes the lock of a key for a load, and waits for it if need be, also for another load.
   *
   * @param key the key
   * @param hash its hash
   * @param load to be completed by the caller before it unlocks the entry
   * @return the entry
   * @throws EntryLockException if waiting would never end, or the thread is interrupted meanwhile
   * @throws IllegalStateException if the store is or becomes closed
   */
  public Entry<K, V> lock(K key, long hash, Load<V> load) {
    return lock(key, hash, Entry.RECORDED | Entry.LOADING, load);
  }

  private Entry<K, V> lock(K key, long hash, int bits, Object owner) {
    Entry<K, V> turn = null; // what this thread was woken for
    try {
      for (; ; ) {
        Entry<K, V> entry = node(key, hash);
        if (isOwn(entry, bits, owner, entry == turn)) {
          return entry;
        }
        if (!entry.is(Entry.DEAD)) {
          turn = EntryLocks.await(entry, store, entry == turn) ? entry : null;
        }
      }
    } catch (Throwable e) {
      passTurn(turn);
      throw e;
    }
  }

  /** Who was woken for an entry and does not take it wakes the next one. */
  private void passTurn(@Nullable Entry<K, V> turn) {
    if (turn != null) {
      EntryLocks.passTurn(turn);
    }
  }

  /**
   * Takes the lock of a key for a load, or waits for the load that has it.
   *
   * @param key the key
   * @param hash its hash
   * @param load to be completed by the caller before it unlocks the entry
   * @return the entry; null if another load had it, as which {@code load} then has ended
   * @throws EntryLockException if waiting would never end, or the thread is interrupted meanwhile
   * @throws IllegalStateException if the store is or becomes closed
   */
  public @Nullable Entry<K, V> lockOrFollow(K key, long hash, Load<V> load) {
    int bits = Entry.RECORDED | Entry.LOADING;
    Entry<K, V> turn = null; // what this thread was woken for
    try {
      for (int spins = 0; ; spins++) {
        Entry<K, V> entry = node(key, hash);
        if (isOwn(entry, bits, load, entry == turn)) {
          return entry;
        }
        if (entry.isLoadToFollow()) {
          Load<V> other = EntryLocks.loadOf(entry);
          if (other != null) {
            EntryLocks.await(other, store);
            load.follow(other);
            return null;
          }
          Entry.pause(spins); // it is about to record itself, or is gone
        } else if (!entry.is(Entry.DEAD)) {
          turn = EntryLocks.await(entry, store, entry == turn) ? entry : null;
        }
      }
    } catch (Throwable e) {
      passTurn(turn);
      throw e;
    }
  }

  /**
   * Takes the lock of a key if nobody has it.
   *
   * @param key the key
   * @param hash its hash
   * @param load the load that owns it, or null if it is another operation that may run user code
   * @return the entry, or null if it is locked
   * @throws IllegalStateException if the store is closed
   */
  public @Nullable Entry<K, V> tryLock(K key, long hash, @Nullable Load<V> load) {
    int bits = load == null ? Entry.RECORDED : Entry.RECORDED | Entry.LOADING;
    Object owner = load == null ? Thread.currentThread() : load;
    for (; ; ) {
      Entry<K, V> entry = node(key, hash);
      if (isOwn(entry, bits, owner, false)) {
        return entry;
      }
      if (!entry.is(Entry.DEAD)) {
        return null;
      }
    }
  }

  /** The node of the key, linked as a placeholder if there was none; who locks it first has it. */
  private Entry<K, V> node(K key, long hash) {
    Shard<K, V> shard = store.shard(hash);
    Entry<K, V> found = shard.find(key, hash);
    if (found != null) {
      return found;
    }
    K kept = settings.keyCopier().apply(key);
    Entry<K, V> placeholder =
        clock == null ? new Entry<>(kept, hash, 0) : new ExpiringEntry<>(kept, hash, 0);
    shard.lock().lock();
    try {
      Entry<K, V> linked = shard.addIfAbsent(placeholder);
      if (linked == null) {
        throw store.closedException();
      }
      return linked;
    } finally {
      shard.lock().unlock();
    }
  }

  private boolean isOwn(Entry<K, V> entry, int bits, Object owner, boolean inTurn) {
    if (!(inTurn ? entry.tryLockReserved(bits) : entry.tryLock(bits))) {
      return false;
    }
    if ((bits & Entry.RECORDED) != 0) {
      try {
        EntryLocks.record(entry, owner);
      } catch (Throwable e) { // no memory or no stack: the key must not stay locked
        unlock(entry);
        throw e;
      }
    }
    return true;
  }

  /**
   * Gives the lock back. A placeholder leaves with it.
   *
   * @param entry an entry that the caller has locked
   */
  public void unlock(Entry<K, V> entry) {
    if (entry.is(Entry.RECORDED)) {
      EntryLocks.forget(entry);
    }
    if (entry.slot == Entry.NO_SLOT) {
      settleMessages(entry);
    }
    while (!entry.tryUnlock()) {
      if (entry.is(Entry.OVERDUE | Entry.CLEARED) && !entry.is(Entry.DEAD)) {
        settleMessages(entry);
      } else if (EntryLocks.unlock(entry)) {
        break;
      }
    }
    evictor.payOff();
    departures.settled();
  }

  private void settleMessages(Entry<K, V> entry) {
    Shard<K, V> shard = shardOf(entry);
    shard.lock().lock();
    try {
      shard.settleMessages(entry);
    } finally {
      shard.lock().unlock();
    }
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
      shard.forgetClear(entry);
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
    if (settings.weighted() && !reweigh(entry, weight) || !entry.beginCommit()) {
      return;
    }
    entry.setValue(value);
    long before = moves ? entry.setDeadline(after) : after;
    entry.endCommit();
    shardOf(entry).hit(entry);
    store.hurry(shardOf(entry), entry, before, after);
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
