package org.theine.jcache.store;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.timer.Clock;
import org.theine.jcache.timer.ExpirationThread;

/**
 * The entries of a cache, dealt out to shards by their hashes: read here without a lock, changed
 * through {@link #exclusive}. Safe for use by several threads, as the package tells.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values as they are kept
 */
public final class Store<K, V> implements ExpirationThread.Task {
  /** A duration that leaves the deadline where it is. */
  public static final long UNCHANGED = -1;

  /** Touches longer than this are counted from the coarse time. */
  private static final long COARSE_TOUCH_NANOS = 10_000_000_000L;

  /** The coarse time is late by less than this, unless its thread is starved. */
  private static final long COARSE_NANOS = 1_000_000_000L;

  /**
   * Touches from the coarse time that would prolong a life by less than this do not: a hot entry is
   * not written to with each look, and expires no more earlier than the coarse time has it anyway.
   */
  private static final long TOUCH_STEP_NANOS = 250_000_000L;

  private final StoreSettings<K> settings;
  private final Departures<K, V> departures;
  private final Bound bound;
  private final Policies policies;
  private final Shard<K, V>[] shards;
  private final EntryTable<K, V>[] tables; // those of the shards, a step nearer
  private final int shardShift;

  private final Evictor<K, V> evictor;
  private final ExclusiveAccess<K, V> exclusive;

  /** Null if nothing can expire. */
  private final @Nullable Clock clock;

  /** Held while the maximum and the shares of the shards change, which belong together. */
  private final ReentrantLock sharing = new ReentrantLock();

  /** Set by close before it wakes those who wait; read by them before and after. */
  private volatile boolean closed;

  /**
   * Makes an empty store. Expired entries leave by themselves once {@link #start} was called.
   *
   * @param settings what it is like
   * @param departures is told who leaves for the bound's sake or by expiry
   */
  @SuppressWarnings({"unchecked", "rawtypes"})
  public Store(StoreSettings<K> settings, Departures<K, V> departures) {
    this.settings = settings;
    this.departures = departures;
    this.bound = new Bound(settings.maximum());
    this.clock = settings.newClock();
    this.policies = new Policies(settings);
    this.shards = (Shard<K, V>[]) new Shard[settings.shards()];
    this.tables = (EntryTable<K, V>[]) new EntryTable[settings.shards()];
    this.shardShift = Integer.SIZE - Math.max(1, Integer.numberOfTrailingZeros(shards.length));
    for (int i = 0; i < shards.length; i++) {
      shards[i] = new Shard<>(policies::create, bound, departures, clock);
      shards[i].setShare(shareOf(i, settings.maximum()));
      tables[i] = shards[i].table();
    }
    this.evictor = new Evictor<>(shards, bound);
    this.exclusive = new ExclusiveAccess<>(this, settings, clock, departures, evictor);
  }

  private long shareOf(int shard, long maximum) {
    return maximum / shards.length + (shard < maximum % shards.length ? 1 : 0);
  }

  /**
   * Returns what locks and changes entries.
   *
   * @return always the same object
   */
  public ExclusiveAccess<K, V> exclusive() {
    return exclusive;
  }

  /**
   * Spreads the hash code of a key.
   *
   * @param key a key
   * @return its hash in this store
   */
  public int hash(Object key) {
    return Hashing.mix(key.hashCode(), settings.seed());
  }

  Shard<K, V> shard(int hash) {
    return shards[shardOf(hash)];
  }

  /**
   * Reads the value of a key and records the hit; without a lock.
   *
   * @param key the key
   * @param hash its hash
   * @param touch asked, once, for how long the entry lives from now, in nanoseconds, or {@link
   *     #UNCHANGED}; null if a look does not change that
   * @return the value, or null if there is none or its deadline has passed
   */
  public @Nullable V access(Object key, int hash, @Nullable LongSupplier touch) {
    Entry<K, V> entry = find(key, hash);
    return entry == null ? null : access(shard(hash), entry, touch);
  }

  /** Finds a node by key, dead or alive; without a lock. */
  @Nullable Entry<K, V> find(Object key, int hash) {
    return tables[shardOf(hash)].find(key, hash);
  }

  /**
   * Reads the value of an entry and records the hit; without a lock.
   *
   * @param entry an entry of this store
   * @param touch as for {@link #access(Object, int, LongSupplier)}
   * @return the value, or null if the entry has left or its deadline has passed
   */
  public @Nullable V access(Entry<K, V> entry, @Nullable LongSupplier touch) {
    return access(shard(entry.hash), entry, touch);
  }

  private @Nullable V access(Shard<K, V> shard, Entry<K, V> entry, @Nullable LongSupplier touch) {
    V value = clock == null ? entry.value() : read(shard, entry, clock, touch);
    if (value != null) {
      shard.hit(entry);
    }
    return value;
  }

  /**
   * Tells whether a key has a value whose deadline has not passed; without a lock, and leaves no
   * trace.
   *
   * @param key the key
   * @param hash its hash
   * @return whether it has
   */
  public boolean contains(Object key, int hash) {
    Entry<K, V> entry = find(key, hash);
    return entry != null && peek(entry) != null;
  }

  /**
   * Reads the value of an entry without a lock and without a trace.
   *
   * @param entry an entry of this store
   * @return the value, or null if the entry has left or its deadline has passed
   */
  public @Nullable V peek(Entry<K, V> entry) {
    return clock == null ? entry.value() : read(shard(entry.hash), entry, clock, null);
  }

  /**
   * Walks all entries once.
   *
   * @param action is given each entry, which may have expired or left meanwhile
   */
  public void forEach(Consumer<Entry<K, V>> action) {
    EntryCursor<K, V> cursor = cursor();
    for (Entry<K, V> entry = cursor.next(); entry != null; entry = cursor.next()) {
      action.accept(entry);
    }
  }

  /** The protocol with an owner that commits is told in the description of the package. */
  private @Nullable V read(
      Shard<K, V> shard, Entry<K, V> entry, Clock time, @Nullable LongSupplier touch) {
    long duration = Long.MIN_VALUE; // not asked for yet
    for (int spins = 0; ; spins++) {
      long deadline = entry.deadline();
      V value = entry.value();
      if (value == null) {
        return null;
      }
      if (time.hasPassed(deadline)) {
        // Settled for all: a touch that has found it alive, but is late, must not bring it back.
        if (!entry.isCommitting() && entry.moveDeadline(deadline, Clock.DEAD)) {
          return null;
        }
      } else if (touch == null) {
        return value;
      } else {
        if (duration == Long.MIN_VALUE) {
          duration = touch.getAsLong();
        }
        if (duration == UNCHANGED) {
          return value;
        }
        long moved = deadline(time, duration);
        if (duration > COARSE_TOUCH_NANOS
            && moved - deadline < TOUCH_STEP_NANOS
            && deadline - moved < COARSE_NANOS) {
          moved = deadline; // nor nearer: the coarse time is late
        }
        if (!entry.isCommitting() && (moved == deadline || entry.moveDeadline(deadline, moved))) {
          hurry(shard, entry, deadline, moved);
          return value;
        }
      }
      Entry.pause(spins);
    }
  }

  private static long deadline(Clock time, long duration) {
    if (duration == Clock.NEVER) {
      return Clock.NEVER;
    }
    return Clock.deadline(
        duration > COARSE_TOUCH_NANOS ? time.coarseNanos() : time.nanos(), duration);
  }

  /** Sets the timer of an entry anew if its deadline has come nearer. */
  void hurry(Shard<K, V> shard, Entry<K, V> entry, long from, long to) {
    if (to < from) {
      shard.lock().lock();
      try {
        shard.reschedule(entry);
      } finally {
        shard.lock().unlock();
      }
    }
  }

  /**
   * Walks all entries.
   *
   * @return a cursor before the first one
   */
  public EntryCursor<K, V> cursor() {
    return new EntryCursor<>(shards);
  }

  /**
   * Changes the maximum, and evicts what does not fit any more.
   *
   * @param maximum the new maximum, positive
   * @throws IllegalArgumentException if it is not
   * @throws IllegalStateException if the store was made without a maximum
   */
  public void setMaximum(long maximum) {
    if (maximum <= 0) {
      throw new IllegalArgumentException("maximum must be positive: " + maximum);
    }
    if (!bound.isLimited() || maximum == StoreSettings.UNBOUNDED) {
      throw new IllegalStateException(
          "cache '" + settings.name() + "' has no maximum, and only one that has can change it");
    }
    sharing.lock();
    try {
      share(maximum);
    } finally {
      sharing.unlock();
    }
    evictor.shrink();
    departures.settled();
  }

  private void share(long maximum) {
    bound.setMaximum(maximum);
    policies.setMaximum(maximum);
    for (int i = 0; i < shards.length; i++) {
      shards[i].lock().lock();
      try {
        shards[i].setShare(shareOf(i, maximum));
      } finally {
        shards[i].lock().unlock();
      }
    }
  }

  /**
   * Returns the maximum.
   *
   * @return entries, or weight if weighted; {@link StoreSettings#UNBOUNDED} if there is none
   */
  public long maximum() {
    return bound.maximum();
  }

  /**
   * Returns the number of entries, also of those that have expired and are still to be swept.
   *
   * @return entries; exact at rest
   */
  public long size() {
    long size = 0;
    for (Shard<K, V> shard : shards) {
      size += shard.size();
    }
    return size;
  }

  /**
   * Returns the total that the maximum limits.
   *
   * @return entries, or weight if weighted
   */
  public long weight() {
    return bound.isLimited() ? bound.total() : size();
  }

  /** From now on entries whose deadlines have passed leave by themselves. */
  public void start() {
    if (clock != null) {
      ExpirationThread.register(this);
      if (closed) {
        ExpirationThread.unregister(this);
      }
    }
  }

  /** Lets go all entries whose deadlines have passed. */
  @Override
  public void tick() {
    if (clock == null) {
      return;
    }
    long now = clock.nanos();
    for (Shard<K, V> shard : shards) {
      long limit = shard.size() / Sweep.LIMIT + 2L; // those that owners hold come back later
      while (shard.nextNanos() <= now && limit-- > 0) {
        shard.lock().lock();
        try {
          shard.sweep(now);
        } finally {
          shard.lock().unlock();
        }
      }
    }
    departures.settled();
  }

  /** Removes all entries, shard by shard, telling nobody. */
  public void clear() {
    for (Shard<K, V> shard : shards) {
      shard.lock().lock();
      try {
        shard.clear();
      } finally {
        shard.lock().unlock();
      }
    }
    policies.clear();
  }

  /**
   * Ends the store: entries and what operations have under way are thrown away, who waits gets an
   * exception.
   */
  public void close() {
    closed = true;
    ExpirationThread.unregister(this);
    EntryLocks.wakeAll(this);
    for (Shard<K, V> shard : shards) {
      shard.lock().lock();
      try {
        shard.close();
      } finally {
        shard.lock().unlock();
      }
    }
    policies.clear();
  }

  /**
   * Refuses an operation once the store is closed.
   *
   * @throws IllegalStateException naming the cache
   */
  public void requireOpen() {
    if (closed) {
      throw closedException();
    }
  }

  IllegalStateException closedException() {
    return new IllegalStateException("cache '" + settings.name() + "' is closed");
  }

  /**
   * Returns the number of the shard that has a hash: its upper bits; the lower ones choose a
   * bucket.
   *
   * @param hash the hash of a key
   * @return from 0, below {@link #shards}
   */
  public int shardOf(int hash) {
    return hash >>> shardShift & tables.length - 1;
  }

  /**
   * Returns the number of shards.
   *
   * @return a power of two
   */
  public int shards() {
    return shards.length;
  }

  /**
   * Returns the lock of a shard, for what has to change together with it.
   *
   * @param shard its number
   * @return the lock, under which there is no user code and no waiting
   */
  public Lock lockOf(int shard) {
    return shards[shard].lock();
  }

  /**
   * Walks all structures and throws if they disagree; for tests, while no operation is under way.
   */
  public void audit() {
    long total = 0;
    long shares = 0;
    for (Shard<K, V> shard : shards) {
      shard.lock().lock();
      try {
        long weight = shard.audit();
        total += weight;
        shares += weight - shard.surplus();
      } finally {
        shard.lock().unlock();
      }
    }
    policies.audit();
    long maximum = bound.maximum();
    if (bound.isLimited() && (total != bound.total() || total > maximum || shares != maximum)) {
      throw new IllegalStateException(
          "weights %d, total %d, shares %d, maximum %d"
              .formatted(total, bound.total(), shares, maximum));
    }
  }
}
