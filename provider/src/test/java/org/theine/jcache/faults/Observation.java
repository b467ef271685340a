package org.theine.jcache.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What can be seen of a world at rest.
 *
 * @param counts puts, removals, evictions
 */
record Observation(
    Map<Integer, String> content,
    Map<Integer, String> written,
    Map<Integer, List<String>> heard,
    long[] counts) {
  static Observation of(World world) {
    Map<Integer, List<String>> heard = new TreeMap<>();
    world.heard.forEach((id, events) -> heard.put(id, new ArrayList<>(events)));
    return new Observation(world.content(), new TreeMap<>(world.written), heard, world.counts());
  }

  @Nullable String value(int id) {
    return content.get(id);
  }

  @Nullable String written(int id) {
    return written.get(id);
  }

  List<String> heard(int id) {
    return heard.getOrDefault(id, List.of());
  }

  /** Events of a key since an earlier observation of the same world. */
  List<String> heardSince(Observation earlier, int id) {
    return heard(id).subList(earlier.heard(id).size(), heard(id).size());
  }

  long countedSince(Observation earlier, int counter) {
    return counts[counter] - earlier.counts[counter];
  }
}
