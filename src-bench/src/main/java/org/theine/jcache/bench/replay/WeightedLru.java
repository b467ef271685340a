package org.theine.jcache.bench.replay;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a least recently used cache makes of requests with weights. Stateless. */
final class WeightedLru {

  private WeightedLru() {}

  /** Replays the workload at a bound of weight; an entry that is heavier is not kept. */
  static Measurement measure(Workload workload, long maximum) {
    Map<Long, Integer> entries = new LinkedHashMap<>(16, 0.75f, true);
    long live = 0;
    long hits = 0;
    long hitWeight = 0;
    for (int i = 0; i < workload.trace().length(); i++) {
      int weight = workload.weight(i);
      if (entries.get(workload.key(i)) != null) {
        hits++;
        hitWeight += weight;
      } else if (weight <= maximum) {
        entries.put(workload.key(i), weight);
        live += weight;
        live -= evicted(entries, live - maximum);
      }
    }
    double requests = Math.max(1, workload.trace().length());
    return Measurement.computed(hits / requests, hitWeight / Math.max(1.0, workload.totalWeight()));
  }

  /** Removes the oldest entries until so much is gone; returns how much went. */
  private static long evicted(Map<Long, Integer> entries, long wanted) {
    long gone = 0;
    Iterator<Integer> oldest = entries.values().iterator();
    while (gone < wanted) {
      gone += oldest.next();
      oldest.remove();
    }
    return gone;
  }
}
