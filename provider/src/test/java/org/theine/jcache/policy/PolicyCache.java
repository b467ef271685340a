package org.theine.jcache.policy;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A cache of keys on one thread: as little around a {@link WindowTinyLfu} as hit ratios need. Not
 * thread-safe.
 */
final class PolicyCache {

  private final Map<Long, Integer> slots = new HashMap<>();
  private final long[] keys;
  private final int[] free;
  private final int capacity;
  private final WindowTinyLfu policy;

  /** A cache that keeps the setting with which a policy begins. */
  PolicyCache(int capacity, long seed) {
    this(capacity, seed, (Adviser) null);
  }

  /** A cache that keeps this setting. */
  PolicyCache(int capacity, long seed, Advice setting) {
    this(capacity, seed);
    policy.follow(setting);
  }

  /** A cache that follows an adviser of its own. */
  static PolicyCache advised(int capacity, long seed) {
    return new PolicyCache(capacity, seed, new Adviser(capacity, false, 1, seed));
  }

  private PolicyCache(int capacity, long seed, @Nullable Adviser adviser) {
    this.capacity = capacity;
    keys = new long[capacity + 1];
    free = new int[capacity + 1];
    for (int i = 0; i <= capacity; i++) {
      free[i] = capacity - i;
    }
    policy = new WindowTinyLfu(capacity, false, slot -> hash(keys[slot]), seed, adviser);
  }

  /** Looks the key up and stores it after a miss; true for a hit. */
  boolean access(long key) {
    Integer known = slots.get(key);
    if (known != null) {
      policy.hit(known, hash(key));
      return true;
    }
    int slot = free[capacity - slots.size()];
    keys[slot] = key;
    slots.put(key, slot);
    policy.insert(slot, 1);
    if (slots.size() > capacity) {
      int victim = policy.victim();
      policy.remove(victim);
      slots.remove(keys[victim]);
      free[capacity - slots.size()] = victim;
    }
    return false;
  }

  /** Returns the share of hits in percent. */
  double hitRatio(long[] trace) {
    int hits = 0;
    for (long key : trace) {
      hits += access(key) ? 1 : 0;
    }
    return 100.0 * hits / trace.length;
  }

  boolean contains(long key) {
    return slots.containsKey(key);
  }

  void audit() {
    boolean[] used = new boolean[capacity + 1];
    slots.values().forEach(slot -> used[slot] = true);
    policy.audit(slot -> slot <= capacity && used[slot]);
  }

  /** Keys that are equal modulo this have equal hashes. */
  static final long HASHES = 1L << 40;

  static long hash(long key) {
    long z = (key % HASHES + 1) * 0x9e3779b97f4a7c15L;
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }
}
