package org.theine.jcache;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.event.Delivery;
import org.theine.jcache.event.EventKind;
import org.theine.jcache.event.EventPublisher;
import org.theine.jcache.integration.Closing;
import org.theine.jcache.integration.Expiration;
import org.theine.jcache.integration.ValueForm;
import org.theine.jcache.integration.WriteThrough;
import org.theine.jcache.management.CacheStatistics;
import org.theine.jcache.store.Departures;
import org.theine.jcache.store.Entry;
import org.theine.jcache.store.EntryLockException;
import org.theine.jcache.store.ExclusiveAccess;
import org.theine.jcache.store.Load;
import org.theine.jcache.store.Store;
import org.theine.jcache.store.StoreSettings;

/**
 * What one cache is made of, and the small steps that its operations share. Safe for use by several
 * threads.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values; the store keeps them in the form of {@link #form}
 */
final class CacheParts<K, V> implements Departures<K, Object> {
  final String name;
  final Store<K, Object> store;
  final ExclusiveAccess<K, Object> exclusive;
  final ValueForm form;
  final CountedLoading<K, V> loading;
  final WriteThrough<K, V> writing;
  final Expiration expiration;
  final EventPublisher<K, V> events;
  final CacheStatistics statistics = new CacheStatistics();
  final Executor executor;

  /** A miss loads, in get, getAll and entry processors. */
  final boolean readsThrough;

  /** Null if entries have no weight. */
  private final @Nullable Weigher<? super K, ? super V> weigher;

  /** What a look does to a deadline, or null. */
  final @Nullable LongSupplier touch;

  private final List<Object> closeables;

  /** Null if any type will do. */
  private final @Nullable Class<?> keyType;

  private final @Nullable Class<?> valueType;

  /** User code may run while an entry is locked, whatever the operation. */
  final boolean hasUserCode;

  /** Sees who leaves at the moment he does; for tests in one thread. */
  @Nullable Departures<K, Object> witness;

  CacheParts(CachePlugIns<K, V> plugIns, StoreSettings<K> settings) {
    this.name = settings.name();
    this.form = plugIns.form();
    this.loading = new CountedLoading<>(plugIns.loading(), statistics);
    this.readsThrough = plugIns.readThrough() && loading.isPresent();
    this.writing = plugIns.writing();
    this.expiration = plugIns.expiration();
    this.weigher = plugIns.weigher();
    this.executor = plugIns.executor();
    this.closeables = plugIns.closeables();
    this.keyType = plugIns.keyType();
    this.valueType = plugIns.valueType();
    this.touch = expiration.touches() ? expiration::access : null;
    this.hasUserCode = writing.isPresent() || expiration.asksUser() || weigher != null;
    this.store = new Store<>(settings, this);
    this.exclusive = store.exclusive();
    this.events =
        new EventPublisher<>(
            name,
            store.shards(),
            store::shardOf,
            store::lockOf,
            executor,
            executor instanceof CacheExecutor.Queueing ? executor : CacheExecutor.shared());
  }

  /** Closes what the user plugged in and can be closed. */
  void closePlugIns(Closing closing) {
    closeables.forEach(closing::close);
    expiration.close(closing);
  }

  // ------------------------------------------------------------------------------------- arguments

  void requireKey(@Nullable Object key) {
    requireType("key", key, keyType);
  }

  void requireValue(@Nullable Object value) {
    requireType("value", value, valueType);
  }

  private void requireType(String what, @Nullable Object object, @Nullable Class<?> type) {
    if (object == null) {
      throw new NullPointerException("cache '" + name + "': a " + what + " must not be null");
    }
    if (type != null && !type.isInstance(object)) {
      throw new ClassCastException(
          "cache '"
              + name
              + "': a "
              + what
              + " must be a "
              + type.getName()
              + " as configured, not a "
              + object.getClass().getName());
    }
  }

  // ---------------------------------------------------------------------------------------- values

  /** The user's form of what the store keeps. */
  @SuppressWarnings("unchecked")
  V given(Object stored) {
    return (V) form.given(stored);
  }

  /** A key for the user, who may do with it what he likes. */
  @SuppressWarnings("unchecked")
  K givenKey(K kept) {
    return (K) form.copy(kept);
  }

  /** Weighs a mapping before anything is changed or written. */
  int weigh(K key, V value) {
    if (weigher == null) {
      return 1;
    }
    int weight;
    try {
      weight = weigher.weigh(key, value);
    } catch (Exception e) {
      throw new CacheException("cache '" + name + "': its weigher failed", e);
    }
    if (weight < 0) {
      throw new CacheException(
          "cache '" + name + "': its weigher must not return a negative weight: " + weight);
    }
    return weight;
  }

  /**
   * What a look by get, or by getAll for one key, has found, as the caller gets it; counted also if
   * it cannot be given.
   */
  @Nullable V looked(@Nullable Object stored, long started) {
    try {
      return stored == null ? null : given(stored);
    } finally {
      recordGet(stored != null, started);
    }
  }

  private void recordGet(boolean hit, long started) {
    if (hit) {
      statistics.recordHits(1);
    } else {
      statistics.recordMisses(1);
    }
    if (started != 0) {
      statistics.recordGetTime(System.nanoTime() - started);
    }
  }

  // ----------------------------------------------------------------------------------------- locks

  Entry<K, Object> lock(@Nullable Entry<K, Object> found, K key, int hash, boolean userCode) {
    try {
      return exclusive.lock(found, key, hash, userCode);
    } catch (EntryLockException e) {
      throw refused(e);
    }
  }

  Entry<K, Object> lock(K key, int hash, boolean userCode) {
    try {
      return exclusive.lock(key, hash, userCode);
    } catch (EntryLockException e) {
      throw refused(e);
    }
  }

  Entry<K, Object> lock(K key, int hash, Load<Object> load) {
    try {
      return exclusive.lock(key, hash, load);
    } catch (EntryLockException e) {
      throw refused(e);
    }
  }

  @Nullable Entry<K, Object> lockOrFollow(K key, int hash, Load<Object> load) {
    try {
      return exclusive.lockOrFollow(key, hash, load);
    } catch (EntryLockException e) {
      throw refused(e);
    }
  }

  private CacheException refused(EntryLockException e) {
    return new CacheException("cache '" + name + "': " + e.getMessage(), e);
  }

  // ---------------------------------------------------------------------------------------- events

  /** Begins an operation: one that can cause no event costs nothing. */
  Delivery begin(boolean userCode) {
    return userCode || events.hasListeners() ? Delivery.begin() : Delivery.none();
  }

  @Override
  public void arrived(Entry<K, Object> entry, Object value) {
    events.publish(EventKind.CREATED, entry.key(), entry.hash(), value, null);
  }

  @Override
  public void evicted(Entry<K, Object> entry, Object value) {
    if (witness != null) {
      witness.evicted(entry, value);
    }
    statistics.recordEvictions(1);
    events.publish(EventKind.EVICTED, entry.key(), entry.hash(), value, value);
  }

  @Override
  public void expired(Entry<K, Object> entry, Object value) {
    if (witness != null) {
      witness.expired(entry, value);
    }
    statistics.recordExpirations(1);
    events.publish(EventKind.EXPIRED, entry.key(), entry.hash(), value, value);
  }

  @Override
  public void settled() {
    events.deliverOrphans();
  }
}
