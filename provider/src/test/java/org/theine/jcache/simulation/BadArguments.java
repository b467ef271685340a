package org.theine.jcache.simulation;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import javax.cache.Cache;

/** The steps of a simulation that a cache refuses: null where it must not be, wrong types. */
final class BadArguments {
  private BadArguments() {}

  @SuppressWarnings({"unchecked", "rawtypes", "NullAway"})
  static void pass(World world, Key key) {
    Cache<Object, Object> cache = (Cache) world.cache();
    Val value = world.newValue();
    Map<Object, Object> map = new LinkedHashMap<>();
    map.put(key, null);
    Set<Object> keys = new LinkedHashSet<>();
    keys.add(key);
    keys.add(null);
    boolean typed = world.settings.typed() && !world.cache().isClosed();
    int kind = world.choices.below(typed ? 14 : 12);
    Operations.nothing(
        world,
        "bad argument",
        "" + kind,
        () -> {
          switch (kind) {
            case 0 -> cache.get(null);
            case 1 -> cache.put(null, value);
            case 2 -> cache.put(key, null);
            case 3 -> cache.putIfAbsent(key, null);
            case 4 -> cache.replace(key, null, value);
            case 5 -> cache.invoke(key, null);
            case 6 -> cache.getAll(keys);
            case 7 -> cache.putAll(map);
            case 8 -> cache.remove(null);
            case 9 -> cache.loadAll(keys, true, new Operations.Completion(world));
            case 10 -> cache.invokeAll(keys, (entry, arguments) -> null);
            case 11 -> cache.removeAll(keys);
            default -> refused(world, () -> cache.put(kind == 12 ? "a" : key, kind));
          }
        });
  }

  /** In what words, the model cannot say. */
  private static void refused(World world, Runnable call) {
    try {
      call.run();
    } catch (ClassCastException e) {
      world.record("ClassCastException", "");
    }
  }
}
