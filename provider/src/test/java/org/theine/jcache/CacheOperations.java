package org.theine.jcache;

import java.io.Serializable;
import java.util.concurrent.atomic.AtomicLong;
import javax.cache.Cache;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.processor.EntryProcessor;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;

/**
 * The single-key operations of a cache as Lincheck calls them. A new object, and so a new cache,
 * for each run of a scenario; public since Lincheck makes it by reflection.
 *
 * <p>The cache is not started: it is in no manager's table and no background thread knows it, so
 * that nothing but the scenario runs, and so that it needs no closing.
 */
@Param(name = "key", gen = IntGen.class, conf = "1:2")
@Param(name = "value", gen = IntGen.class, conf = "1:3")
public abstract class CacheOperations {
  private static final TheineCacheManager MANAGER =
      (TheineCacheManager) new TheineCachingProvider().getCacheManager();

  private static final EntryProcessor<Integer, Object, @Nullable Object> INCREMENT =
      (entry, arguments) -> {
        Object before = entry.getValue();
        entry.setValue(
            before instanceof Box box
                ? box.next()
                : before == null ? arguments[0] : (int) before + 1);
        return before;
      };

  private static final EntryProcessor<Integer, Object, @Nullable Object> REMOVE_ODD =
      (entry, arguments) -> {
        Object before = entry.getValue();
        if (before != null && before.hashCode() % 2 != 0) {
          entry.remove();
        }
        return before;
      };

  /** A value that a cache by value has to copy. Immutable. */
  private static final class Box implements Serializable {
    private static final long serialVersionUID = 1;
    private final int number;

    Box(int number) {
      this.number = number;
    }

    Box next() {
      return new Box(number + 1);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Box box && box.number == number;
    }

    @Override
    public int hashCode() {
      return number;
    }
  }

  final Cache<Integer, Object> cache;
  private final boolean boxed;

  CacheOperations(TheineConfiguration<Integer, Object> configuration) {
    cache = create(configuration);
    boxed = configuration.isStoreByValue();
  }

  private static Cache<Integer, Object> create(TheineConfiguration<Integer, Object> configuration) {
    return new TheineCache<>(MANAGER, MANAGER.builder("lincheck", configuration));
  }

  /** The value as it is put into the cache. */
  private Object put(int value) {
    return boxed ? new Box(value) : (Object) value;
  }

  private static @Nullable Integer got(@Nullable Object value) {
    return value == null ? null : (Integer) value.hashCode();
  }

  static TheineConfiguration<Integer, Object> byReference() {
    TheineConfiguration<Integer, Object> configuration = new TheineConfiguration<>();
    configuration.setStoreByValue(false);
    configuration.setShards(1);
    return configuration;
  }

  /** A look moves the deadline. */
  static TheineConfiguration<Integer, Object> withAccessExpiry() {
    return expiring(new AccessedExpiryPolicy(Duration.ONE_HOUR), new AtomicLong());
  }

  /** Each time that the clock is read a nanosecond has passed. */
  static TheineConfiguration<Integer, Object> expiring(ExpiryPolicy policy, AtomicLong nanos) {
    TheineConfiguration<Integer, Object> configuration = byReference();
    configuration.setTickerFactory(() -> nanos::incrementAndGet);
    configuration.setExpiryPolicyFactory(() -> policy);
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
    return got(cache.get(key));
  }

  @Operation
  public boolean containsKey(@Param(name = "key") int key) {
    return cache.containsKey(key);
  }

  @Operation
  public void put(@Param(name = "key") int key, @Param(name = "value") int value) {
    cache.put(key, put(value));
  }

  @Operation
  public @Nullable Integer getAndPut(
      @Param(name = "key") int key, @Param(name = "value") int value) {
    return got(cache.getAndPut(key, put(value)));
  }

  @Operation
  public boolean putIfAbsent(@Param(name = "key") int key, @Param(name = "value") int value) {
    return cache.putIfAbsent(key, put(value));
  }

  @Operation
  public boolean replace(@Param(name = "key") int key, @Param(name = "value") int value) {
    return cache.replace(key, put(value));
  }

  @Operation
  public boolean replaceIfEqual(
      @Param(name = "key") int key,
      @Param(name = "value") int expected,
      @Param(name = "value") int value) {
    return cache.replace(key, put(expected), put(value));
  }

  @Operation
  public @Nullable Integer getAndReplace(
      @Param(name = "key") int key, @Param(name = "value") int value) {
    return got(cache.getAndReplace(key, put(value)));
  }

  @Operation
  public boolean remove(@Param(name = "key") int key) {
    return cache.remove(key);
  }

  @Operation
  public boolean removeIfEqual(@Param(name = "key") int key, @Param(name = "value") int expected) {
    return cache.remove(key, put(expected));
  }

  @Operation
  public @Nullable Integer getAndRemove(@Param(name = "key") int key) {
    return got(cache.getAndRemove(key));
  }

  /** Adds one, and answers what was there before. */
  @Operation
  public @Nullable Integer increment(@Param(name = "key") int key) {
    return got(cache.invoke(key, INCREMENT, put(1)));
  }

  /** Removes an odd value, and answers what was there before. */
  @Operation
  public @Nullable Integer removeOdd(@Param(name = "key") int key) {
    return got(cache.invoke(key, REMOVE_ODD));
  }
}
