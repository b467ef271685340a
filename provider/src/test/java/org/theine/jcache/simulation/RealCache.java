package org.theine.jcache.simulation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.Iterator;
import java.util.function.LongSupplier;
import javax.cache.Cache;
import org.theine.jcache.SimulatedCache;
import org.theine.jcache.TheineCache;
import org.theine.jcache.TheineCacheManager;
import org.theine.jcache.TheineCachingProvider;
import org.theine.jcache.TheineConfiguration;
import org.theine.jcache.event.EventKind;

/** The cache of an episode. */
final class RealCache implements Controls, AutoCloseable {
  private static final String HASH_SEED = "theine.jcache.hash-seed";

  /** Where its time begins: it runs over the largest long soon. */
  private static final long ORIGIN = Long.MAX_VALUE - 30_000_000_000L;

  private final World world;
  private final TheineCachingProvider provider = new TheineCachingProvider();
  private final TheineCache<Key, Val> cache;
  private final Cache<Key, Val> used;
  final SimulatedCache<Key> inside;

  RealCache(World world, Sabotage sabotage) {
    this.world = world;
    this.cache = create();
    this.inside =
        new SimulatedCache<>(
            cache,
            (kind, key) ->
                world.record(kind == EventKind.EVICTED ? Item.EVICTED : Item.EXPIRED, key));
    for (int i = 1; i < world.settings.registered(); i++) {
      cache.registerCacheEntryListener(world.plugIns.listeners.get(i));
    }
    this.used = sabotage == Sabotage.LOSES_REMOVALS ? losingRemovals(cache) : cache;
  }

  @SuppressWarnings("unchecked")
  private TheineCache<Key, Val> create() {
    TheineCacheManager manager =
        (TheineCacheManager) provider.getCacheManager(URI.create("simulation"), null);
    String before = System.getProperty(HASH_SEED);
    System.setProperty(HASH_SEED, "" + world.settings.hashSeed());
    try {
      return (TheineCache<Key, Val>)
          manager.createCache(Settings.CACHE, configuration()).unwrap(TheineCache.class);
    } finally {
      if (before == null) {
        System.clearProperty(HASH_SEED);
      } else {
        System.setProperty(HASH_SEED, before);
      }
    }
  }

  private TheineConfiguration<Key, Val> configuration() {
    Settings settings = world.settings;
    PlugIns plugIns = world.plugIns;
    TheineConfiguration<Key, Val> configuration = new TheineConfiguration<>();
    if (settings.typed()) {
      configuration.setTypes(Key.class, Val.class);
    }
    configuration.setStoreByValue(settings.form() != Settings.Form.REFERENCE);
    configuration.setStatisticsEnabled(settings.statistics());
    configuration.setExpiryPolicyFactory(() -> plugIns.expiry);
    configuration.setReadThrough(settings.readThrough());
    configuration.setWriteThrough(settings.writeThrough());
    configuration.setShards(settings.shards());
    configuration.setExecutorFactory(() -> plugIns.executor);
    LongSupplier ticker = () -> ORIGIN + world.nanos;
    configuration.setTickerFactory(() -> ticker);
    if (settings.form() == Settings.Form.IMMUTABLE) {
      configuration.setImmutableTypes(Val.class);
    }
    if (plugIns.copier != null) {
      configuration.setCopierFactory(() -> plugIns.copier);
    }
    if (plugIns.serializer != null) {
      configuration.setSerializerFactory(() -> plugIns.serializer);
    }
    if (plugIns.loader != null) {
      configuration.setCacheLoaderFactory(() -> plugIns.loader);
    }
    if (plugIns.writer != null) {
      configuration.setCacheWriterFactory(() -> plugIns.writer);
    }
    if (plugIns.weigher != null) {
      configuration.setMaximumWeight(settings.maximumWeight(), () -> plugIns.weigher);
    } else if (settings.maximumSize() > 0) {
      configuration.setMaximumSize(settings.maximumSize());
    }
    configuration.setEvictionEvents(settings.evictionEvents());
    plugIns
        .listeners
        .subList(0, Math.min(1, settings.registered())) // in what order it has more, is not said
        .forEach(configuration::addCacheEntryListenerConfiguration);
    return configuration;
  }

  /** A cache that sometimes only says that it has removed. */
  @SuppressWarnings("unchecked")
  private static Cache<Key, Val> losingRemovals(Cache<Key, Val> cache) {
    return (Cache<Key, Val>)
        Proxy.newProxyInstance(
            Cache.class.getClassLoader(),
            new Class<?>[] {Cache.class},
            (proxy, method, arguments) -> {
              boolean lost =
                  method.getName().equals("getAndRemove") && ((Key) arguments[0]).number() == 3;
              try {
                return lost ? cache.get((Key) arguments[0]) : method.invoke(cache, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  long size() {
    return cache.size();
  }

  long weight() {
    return cache.weight();
  }

  @Override
  public Cache<Key, Val> cache() {
    return used;
  }

  @Override
  public Iterator<Cache.Entry<Key, Val>> iterator() {
    return new Accompanied(cache.iterator(), inside.walk());
  }

  /** The iterator of the cache, with another one that tells what this one comes across. */
  private final class Accompanied implements Iterator<Cache.Entry<Key, Val>> {
    private final Iterator<Cache.Entry<Key, Val>> iterator;
    private final SimulatedCache<Key>.Walk walk;
    private boolean found;

    Accompanied(Iterator<Cache.Entry<Key, Val>> iterator, SimulatedCache<Key>.Walk walk) {
      this.iterator = iterator;
      this.walk = walk;
    }

    @Override
    public boolean hasNext() {
      step();
      return iterator.hasNext();
    }

    private void step() {
      while (!found && !cache.isClosed()) {
        Key key = walk.next();
        world.record(Item.FOUND, key);
        if (key == null) {
          return;
        }
        found = walk.isAlive();
      }
    }

    @Override
    public Cache.Entry<Key, Val> next() {
      step();
      found = false;
      return iterator.next();
    }

    @Override
    public void remove() {
      iterator.remove();
    }
  }

  @Override
  public void end(int way) {
    switch (way) {
      case 0 -> cache.close();
      case 1 -> cache.getCacheManager().destroyCache(Settings.CACHE);
      case 2 -> cache.getCacheManager().close();
      default -> provider.close();
    }
  }

  @Override
  public void expireNow() {
    cache.expireNow();
  }

  @Override
  public void tick() {
    inside.tick();
  }

  @Override
  public void setMaximum(long maximum) {
    cache.setMaximum(maximum);
  }

  @Override
  public void enableStatistics(boolean enabled) {
    if (!cache.isClosed()) { // else its manager may be closed too, and refuse
      cache.getCacheManager().enableStatistics(Settings.CACHE, enabled);
    }
  }

  @Override
  public void clearStatistics() {
    inside.statistics().clear();
  }

  @Override
  public void close() {
    world.quietly(provider::close);
  }
}
