package org.theine.jcache;

import org.jspecify.annotations.Nullable;
import org.theine.jcache.event.Delivery;
import org.theine.jcache.management.CacheStatistics;
import org.theine.jcache.store.Entry;

/** Runs the operations that change one key. Safe for use by several threads. */
final class EntryUpdater<K, V> {
  /** What an operation has seen before it looks. */
  private static final Object UNSEEN = new Object();

  private final CacheParts<K, V> parts;
  private final Commits<K, V> commits;

  EntryUpdater(CacheParts<K, V> parts, Commits<K, V> commits) {
    this.parts = parts;
    this.commits = commits;
  }

  /**
   * Every change of one key passes here: copy, lock, look, decide, write through, commit, tell,
   * unlock, count.
   *
   * @return what the operation gives: the value before, which may be null, or whether it has acted
   */
  @Nullable Object update(K key, @Nullable V value, @Nullable V expected, Operation operation) {
    Object stored = value == null ? null : parts.form.stored(value);
    boolean userCode =
        parts.hasUserCode
            || expected != null // equals of the user's values
            || operation.givesPrevious() && !parts.form.isIdentity();
    long started = parts.statistics.start();
    int hash = parts.store.hash(key);
    Delivery delivery = parts.begin(userCode);
    Throwable failure = null;
    try {
      Entry<K, Object> found = parts.exclusive.find(key, hash);
      if (found == null && !userCode && operation.adds() && commits.add(key, hash, stored)) {
        record(operation, false, true, started);
        return operation.givesPrevious() ? null : (Boolean) true;
      }
      Entry<K, Object> entry = parts.lock(found, key, hash, userCode);
      Object previous = UNSEEN;
      boolean acted = false;
      try {
        previous = parts.exclusive.current(entry);
        // Giving may fail, so before anything is changed.
        V given = operation.givesPrevious() && previous != null ? parts.given(previous) : null;
        acted = run(entry, key, value, stored, expected, operation, previous);
        return operation.givesPrevious() ? given : (Boolean) acted;
      } finally {
        parts.exclusive.unlock(entry);
        if (previous != UNSEEN) {
          record(operation, previous != null, acted, started);
        }
      }
    } catch (Throwable e) {
      failure = e;
      throw e;
    } finally {
      delivery.end(failure);
    }
  }

  /** Whether the operation has acted. */
  private boolean run(
      Entry<K, Object> entry,
      K key,
      @Nullable V value,
      @Nullable Object stored,
      @Nullable V expected,
      Operation operation,
      @Nullable Object current) {
    if (!acts(operation, current, expected)) {
      if (expected != null && current != null) {
        commits.access(entry);
      }
      return false;
    }
    if (value != null && stored != null) {
      int weight = parts.weigh(key, value);
      long duration = commits.durationAfter(current);
      parts.writing.write(key, value);
      return commits.write(entry, current, stored, weight, duration);
    }
    parts.writing.delete(key);
    if (current == null) {
      return false;
    }
    commits.remove(entry, current);
    return true;
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
  private void record(Operation operation, boolean present, boolean acted, long started) {
    CacheStatistics statistics = parts.statistics;
    if (!statistics.isEnabled()) {
      return;
    }
    if (operation.looksUp()) {
      if (operation.when() == Operation.When.ABSENT ? present && !acted : present) {
        statistics.recordHits(1);
      } else {
        statistics.recordMisses(1);
      }
    }
    if (acted && operation.writes()) {
      statistics.recordPuts(1);
    } else if (acted) {
      statistics.recordRemovals(1);
    }
    if (started != 0) {
      recordTimes(operation, acted, System.nanoTime() - started);
    }
  }

  private void recordTimes(Operation operation, boolean acted, long nanos) {
    if (acted && operation.writes()) {
      parts.statistics.recordPutTime(nanos);
    } else if (acted) {
      parts.statistics.recordRemoveTime(nanos);
    }
    if (operation.givesPrevious()) {
      parts.statistics.recordGetTime(nanos);
    }
  }
}
