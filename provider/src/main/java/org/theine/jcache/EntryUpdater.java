package org.theine.jcache;

import org.jspecify.annotations.Nullable;
import org.theine.jcache.event.Delivery;
import org.theine.jcache.management.CacheStatistics;
import org.theine.jcache.store.Entry;

/** Runs the operations that change one key. Safe for use by several threads. */
final class EntryUpdater<K, V> {
  private final CacheParts<K, V> parts;
  private final Commits<K, V> commits;

  EntryUpdater(CacheParts<K, V> parts, Commits<K, V> commits) {
    this.parts = parts;
    this.commits = commits;
  }

  /**
   * Every change of one key passes here: copy, lock, look, decide, write through, commit, tell,
   * unlock, count.
   */
  Outcome update(K key, @Nullable V value, @Nullable V expected, Operation operation) {
    Object stored = value == null ? null : parts.form.stored(value);
    boolean userCode =
        parts.hasUserCode
            || expected != null // equals of the user's values
            || operation.givesPrevious() && !parts.form.isIdentity();
    long started = parts.statistics.start();
    long hash = parts.store.hash(key);
    Outcome outcome = new Outcome();
    Delivery delivery = parts.begin(userCode);
    Throwable failure = null;
    try {
      Entry<K, Object> entry = parts.lock(key, hash, userCode);
      try {
        run(entry, key, value, stored, expected, operation, outcome);
      } finally {
        parts.exclusive.unlock(entry);
        record(operation, outcome, started);
      }
    } catch (Throwable e) {
      failure = e;
      throw e;
    } finally {
      delivery.end(failure);
    }
    return outcome;
  }

  private void run(
      Entry<K, Object> entry,
      K key,
      @Nullable V value,
      @Nullable Object stored,
      @Nullable V expected,
      Operation operation,
      Outcome outcome) {
    Object current = parts.exclusive.current(entry);
    outcome.previous = current;
    outcome.looked = true;
    if (operation.givesPrevious() && current != null) {
      outcome.given = parts.given(current); // may fail, so before anything is changed
    }
    if (!acts(operation, current, expected)) {
      if (expected != null && current != null) {
        commits.access(entry);
      }
    } else if (value != null && stored != null) {
      int weight = parts.weigh(key, value);
      long duration = commits.durationAfter(current);
      parts.writing.write(key, value);
      outcome.acted = commits.write(entry, current, stored, weight, duration);
    } else {
      parts.writing.delete(key);
      if (current != null) {
        commits.remove(entry, current);
        outcome.acted = true;
      }
    }
  }

  private boolean acts(Operation operation, @Nullable Object current, @Nullable V expected) {
    return switch (operation.when()) {
      case ALWAYS -> true;
      case ABSENT -> current == null;
      case PRESENT -> current != null;
      case EQUAL -> current != null && parts.given(current).equals(expected);
    };
  }

  /** Counts also what failed after it had looked. */
  private void record(Operation operation, Outcome outcome, long started) {
    CacheStatistics statistics = parts.statistics;
    if (!statistics.isEnabled() || !outcome.looked) {
      return;
    }
    if (operation.looksUp()) {
      boolean hit =
          operation.when() == Operation.When.ABSENT
              ? !outcome.acted && outcome.previous != null
              : outcome.previous != null;
      if (hit) {
        statistics.recordHits(1);
      } else {
        statistics.recordMisses(1);
      }
    }
    if (outcome.acted && operation.writes()) {
      statistics.recordPuts(1);
    } else if (outcome.acted) {
      statistics.recordRemovals(1);
    }
    if (started != 0) {
      recordTimes(operation, outcome, System.nanoTime() - started);
    }
  }

  private void recordTimes(Operation operation, Outcome outcome, long nanos) {
    if (outcome.acted && operation.writes()) {
      parts.statistics.recordPutTime(nanos);
    } else if (outcome.acted) {
      parts.statistics.recordRemoveTime(nanos);
    }
    if (operation.givesPrevious()) {
      parts.statistics.recordGetTime(nanos);
    }
  }
}
