package org.theine.jcache.policy;

import java.util.Arrays;

/**
 * Small caches of hashes that see the same requests, each with a setting of the policy of its own:
 * they tell how many hits there would be with it. Not thread-safe.
 */
final class Miniatures {
  /** A miniature needs some slots for its queues to be there at all. */
  private static final int MINIMUM_CAPACITY = 4;

  private final Advice[] settings;
  private final long seed;

  /**
   * None until they are first needed: most caches are small or idle, and there may be thousands.
   */
  private WindowTinyLfu[] miniatures = {};

  private final HashIndex index = new HashIndex();

  /** By miniature, since they were last taken. */
  private final int[] hits;

  private int capacity = MINIMUM_CAPACITY;

  /** Makes an empty miniature for each of the settings. */
  Miniatures(Advice[] settings, long seed) {
    this.settings = settings;
    this.seed = seed;
    hits = new int[settings.length];
  }

  private void make() {
    miniatures = new WindowTinyLfu[settings.length];
    for (int i = 0; i < miniatures.length; i++) {
      miniatures[i] = new WindowTinyLfu(capacity, false, index::hash, seed + i);
      miniatures[i].follow(settings[i]);
    }
  }

  int count() {
    return settings.length;
  }

  Advice setting(int number) {
    return settings[number];
  }

  /** The number of hashes that each of them may hold. */
  int capacity() {
    return capacity;
  }

  /** Changes the number of hashes that each of them may hold. */
  void capacity(long newCapacity) {
    capacity = (int) Math.max(MINIMUM_CAPACITY, newCapacity);
    for (WindowTinyLfu miniature : miniatures) {
      miniature.capacity(capacity);
      evict(miniature);
    }
  }

  /** Somebody asks for a hash, and puts it if it is not there. */
  void request(long hash) {
    if (miniatures.length == 0) {
      make();
    }
    int number = index.number(hash);
    boolean everywhere = index.holders(number) == miniatures.length;
    for (int i = 0; i < miniatures.length; i++) {
      WindowTinyLfu miniature = miniatures[i];
      if (everywhere || miniature.isLinked(number)) {
        miniature.hit(number, hash);
        hits[i]++;
      } else {
        index.hold(number);
        miniature.insert(number, 1);
        evict(miniature);
      }
    }
  }

  private void evict(WindowTinyLfu miniature) {
    while (miniature.weight() > capacity) {
      int victim = miniature.victim();
      miniature.remove(victim);
      index.letGo(victim);
    }
  }

  /** Returns how many hits each of them had since this was last called. */
  int[] takeHits() {
    int[] taken = hits.clone();
    Arrays.fill(hits, 0);
    return taken;
  }

  /** Forgets everything and gives the memory back. */
  void clear() {
    miniatures = new WindowTinyLfu[0];
    index.clear();
  }

  /** Checks the miniatures, and that the index has what they hold and nothing else. */
  void audit() {
    int[] holders = new int[index.limit()];
    for (WindowTinyLfu miniature : miniatures) {
      miniature.audit(
          number -> {
            boolean linked = miniature.isLinked(number);
            if (linked) {
              holders[number]++;
            }
            return linked;
          });
    }
    index.audit(holders);
  }
}
