package org.theine.jcache.simulation;

import static org.theine.jcache.simulation.ModelUpdates.Change;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CompletionListener;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;
import org.jspecify.annotations.Nullable;

/**
 * What a cache of JCache does when all happens in one thread: the model that the real one is
 * compared with.
 */
final class ModelCache implements Cache<Key, Val>, Controls {
  private final World world;
  private final ModelUpdates updates;
  private final ModelBatches batches;
  private final ModelProcessing processing;
  final ModelEntries entries;

  ModelCache(World world) {
    this.world = world;
    this.entries = new ModelEntries(world);
    this.updates = new ModelUpdates(entries);
    this.batches = new ModelBatches(entries, updates);
    this.processing = new ModelProcessing(entries, updates);
    for (int i = 0; i < world.settings.registered(); i++) {
      registerCacheEntryListener(world.plugIns.listeners.get(i));
    }
    enableStatistics(world.settings.statistics());
  }

  Val given(Object stored) {
    return entries.values.given(stored);
  }

  private static void require(@Nullable Object argument) {
    if (argument == null) {
      throw new NullPointerException("cache '" + Settings.CACHE + "': must not be null");
    }
  }

  private void requireKey(@Nullable Object key) {
    entries.requireOpen();
    require(key);
  }

  private boolean hasWriter() {
    return world.plugIns.writer != null;
  }

  // -----------------------------------------------------------------------------------------
  // reading

  @Override
  public @Nullable Val get(Key key) {
    requireKey(key);
    Object stored = entries.access(entries.table.get(key));
    Val value = looked(stored);
    return stored == null && world.settings.readThrough() ? updates.load(key) : value;
  }

  private @Nullable Val looked(@Nullable Object stored) {
    try {
      return stored == null ? null : given(stored);
    } finally {
      entries.counts.look(stored != null);
    }
  }

  @Override
  public Map<Key, Val> getAll(Set<? extends Key> keys) {
    entries.requireOpen();
    Map<Key, Val> found = new LinkedHashMap<>();
    List<Key> missing = new ArrayList<>();
    for (Key key : checked(keys)) {
      Object stored = entries.access(entries.table.get(key));
      Val value = looked(stored);
      if (value == null) {
        missing.add(key);
      } else {
        found.put(key, value);
      }
    }
    if (world.settings.readThrough() && !missing.isEmpty()) {
      batches.loadMissing(missing, found::put);
    }
    return found;
  }

  private static List<Key> checked(Collection<? extends Key> keys) {
    keys.forEach(ModelCache::require);
    return new ArrayList<>(keys);
  }

  @Override
  public boolean containsKey(Key key) {
    requireKey(key);
    return entries.peek(entries.table.get(key)) != null;
  }

  @Override
  public void loadAll(
      Set<? extends Key> keys, boolean replace, @Nullable CompletionListener listener) {
    entries.requireOpen();
    batches.loadAll(checked(keys), replace, listener);
  }

  @Override
  public Iterator<Cache.Entry<Key, Val>> iterator() {
    entries.requireOpen();
    return new ModelIterator(this);
  }

  // ----------------------------------------------------------------------------------------
  // changing

  private ModelUpdates.Result write(Change change, Key key, Val value, @Nullable Val expected) {
    requireKey(key);
    require(value);
    return updates.update(change, key, value, expected);
  }

  private ModelUpdates.Result erase(Change change, Key key, @Nullable Val expected) {
    requireKey(key);
    return updates.update(change, key, null, expected);
  }

  @Override
  public void put(Key key, Val value) {
    write(Change.PUT, key, value, null);
  }

  @Override
  public @Nullable Val getAndPut(Key key, Val value) {
    return write(Change.GET_AND_PUT, key, value, null).previous;
  }

  @Override
  public boolean putIfAbsent(Key key, Val value) {
    return write(Change.PUT_IF_ABSENT, key, value, null).acted;
  }

  @Override
  public boolean replace(Key key, Val oldValue, Val newValue) {
    entries.requireOpen();
    require(oldValue);
    return write(Change.REPLACE_EQUAL, key, newValue, oldValue).acted;
  }

  @Override
  public boolean replace(Key key, Val value) {
    return write(Change.REPLACE, key, value, null).acted;
  }

  @Override
  public @Nullable Val getAndReplace(Key key, Val value) {
    return write(Change.GET_AND_REPLACE, key, value, null).previous;
  }

  @Override
  public boolean remove(Key key) {
    return erase(Change.REMOVE, key, null).acted;
  }

  @Override
  public boolean remove(Key key, Val oldValue) {
    entries.requireOpen();
    require(oldValue);
    return erase(Change.REMOVE_EQUAL, key, oldValue).acted;
  }

  @Override
  public @Nullable Val getAndRemove(Key key) {
    return erase(Change.GET_AND_REMOVE, key, null).previous;
  }

  @Override
  public void putAll(Map<? extends Key, ? extends Val> map) {
    entries.requireOpen();
    map.forEach(
        (key, value) -> {
          require(key);
          require(value);
        });
    Map<Key, Val> copy = new LinkedHashMap<>(map);
    if (hasWriter()) {
      batches.putAll(copy);
    } else {
      entries.events.around(
          () -> copy.forEach((key, value) -> updates.update(Change.PUT, key, value, null)));
    }
  }

  @Override
  public void removeAll(Set<? extends Key> keys) {
    entries.requireOpen();
    removeEach(checked(keys));
  }

  @Override
  public void removeAll() {
    entries.requireOpen();
    List<Key> keys = new ArrayList<>();
    for (Node node : List.copyOf(entries.table.values())) {
      if (entries.peek(node) != null) {
        keys.add(node.key);
      }
    }
    removeEach(keys);
  }

  private void removeEach(List<Key> keys) {
    if (hasWriter()) {
      batches.removeAll(keys);
    } else {
      entries.events.around(
          () -> keys.forEach(key -> updates.update(Change.REMOVE, key, null, null)));
    }
  }

  @Override
  public void clear() {
    entries.requireOpen();
    entries.clear();
  }

  @Override
  public <T> @Nullable T invoke(
      Key key, EntryProcessor<Key, Val, T> processor, Object... arguments) {
    requireKey(key);
    require(processor);
    return processing.invoke(key, processor, arguments);
  }

  @Override
  public <T> Map<Key, EntryProcessorResult<T>> invokeAll(
      Set<? extends Key> keys, EntryProcessor<Key, Val, T> processor, Object... arguments) {
    entries.requireOpen();
    Map<Key, EntryProcessorResult<T>> results = new LinkedHashMap<>();
    List<Key> asked = checked(keys);
    entries.events.around(
        () -> {
          for (Key key : asked) {
            try {
              T result = processing.invoke(key, processor, arguments);
              if (result != null) {
                results.put(key, () -> result);
              }
            } catch (EntryProcessorException e) {
              results.put(key, failing(e));
            } catch (IllegalStateException e) {
              throw e;
            } catch (RuntimeException e) {
              results.put(key, failing(new EntryProcessorException(e)));
            }
          }
        });
    return results;
  }

  private static <T> EntryProcessorResult<T> failing(EntryProcessorException failure) {
    return () -> {
      throw failure;
    };
  }

  // --------------------------------------------------------------------------------------------
  // life

  @Override
  public String getName() {
    return Settings.CACHE;
  }

  @Override
  public CacheManager getCacheManager() {
    throw new UnsupportedOperationException("the model has no manager");
  }

  @Override
  public <C extends Configuration<Key, Val>> C getConfiguration(Class<C> type) {
    MutableConfiguration<Key, Val> configuration = new MutableConfiguration<>();
    entries.events.listeners.forEach(
        each -> configuration.addCacheEntryListenerConfiguration(each.configuration));
    return type.cast(configuration);
  }

  private @Nullable ModelListener find(CacheEntryListenerConfiguration<Key, Val> sought) {
    return entries.events.listeners.stream()
        .filter(each -> each.configuration.equals(sought))
        .findAny()
        .orElse(null);
  }

  @Override
  public void registerCacheEntryListener(CacheEntryListenerConfiguration<Key, Val> configuration) {
    entries.requireOpen();
    if (find(configuration) != null) {
      throw new IllegalArgumentException("cache '" + Settings.CACHE + "': registered already");
    }
    entries.events.listeners.add(new ModelListener(this, world, configuration));
  }

  @Override
  public void deregisterCacheEntryListener(
      CacheEntryListenerConfiguration<Key, Val> configuration) {
    entries.requireOpen();
    ModelListener listener = find(configuration);
    if (listener != null) {
      entries.events.listeners.remove(listener);
      listener.end();
      listener.close();
    }
  }

  @Override
  public void close() {
    if (entries.closed) {
      return;
    }
    entries.closed = true;
    entries.clear();
    List<ModelListener> listeners = List.copyOf(entries.events.listeners);
    entries.events.close();
    PlugIns plugIns = world.plugIns;
    ModelListener.close(plugIns.loader);
    ModelListener.close(plugIns.writer);
    ModelListener.close(plugIns.serializer);
    ModelListener.close(plugIns.copier);
    ModelListener.close(plugIns.weigher);
    ModelListener.close(plugIns.expiry);
    listeners.forEach(listener -> listener.close());
  }

  @Override
  public boolean isClosed() {
    return entries.closed;
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    return type.cast(this);
  }

  // ----------------------------------------------------------------------------------------
  // controls

  @Override
  public Cache<Key, Val> cache() {
    return this;
  }

  @Override
  public void end(int way) {
    close();
  }

  @Override
  public void expireNow() {
    entries.requireOpen();
    entries.events.around(entries::sweep);
  }

  @Override
  public void tick() {
    entries.sweep();
  }

  @Override
  public void setMaximum(long maximum) {
    entries.requireOpen();
    if (entries.maximum == ModelEntries.NEVER) {
      throw new IllegalStateException("cache '" + Settings.CACHE + "' has no maximum");
    }
    entries.events.around(
        () -> {
          entries.maximum = maximum;
          entries.settle(null);
          entries.events.deliverOrphans();
        });
  }

  @Override
  public void enableStatistics(boolean enabled) {
    if (!entries.closed) {
      entries.counts.enabled = enabled;
    }
  }

  @Override
  public void clearStatistics() {
    entries.counts.clear();
  }
}
