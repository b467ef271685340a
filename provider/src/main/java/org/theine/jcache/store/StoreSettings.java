package org.theine.jcache.store;

import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.theine.jcache.timer.Clock;

/**
 * What a store is made with.
 *
 * @param <K> the type of the keys
 * @param name the name of the cache, for messages
 * @param maximum the largest number of entries, or their largest total weight; {@link #UNBOUNDED}
 *     for none
 * @param weighted whether the maximum is one of weight
 * @param shards how many shards, a power of two
 * @param expiring whether entries can expire
 * @param ticker the time in nanoseconds by which they do; null for that of the system
 * @param seed of the hashes
 * @param keyCopier makes the key that is kept from the one that the caller may change afterwards
 */
public record StoreSettings<K>(
    String name,
    long maximum,
    boolean weighted,
    int shards,
    boolean expiring,
    @Nullable LongSupplier ticker,
    long seed,
    UnaryOperator<K> keyCopier) {
  /** No maximum. */
  public static final long UNBOUNDED = Bound.NONE;

  /** The largest number of shards: half the bits of the hash choose one. */
  public static final int MAXIMUM_SHARDS = 1 << 16;

  /** With fewer entries a shard, the shards' policies together lose hits against one policy. */
  private static final int ENTRIES_A_SHARD = 1024;

  /** The clock by which entries expire, or null if none can. */
  @Nullable Clock newClock() {
    if (!expiring) {
      return null;
    }
    return ticker == null ? Clock.system() : new Clock(ticker);
  }

  /**
   * Checks the settings.
   *
   * @param name the name of the cache
   * @param maximum positive
   * @param weighted whether the maximum is one of weight
   * @param shards a power of two
   * @param expiring whether entries can expire
   * @param ticker null for the time of the system
   * @param seed of the hashes
   * @param keyCopier makes the key that is kept
   * @throws IllegalArgumentException if maximum or shards are not what they must be
   */
  public StoreSettings {
    if (maximum <= 0) {
      throw new IllegalArgumentException("maximum must be positive: " + maximum);
    }
    requireShards(shards);
  }

  /**
   * Checks a number of shards.
   *
   * @param shards how many are asked for
   * @return the same
   * @throws IllegalArgumentException if it is no power of two from 1 to {@link #MAXIMUM_SHARDS}
   */
  public static int requireShards(int shards) {
    if (shards <= 0 || shards > MAXIMUM_SHARDS || Integer.bitCount(shards) != 1) {
      throw new IllegalArgumentException(
          "shards must be a power of two from 1 to " + MAXIMUM_SHARDS + ": " + shards);
    }
    return shards;
  }

  /**
   * Returns how many shards a store should have: 4 a processor, but none with a share below 1024
   * entries, and one where entries have weights, since their number is not known then.
   *
   * @param maximum the largest number of entries or total weight
   * @param weighted whether the maximum is one of weight
   * @return a power of two
   */
  public static int defaultShards(long maximum, boolean weighted) {
    long byProcessors = 4L * Runtime.getRuntime().availableProcessors();
    long byMaximum = weighted && maximum != UNBOUNDED ? 1 : maximum / ENTRIES_A_SHARD;
    long shards = Math.max(1, Math.min(byProcessors, byMaximum));
    return (int) Math.min(MAXIMUM_SHARDS, Long.highestOneBit(shards));
  }
}
