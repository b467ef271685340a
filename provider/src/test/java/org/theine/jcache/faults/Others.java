package org.theine.jcache.faults;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Operations on other keys of the same shard, also new ones that evict. */
record Others(World world) implements Runnable {
  private static final int KEYS = 8;

  @Override
  public void run() {
    for (int i = 0; i < KEYS; i++) {
      Key key = world.key(World.OTHERS + i);
      world.cache.put(key, world.value("other"));
      world.cache.get(key);
      world.cache.containsKey(key);
      world.cache.replace(key, world.value("other"), world.value("another"));
      world.cache.invoke(
          key,
          (entry, arguments) -> {
            entry.setValue(world.value("processed"));
            return null;
          });
    }
    Set<Key> some = Set.of(world.key(World.OTHERS), world.key(World.OTHERS + 1));
    world.cache.getAll(some);
    Map<Key, Value> mappings = new LinkedHashMap<>();
    some.forEach(key -> mappings.put(key, world.value("put with others")));
    world.cache.putAll(mappings);
    world.cache.containsKey(world.key(World.APART));
    world.cache.iterator().next();
    world.cache.removeAll(some);
    for (int i = 0; i < KEYS; i++) {
      world.cache.remove(world.key(World.OTHERS + i));
    }
  }
}
