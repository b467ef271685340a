package org.theine.jcache.simulation;

/** The statistics of the model. */
final class ModelCounts {
  boolean enabled;
  long hits;
  long misses;
  long puts;
  long removals;
  long evictions;
  long expirations;

  void look(boolean hit) {
    if (enabled && hit) {
      hits++;
    } else if (enabled) {
      misses++;
    }
  }

  void put(boolean done) {
    puts += enabled && done ? 1 : 0;
  }

  void removal(boolean done) {
    removals += enabled && done ? 1 : 0;
  }

  void eviction() {
    evictions += enabled ? 1 : 0;
  }

  void expiration() {
    expirations += enabled ? 1 : 0;
  }

  void clear() {
    hits = misses = puts = removals = evictions = expirations = 0;
  }

  @Override
  public String toString() {
    return "hits %d, misses %d, gets %d, puts %d, removals %d, evictions %d, expirations %d"
        .formatted(hits, misses, hits + misses, puts, removals, evictions, expirations);
  }
}
