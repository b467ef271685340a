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
  long loads;
  long loadFailures;

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

  /** Keys of a call of the loader that has returned. */
  void load(int keys, boolean answered) {
    if (enabled && answered) {
      loads += keys;
    } else if (enabled) {
      loadFailures += keys;
    }
  }

  void clear() {
    hits = misses = puts = removals = evictions = expirations = loads = loadFailures = 0;
  }

  @Override
  public String toString() {
    return ("hits %d, misses %d, gets %d, puts %d, removals %d, evictions %d, expirations %d,"
            + " loads %d, load failures %d")
        .formatted(
            hits,
            misses,
            hits + misses,
            puts,
            removals,
            evictions,
            expirations,
            loads,
            loadFailures);
  }
}
