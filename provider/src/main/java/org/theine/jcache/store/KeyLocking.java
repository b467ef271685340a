package org.theine.jcache.store;

import org.jspecify.annotations.Nullable;
import org.theine.jcache.timer.Clock;

/**
 * The half of {@link ExclusiveAccess} that finds the nodes of keys and locks them. Safe for use by
 * several threads.
 */
abstract class KeyLocking<K, V> {
  final Store<K, V> store;
  final StoreSettings<K> settings;
  final Departures<K, V> departures;
  final Evictor<K, V> evictor;

  /** Null if nothing can expire. */
  final @Nullable Clock clock;

  KeyLocking(
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

  final Shard<K, V> shardOf(Entry<K, V> entry) {
    return store.shard(entry.hash);
  }

  /**
   * Finds the node of a key, for {@link ExclusiveAccess#add} or {@link #lock}.
   *
   * @param key the key
   * @param hash its hash
   * @return its node, perhaps a placeholder, or one that has left meanwhile; null if there is none
   */
  public final @Nullable Entry<K, V> find(K key, int hash) {
    return store.find(key, hash);
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
  public final Entry<K, V> lock(K key, int hash, boolean userCode) {
    return lock(find(key, hash), key, hash, userCode);
  }

  /**
   * Takes the lock of a key, absent or present, and waits for it if need be.
   *
   * @param found the node of the key if it was found before, else null
   * @param key the key
   * @param hash its hash
   * @param userCode whether user code may run before {@link #unlock}
   * @return the entry, a placeholder if the key is absent
   * @throws EntryLockException if waiting would never end, or the thread is interrupted meanwhile
   * @throws IllegalStateException if the store is or becomes closed
   */
  public final Entry<K, V> lock(@Nullable Entry<K, V> found, K key, int hash, boolean userCode) {
    return lock(found, key, hash, userCode ? Entry.RECORDED : 0, Thread.currentThread());
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
  public final Entry<K, V> lock(K key, int hash, Load<V> load) {
    return lock(null, key, hash, Entry.LOADING, load);
  }

  private Entry<K, V> lock(@Nullable Entry<K, V> found, K key, int hash, int bits, Object owner) {
    Entry<K, V> turn = null; // what this thread was woken for
    try {
      for (Entry<K, V> entry = found; ; entry = null) {
        if (entry == null) {
          entry = node(key, hash);
        }
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
  public final @Nullable Entry<K, V> lockOrFollow(K key, int hash, Load<V> load) {
    Entry<K, V> turn = null; // what this thread was woken for
    try {
      for (int spins = 0; ; spins++) {
        Entry<K, V> entry = node(key, hash);
        if (isOwn(entry, Entry.LOADING, load, entry == turn)) {
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
  public final @Nullable Entry<K, V> tryLock(K key, int hash, @Nullable Load<V> load) {
    int bits = load == null ? Entry.RECORDED : Entry.LOADING;
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
  private Entry<K, V> node(K key, int hash) {
    Entry<K, V> found = store.find(key, hash);
    if (found != null && !found.is(Entry.DEAD)) {
      return found;
    }
    Entry<K, V> placeholder = newEntry(key, hash, 0);
    Shard<K, V> shard = store.shard(hash);
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

  final Entry<K, V> newEntry(K key, int hash, int state) {
    K kept = settings.keyCopier().apply(key);
    return clock == null ? new Entry<>(kept, hash, state) : new ExpiringEntry<>(kept, hash, state);
  }

  private boolean isOwn(Entry<K, V> entry, int bits, Object owner, boolean inTurn) {
    if (!(inTurn ? entry.tryLockReserved(bits) : entry.tryLock(bits))) {
      return false;
    }
    if (bits != 0) {
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
  public final void unlock(Entry<K, V> entry) {
    if (entry.is(Entry.RECORDED | Entry.LOADING)) {
      EntryLocks.forget(entry);
    }
    if (!entry.hasSlot()) {
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
}
