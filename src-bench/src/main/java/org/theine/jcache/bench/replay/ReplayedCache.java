package org.theine.jcache.bench.replay;

/** A bounded cache that a trace is replayed through, whosever it is. */
interface ReplayedCache extends AutoCloseable {

  /**
   * Asks for a key and, when it is absent, puts it.
   *
   * @param key the key
   * @param weight what its entry weighs; 1 where entries are counted
   * @return whether it was there
   */
  boolean request(Long key, Integer weight);

  /** What the bound limits, as it is now: entries, or their weight. */
  long live();

  /** What the bound limits, counted by walking over the entries; may disturb the cache. */
  long counted();

  @Override
  void close();
}
