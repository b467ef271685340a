package org.theine.jcache.bench.jmh;

import java.util.function.IntFunction;

/** What is measured. */
public enum Subject {
  /** The measure of all. */
  MAP("ConcurrentHashMap", keys -> new MapMapping()),
  /** Prototype: chains through the nodes, at most one node a bucket on average. */
  CHAINED("chained, load <= 1", keys -> new ShardedNodes(() -> new ChainedTable(1))),
  /** Prototype: the same with an array twice as long. */
  CHAINED_50("chained, load <= 0.5", keys -> new ShardedNodes(() -> new ChainedTable(0.5))),
  /** Prototype: open addressing that grows when three quarters are full. */
  OPEN_75("open addressing, load <= 0.75", keys -> new ShardedNodes(() -> new OpenTable(0.75))),
  /** Prototype: open addressing that grows when it is half full. */
  OPEN_50("open addressing, load <= 0.5", keys -> new ShardedNodes(() -> new OpenTable(0.5))),
  /** The provider's cache without a bound. */
  CACHE("cache, unbounded", keys -> CacheMapping.unbounded()),
  /** The provider's cache with a bound that evicts nothing. */
  CACHE_BOUNDED("cache, bounded to 1.25 x keys", keys -> CacheMapping.bounded(keys + keys / 4)),
  /** The provider's cache with entries that expire an hour after their last use. */
  CACHE_TOUCHED("cache, touched expiry", keys -> CacheMapping.touched());

  private final String title;
  private final IntFunction<Mapping> make;

  Subject(String title, IntFunction<Mapping> make) {
    this.title = title;
    this.make = make;
  }

  /**
   * Returns what it is called in tables.
   *
   * @return a few words
   */
  public String title() {
    return title;
  }

  /** Makes an empty one for so many keys. */
  Mapping make(int keys) {
    return make.apply(keys);
  }
}
