package org.theine.jcache;

/**
 * What a cache has counted since its statistics were first enabled, or cleared. Immutable.
 *
 * <p>The counts are exact, but read one after the other: they agree with each other only while
 * nobody uses the cache. While the statistics are disabled every count is {@link #NOT_COUNTED}, not
 * zero; what was counted before comes back when they are enabled again.
 *
 * @param enabled whether the statistics are enabled
 * @param hits requests that found an entry
 * @param misses requests that found none, whether or not it was loaded then
 * @param puts entries that callers stored
 * @param removals entries that callers removed
 * @param loads keys that the loader was asked for and answered, be it that they have no value; a
 *     call of {@code CacheLoader.loadAll} counts each of its keys, a caller that waits for the load
 *     of another one counts none
 * @param loadFailures keys that the loader was asked for in a call that threw, or that gave null in
 *     place of a map
 * @param loadNanos time spent in the loader, answered or failed, in nanoseconds
 * @param evictionsBySize entries that left to keep a maximum size
 * @param evictionsByWeight entries that left to keep a maximum weight
 * @param expirations entries whose time was over
 */
public record TheineStatistics(
    boolean enabled,
    long hits,
    long misses,
    long puts,
    long removals,
    long loads,
    long loadFailures,
    long loadNanos,
    long evictionsBySize,
    long evictionsByWeight,
    long expirations) {

  /** Stands for every count while the statistics are disabled. */
  public static final long NOT_COUNTED = -1;

  static final TheineStatistics DISABLED =
      new TheineStatistics(
          false,
          NOT_COUNTED,
          NOT_COUNTED,
          NOT_COUNTED,
          NOT_COUNTED,
          NOT_COUNTED,
          NOT_COUNTED,
          NOT_COUNTED,
          NOT_COUNTED,
          NOT_COUNTED,
          NOT_COUNTED);

  /**
   * Returns the number of requests.
   *
   * @return hits and misses together, {@link #NOT_COUNTED} while the statistics are disabled
   */
  public long gets() {
    return enabled ? hits + misses : NOT_COUNTED;
  }

  /**
   * Returns the number of entries that left to keep the bound.
   *
   * @return those by size and those by weight, of which a cache knows only one kind; {@link
   *     #NOT_COUNTED} while the statistics are disabled
   */
  public long evictions() {
    return enabled ? evictionsBySize + evictionsByWeight : NOT_COUNTED;
  }

  /**
   * Returns the share of requests that found an entry.
   *
   * @return from 0 to 1; NaN if there was no request, or the statistics are disabled
   */
  public double hitRatio() {
    return enabled ? (double) hits / gets() : Double.NaN;
  }

  /**
   * Returns how long the loader took for a key, in the mean over those it answered and those it
   * failed for.
   *
   * @return microseconds; NaN if it was asked for none, or the statistics are disabled
   */
  public double averageLoadMicros() {
    return enabled ? loadNanos / 1e3 / (loads + loadFailures) : Double.NaN;
  }
}
