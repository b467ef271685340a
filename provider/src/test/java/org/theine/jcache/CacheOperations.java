package org.theine.jcache;

import java.util.concurrent.atomic.AtomicLong;
import javax.cache.Cache;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.processor.EntryProcessor;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;

/**
 * The single-key operations of a cache by reference as Lincheck calls them. A new object, and so a
 * new cache, for each run of a scenario; public since Lincheck makes it by reflection.
 *
 * <p>The cache is not started: it is in no manager's table and no background thread knows it, so
 * that nothing but the scenario runs, and so that it needs no closing.
 */
@Param(name = "key", gen = IntGen.class, conf = "1:2")
@Param(name = "value", gen = IntGen.class, conf = "1:3")
public abstract class CacheOperations {
  private static final TheineCacheManager MANAGER =
      (TheineCacheManager) new TheineCachingProvider().getCacheManager();

  private static final EntryProcessor<Integer, Integer, @Nullable Integer> INCREMENT =
      (entry, arguments) -> {
        Integer before = entry.getValue();
        entry.setValue(before == null ? 1 : before + 1);
        return before;
      };

  private static final EntryProcessor<Integer, Integer, @Nullable Integer> REMOVE_ODD =
      (entry, arguments) -> {
        Integer before = entry.getValue();
        if (before != null && before % 2 != 0) {
          entry.remove();
        }
        return before;
      };

  final Cache<Integer, Integer> cache;

  CacheOperations(TheineConfiguration<Integer, Integer> configuration) {
    cache = create(configuration);
  }

  private static Cache<Integer, Integer> create(
      TheineConfiguration<Integer, Integer> configuration) {
    return new TheineCache<>(
        MANAGER, "lincheck", new CacheBuilder<>(MANAGER, "lincheck", configuration));
  }

  static TheineConfiguration<Integer, Integer> byReference() {
    TheineConfiguration<Integer, Integer> configuration = new TheineConfiguration<>();
    configuration.setStoreByValue(false);
    configuration.setShards(1);
    return configuration;
  }

  /** A look moves the deadline: each time that the clock is read a nanosecond has passed. */
  static TheineConfiguration<Integer, Integer> withAccessExpiry() {
    AtomicLong nanos = new AtomicLong();
    TheineConfiguration<Integer, Integer> configuration = byReference();
    configuration.setTickerFactory(() -> nanos::incrementAndGet);
    configuration.setExpiryPolicyFactory(() -> new AccessedExpiryPolicy(Duration.ONE_HOUR));
    return configuration;
  }

  /** Walks the structures of the cache after each run. */
  @Validate
  public void audit() {
    cache.unwrap(TheineCache.class).audit();
  }

  final long size() {
    return cache.unwrap(TheineCache.class).size();
  }

  @Operation
  public @Nullable Integer get(@Param(name = "key") int key) {
    return cache.get(key);
  }

  @Operation
  public boolean containsKey(@Param(name = "key") int key) {
    return cache.containsKey(key);
  }

  @Operation
  public void put(@Param(name = "key") int key, @Param(name = "value") int value) {
    cache.put(key, value);
  }

  @Operation
  public @Nullable Integer getAndPut(
      @Param(name = "key") int key, @Param(name = "value") int value) {
    return cache.getAndPut(key, value);
  }

  @Operation
  public boolean putIfAbsent(@Param(name = "key") int key, @Param(name = "value") int value) {
    return cache.putIfAbsent(key, value);
  }

  @Operation
  public boolean replace(@Param(name = "key") int key, @Param(name = "value") int value) {
    return cache.replace(key, value);
  }

  @Operation
  public boolean replaceIfEqual(
      @Param(name = "key") int key,
      @Param(name = "value") int expected,
      @Param(name = "value") int value) {
    return cache.replace(key, expected, value);
  }

  @Operation
  public @Nullable Integer getAndReplace(
      @Param(name = "key") int key, @Param(name = "value") int value) {
    return cache.getAndReplace(key, value);
  }

  @Operation
  public boolean remove(@Param(name = "key") int key) {
    return cache.remove(key);
  }

  @Operation
  public boolean removeIfEqual(@Param(name = "key") int key, @Param(name = "value") int expected) {
    return cache.remove(key, expected);
  }

  @Operation
  public @Nullable Integer getAndRemove(@Param(name = "key") int key) {
    return cache.getAndRemove(key);
  }

  /** Adds one, and answers what was there before. */
  @Operation
  public @Nullable Integer increment(@Param(name = "key") int key) {
    return cache.invoke(key, INCREMENT);
  }

  /** Removes an odd value, and answers what was there before. */
  @Operation
  public @Nullable Integer removeOdd(@Param(name = "key") int key) {
    return cache.invoke(key, REMOVE_ODD);
  }
}
