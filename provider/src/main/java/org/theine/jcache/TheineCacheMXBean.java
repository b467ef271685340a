package org.theine.jcache;

/**
 * Shows what the two beans of JCache have no place for: how full a cache is, its bound, its loads,
 * why entries leave, and what its listeners have still to hear. It is in the platform's MBean
 * server as {@code org.theine.jcache:type=TheineCache,CacheManager=...,Cache=...}, with the names
 * made as JCache makes those of its own, as long as management or statistics of the cache are
 * enabled.
 *
 * <p>What needs statistics is {@code -1} while they are disabled, a mean or ratio NaN; it is not
 * zero. Counts begin when the statistics are first enabled, and begin anew when the bean {@code
 * CacheStatistics} of JCache clears them.
 */
public interface TheineCacheMXBean {

  /**
   * Returns the name of the cache; that of the bean has dots for some characters.
   *
   * @return the name as the cache has it
   */
  String getCacheName();

  /**
   * Tells whether anything is counted.
   *
   * @return true while the statistics are enabled
   */
  boolean isStatisticsEnabled();

  /**
   * Tells whether the cache has a maximum; one without may fill the heap.
   *
   * @return true if it has one
   */
  boolean isBounded();

  /**
   * Tells whether the maximum is one of weight, as a weigher gives it.
   *
   * @return true if it is; false if it is a number of entries, or there is none
   */
  boolean isWeighted();

  /**
   * Returns the number of entries, also of those that have expired within the last second and not
   * been removed yet.
   *
   * @return entries
   */
  long getSize();

  /**
   * Returns what the maximum limits.
   *
   * @return the total weight of the entries of a weighted cache, else their number
   */
  long getWeight();

  /**
   * Returns the maximum.
   *
   * @return the largest total weight in a weighted cache, else the largest number of entries; -1 if
   *     there is none
   */
  long getMaximum();

  /**
   * Returns the number of requests that found an entry.
   *
   * @return a count, -1 while the statistics are disabled
   */
  long getHits();

  /**
   * Returns the number of requests that found none, whether or not it was loaded then.
   *
   * @return a count, -1 while the statistics are disabled
   */
  long getMisses();

  /**
   * Returns the share of requests that found an entry.
   *
   * @return from 0 to 1; NaN if there was no request, or the statistics are disabled
   */
  double getHitRatio();

  /**
   * Returns the number of keys that the loader was asked for and answered, be it that they have no
   * value.
   *
   * @return a count, -1 while the statistics are disabled
   */
  long getLoads();

  /**
   * Returns the number of keys that the loader was asked for and failed.
   *
   * @return a count, -1 while the statistics are disabled
   */
  long getLoadFailures();

  /**
   * Returns how long the loader took for a key in the mean, failures included.
   *
   * @return microseconds; NaN if it was asked for none, or the statistics are disabled
   */
  double getAverageLoadMicros();

  /**
   * Returns the number of entries that left to keep a maximum size.
   *
   * @return a count, -1 while the statistics are disabled
   */
  long getEvictionsBySize();

  /**
   * Returns the number of entries that left to keep a maximum weight.
   *
   * @return a count, -1 while the statistics are disabled
   */
  long getEvictionsByWeight();

  /**
   * Returns the number of entries whose time was over.
   *
   * @return a count, -1 while the statistics are disabled
   */
  long getExpirations();

  /**
   * Returns how many events listeners have still to be told, or are just being told. One that stays
   * high belongs to a listener that hangs, one that grows to an asynchronous listener that is
   * slower than the cache.
   *
   * @return events; one counts once for all synchronous listeners together, and once for each
   *     asynchronous one
   */
  long getEventsQueued();
}
