package org.theine.jcache;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.integration.CompletionListener;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorResult;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.event.Delivery;
import org.theine.jcache.event.ListenerRegistration;
import org.theine.jcache.integration.Closing;
import org.theine.jcache.store.Store;
import org.theine.jcache.store.StoreSettings;

/**
 * A cache of this provider. Safe for use by several threads. What it has beyond {@link Cache} is
 * reached by {@code cache.unwrap(TheineCache.class)}.
 *
 * <p>Every operation on one key is atomic, and waits for no other key: user code runs while its own
 * key is locked, those of its batch for operations on many keys, or with nothing locked. An
 * operation that enters its own key again from its loader, writer or processor gets a {@link
 * CacheException}, as does one of several that would wait for each other for ever; a thread that
 * waits for another operation on its key can be interrupted. Waits that lead through a hand-over to
 * other threads, {@code future.get()} in a loader, are not seen.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public final class TheineCache<K, V> implements Cache<K, V> {
  private static final System.Logger LOGGER = System.getLogger(TheineCache.class.getName());

  private final TheineCacheManager manager;
  private final TheineConfiguration<K, V> configuration;
  private final CacheParts<K, V> parts;
  private final CacheListeners<K, V> listeners;
  private final CacheManagement<K, V> management;
  private final EntryUpdater<K, V> updater;
  private final ReadThrough<K, V> readThrough;
  private final EntryProcessing<K, V> processing;
  private final BulkOperations<K, V> bulk;
  private final AtomicBoolean closed = new AtomicBoolean();

  TheineCache(TheineCacheManager manager, CacheBuilder<K, V> builder) {
    this.manager = manager;
    this.configuration = builder.configuration();
    this.parts = builder.build();
    this.management =
        new CacheManagement<>(this, manager.getURI().toString(), parts, configuration);
    this.listeners =
        new CacheListeners<>(this, parts, builder.evictionEvents(), management.evictionCause());
    Commits<K, V> commits = new Commits<>(parts);
    this.updater = new EntryUpdater<>(parts, commits);
    this.readThrough = new ReadThrough<>(parts, commits);
    this.processing = new EntryProcessing<>(parts, commits);
    this.bulk = new BulkOperations<>(parts, commits, updater, readThrough, processing);
  }

  /** Registers listeners, beans and timer; what has been registered goes with {@link #close}. */
  void start() {
    configuration.getCacheEntryListenerConfigurations().forEach(listeners::register);
    management.start();
    parts.store.start();
    parts.store.requireOpen();
  }

  // --------------------------------------------------------------------------------------- reading

  @Override
  public @Nullable V get(K key) {
    CacheParts<K, V> held = parts; // else each volatile read has the fields read anew
    Store<K, Object> store = held.store;
    store.requireOpen();
    held.requireKey(key);
    long started = held.statistics.start();
    int hash = store.hash(key);
    Object stored = store.access(key, hash, held.touch);
    V value = held.looked(stored, started);
    return stored == null && held.readsThrough ? readThrough.load(key, hash) : value;
  }

  @Override
  public Map<K, V> getAll(Set<? extends K> keys) {
    parts.store.requireOpen();
    return bulk.getAll(keys);
  }

  @Override
  public boolean containsKey(K key) {
    parts.store.requireOpen();
    parts.requireKey(key);
    return parts.store.contains(key, parts.store.hash(key));
  }

  @Override
  public void loadAll(
      Set<? extends K> keys,
      boolean replaceExistingValues,
      @Nullable CompletionListener completionListener) {
    parts.store.requireOpen();
    bulk.loadAll(keys, replaceExistingValues, completionListener);
  }

  @Override
  public Iterator<Cache.Entry<K, V>> iterator() {
    parts.store.requireOpen();
    return new CacheIterator<>(parts, this::remove);
  }

  // -------------------------------------------------------------------------------------- changing

  private @Nullable Object write(K key, V value, @Nullable V expected, Operation operation) {
    parts.store.requireOpen();
    parts.requireKey(key);
    parts.requireValue(value);
    return updater.update(key, value, expected, operation);
  }

  private @Nullable Object erase(K key, @Nullable V expected, Operation operation) {
    parts.store.requireOpen();
    parts.requireKey(key);
    return updater.update(key, null, expected, operation);
  }

  @SuppressWarnings("unchecked")
  private @Nullable V previous(@Nullable Object result) {
    return (V) result;
  }

  private static boolean acted(@Nullable Object result) {
    return (Boolean) result;
  }

  @Override
  public void put(K key, V value) {
    write(key, value, null, Operation.PUT);
  }

  @Override
  public @Nullable V getAndPut(K key, V value) {
    return previous(write(key, value, null, Operation.GET_AND_PUT));
  }

  @Override
  public boolean putIfAbsent(K key, V value) {
    return acted(write(key, value, null, Operation.PUT_IF_ABSENT));
  }

  @Override
  public boolean replace(K key, V oldValue, V newValue) {
    parts.store.requireOpen();
    parts.requireValue(oldValue);
    return acted(write(key, newValue, oldValue, Operation.REPLACE_IF_EQUAL));
  }

  @Override
  public boolean replace(K key, V value) {
    return acted(write(key, value, null, Operation.REPLACE));
  }

  @Override
  public @Nullable V getAndReplace(K key, V value) {
    return previous(write(key, value, null, Operation.GET_AND_REPLACE));
  }

  @Override
  public boolean remove(K key) {
    return acted(erase(key, null, Operation.REMOVE));
  }

  @Override
  public boolean remove(K key, V oldValue) {
    parts.store.requireOpen();
    parts.requireValue(oldValue);
    return acted(erase(key, oldValue, Operation.REMOVE_IF_EQUAL));
  }

  @Override
  public @Nullable V getAndRemove(K key) {
    return previous(erase(key, null, Operation.GET_AND_REMOVE));
  }

  @Override
  public void putAll(Map<? extends K, ? extends V> map) {
    parts.store.requireOpen();
    bulk.putAll(map);
  }

  @Override
  public void removeAll(Set<? extends K> keys) {
    parts.store.requireOpen();
    bulk.removeAll(keys);
  }

  @Override
  public void removeAll() {
    parts.store.requireOpen();
    bulk.removeAll();
  }

  @Override
  public void clear() {
    parts.store.requireOpen();
    parts.store.clear();
  }

  @Override
  public <T> @Nullable T invoke(
      K key, EntryProcessor<K, V, T> entryProcessor, Object... arguments) {
    parts.store.requireOpen();
    parts.requireKey(key);
    return processing.invoke(key, entryProcessor, arguments);
  }

  @Override
  public <T> Map<K, EntryProcessorResult<T>> invokeAll(
      Set<? extends K> keys, EntryProcessor<K, V, T> entryProcessor, Object... arguments) {
    parts.store.requireOpen();
    return bulk.invokeAll(keys, entryProcessor, arguments);
  }

  // ------------------------------------------------------------------------------ life and looks

  @Override
  public String getName() {
    return parts.name;
  }

  @Override
  public TheineCacheManager getCacheManager() {
    return manager;
  }

  /**
   * Returns a copy of the configuration, as it is now: what is done to the copy does not reach the
   * cache.
   *
   * @throws IllegalArgumentException if the type is none that a {@link TheineConfiguration} has
   */
  @Override
  public <C extends Configuration<K, V>> C getConfiguration(Class<C> type) {
    return CacheEntry.unwrap(management.configuration(), type);
  }

  @Override
  public void registerCacheEntryListener(
      CacheEntryListenerConfiguration<K, V> listenerConfiguration) {
    parts.store.requireOpen();
    listeners.register(required(listenerConfiguration));
  }

  @Override
  public void deregisterCacheEntryListener(
      CacheEntryListenerConfiguration<K, V> listenerConfiguration) {
    parts.store.requireOpen();
    ListenerRegistration<K, V> registration = listeners.deregister(required(listenerConfiguration));
    if (registration != null) {
      Closing closing = new Closing();
      registration.takePlugIns().forEach(closing::close);
      log(closing.failure());
    }
  }

  private CacheEntryListenerConfiguration<K, V> required(
      @Nullable CacheEntryListenerConfiguration<K, V> listenerConfiguration) {
    if (listenerConfiguration == null) {
      throw new NullPointerException(
          "cache '" + parts.name + "': a listener configuration must not be null");
    }
    return listenerConfiguration;
  }

  CacheManagement<K, V> management() {
    return management;
  }

  /** Takes the beans away, for good: the cache is about to be closed. */
  void hideBeans() {
    Closing closing = new Closing();
    closing.run(management::close);
    log(closing.failure());
  }

  /**
   * Closes the cache. Callers that wait for another operation on their key get an {@link
   * IllegalStateException}, what operations have under way is thrown away, and whatever of loader,
   * writer, listeners, filters, expiry policy, weigher, copier and serializer can be closed is,
   * each once, even if another one throws; such failures are logged.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    Closing closing = new Closing();
    closing.run(management::close); // before the name is free: a new cache may want the same
    manager.forget(this);
    parts.store.close();
    List<ListenerRegistration<K, V>> registrations = parts.events.registrations();
    parts.events.close();
    parts.closePlugIns(closing);
    registrations.forEach(each -> each.takePlugIns().forEach(closing::close));
    log(closing.failure());
  }

  private void log(@Nullable Throwable failure) {
    if (failure != null) {
      LOGGER.log(
          System.Logger.Level.WARNING, "cache '" + parts.name + "': closing failed", failure);
    }
  }

  Class<?> keyType() {
    return configuration.getKeyType();
  }

  Class<?> valueType() {
    return configuration.getValueType();
  }

  @Override
  public boolean isClosed() {
    return closed.get();
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    return CacheEntry.unwrap(this, type);
  }

  // --------------------------------------------------------------------------------- beyond JCache

  /**
   * Returns the number of entries, also of those that have expired within the last second and not
   * been removed yet.
   *
   * @return entries; exact while nobody changes the cache
   */
  public long size() {
    return parts.store.size();
  }

  /**
   * Returns what the maximum limits.
   *
   * @return the total weight of the entries of a cache with a maximum weight, else their number
   */
  public long weight() {
    return parts.store.weight();
  }

  /**
   * Returns the maximum.
   *
   * @return entries, or weight in a cache with a maximum weight; {@link Long#MAX_VALUE} if there is
   *     none
   */
  public long maximum() {
    return parts.store.maximum();
  }

  /**
   * Returns what has been counted. Needs no JMX, and works for a closed cache too.
   *
   * @return the counts of this moment; {@link TheineStatistics#NOT_COUNTED} in the place of each
   *     while the statistics are disabled
   */
  public TheineStatistics statistics() {
    return management.statistics();
  }

  /**
   * Returns how many events listeners have still to be told, or are just being told.
   *
   * @return events; one counts once for all synchronous listeners together, and once for each
   *     asynchronous one
   */
  public long eventsQueued() {
    return parts.events.queued();
  }

  /**
   * Changes the maximum and evicts what does not fit any more.
   *
   * @param maximum entries, or weight in a cache with a maximum weight; positive
   * @throws IllegalArgumentException if it is not
   * @throws IllegalStateException if the cache was made without a maximum, or is closed
   */
  public void setMaximum(long maximum) {
    parts.store.requireOpen();
    if (maximum <= 0 || maximum == StoreSettings.UNBOUNDED) {
      throw new IllegalArgumentException("maximum must be positive and a bound: " + maximum);
    }
    Delivery.around(
        () -> {
          parts.store.setMaximum(maximum);
          return null;
        });
  }

  /**
   * Removes, counts and tells now what has expired, except for what has done so less than a third
   * of a second ago; all that happens by itself within about a second.
   */
  public void expireNow() {
    parts.store.requireOpen();
    Delivery.around(
        () -> {
          parts.store.tick();
          return null;
        });
  }

  /**
   * Walks all structures and throws if they disagree; for tests, while no operation is under way.
   */
  void audit() {
    parts.store.audit();
  }

  /** For tests that drive a cache by hand. */
  CacheParts<K, V> parts() {
    return parts;
  }

  @Override
  public String toString() {
    return "TheineCache[" + parts.name + ", " + (isClosed() ? "closed" : size() + " entries") + "]";
  }
}
