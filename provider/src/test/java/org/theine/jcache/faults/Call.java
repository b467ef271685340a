package org.theine.jcache.faults;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.cache.Cache;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorResult;
import javax.cache.processor.MutableEntry;
import org.jspecify.annotations.Nullable;

/** An operation of a cache, on the keys A and B. */
enum Call {
  GET(false, (world, told) -> world.cache.get(world.a())),
  GET_ALL(true, (world, told) -> world.cache.getAll(world.both())),
  CONTAINS_KEY(false, (world, told) -> world.cache.containsKey(world.a())),
  PUT(false, (world, told) -> put(world)),
  GET_AND_PUT(false, (world, told) -> world.cache.getAndPut(world.a(), world.value("new 1"))),
  PUT_IF_ABSENT(false, (world, told) -> world.cache.putIfAbsent(world.a(), world.value("new 1"))),
  REPLACE(false, (world, told) -> world.cache.replace(world.a(), world.value("new 1"))),
  REPLACE_EQUAL(false, (world, told) -> replace(world, "old 1")),
  REPLACE_UNEQUAL(false, (world, told) -> replace(world, "never")),
  GET_AND_REPLACE(
      false, (world, told) -> world.cache.getAndReplace(world.a(), world.value("new 1"))),
  REMOVE(false, (world, told) -> world.cache.remove(world.a())),
  REMOVE_EQUAL(false, (world, told) -> world.cache.remove(world.a(), world.value("old 1"))),
  REMOVE_UNEQUAL(false, (world, told) -> world.cache.remove(world.a(), world.value("never"))),
  GET_AND_REMOVE(false, (world, told) -> world.cache.getAndRemove(world.a())),
  PUT_ALL(true, (world, told) -> putAll(world)),
  REMOVE_SOME(true, (world, told) -> removeSome(world)),
  REMOVE_ALL(true, (world, told) -> removeAll(world)),
  CLEAR(true, (world, told) -> clear(world)),
  LOAD_MISSING(true, (world, told) -> loadAll(world, false, told)),
  LOAD_ANEW(true, (world, told) -> loadAll(world, true, told)),
  INVOKE_NOTHING(false, (world, told) -> invoke(world, Act.NOTHING)),
  INVOKE_GET(false, (world, told) -> invoke(world, Act.GET)),
  INVOKE_SET(false, (world, told) -> invoke(world, Act.SET)),
  INVOKE_GET_AND_SET(false, (world, told) -> invoke(world, Act.GET_AND_SET)),
  INVOKE_REMOVE(false, (world, told) -> invoke(world, Act.REMOVE)),
  INVOKE_ALL_GET(true, (world, told) -> invokeAll(world, Act.GET)),
  INVOKE_ALL_SET(true, (world, told) -> invokeAll(world, Act.SET)),
  INVOKE_ALL_REMOVE(true, (world, told) -> invokeAll(world, Act.REMOVE)),
  ITERATE(true, (world, told) -> iterate(world, false)),
  ITERATOR_REMOVE(true, (world, told) -> iterate(world, true)),
  EXPIRE_NOW(true, (world, told) -> expireNow(world)),
  SHRINK(true, (world, told) -> shrink(world));

  /** Works on keys that it is not given one by one, or on several. */
  final boolean isBulk;

  private final Body body;

  Call(boolean isBulk, Body body) {
    this.isBulk = isBulk;
    this.body = body;
  }

  private interface Body {
    @Nullable Object run(World world, List<Object> told);
  }

  /**
   * Runs it.
   *
   * @param told where the completion listener of a load writes down what it is told
   */
  @Nullable Object run(World world, List<Object> told) {
    return body.run(world, told);
  }

  boolean isAsynchronous() {
    return this == LOAD_MISSING || this == LOAD_ANEW;
  }

  /** Brings values in that nobody has put. */
  boolean readsThrough() {
    return isAsynchronous()
        || this == GET
        || this == GET_ALL
        || this == INVOKE_GET
        || this == INVOKE_ALL_GET;
  }

  boolean invokesAll() {
    return this == INVOKE_ALL_GET || this == INVOKE_ALL_SET || this == INVOKE_ALL_REMOVE;
  }

  /** Whether the operation can be done in such a cache. */
  boolean isPossible(Profile profile) {
    return this != SHRINK || profile.has(Profile.Trait.BOUND) || profile.has(Profile.Trait.WEIGHER);
  }

  private static @Nullable Object put(World world) {
    world.cache.put(world.a(), world.value("new 1"));
    return null;
  }

  private static boolean replace(World world, String expected) {
    return world.cache.replace(world.a(), world.value(expected), world.value("new 1"));
  }

  private static @Nullable Object putAll(World world) {
    world.cache.putAll(world.newMappings());
    return null;
  }

  private static @Nullable Object removeSome(World world) {
    world.cache.removeAll(world.both());
    return null;
  }

  private static @Nullable Object removeAll(World world) {
    world.cache.removeAll();
    return null;
  }

  private static @Nullable Object clear(World world) {
    world.cache.clear();
    return null;
  }

  private static @Nullable Object loadAll(World world, boolean replace, List<Object> told) {
    world.cache.loadAll(world.both(), replace, new PlugIns.Completion(world.trap, told));
    return null;
  }

  private static @Nullable Object expireNow(World world) {
    world.cache.expireNow();
    return null;
  }

  private static @Nullable Object shrink(World world) {
    world.cache.setMaximum(2);
    return null;
  }

  private static Object iterate(World world, boolean removes) {
    Map<String, String> seen = new TreeMap<>();
    for (Iterator<Cache.Entry<Key, Value>> entries = world.cache.iterator(); entries.hasNext(); ) {
      Cache.Entry<Key, Value> entry = entries.next();
      seen.put(entry.getKey().toString(), entry.getValue().text);
      if (removes && entry.getKey().id == World.A) {
        entries.remove();
      }
    }
    return seen;
  }

  private enum Act {
    NOTHING,
    GET,
    SET,
    GET_AND_SET,
    REMOVE
  }

  private static @Nullable Object invoke(World world, Act act) {
    return world.cache.invoke(world.a(), processor(world, act));
  }

  private static Object invokeAll(World world, Act act) {
    Map<Key, EntryProcessorResult<String>> results =
        world.cache.invokeAll(world.both(), processor(world, act));
    return Trap.lookingOn(() -> new LinkedHashMap<>(results));
  }

  /** Fails, if it shall, before or after it has done what it does. */
  private static EntryProcessor<Key, Value, String> processor(World world, Act act) {
    return (entry, arguments) -> {
      String result = world.trap.during(Callback.PROCESSOR, () -> process(world, entry, act));
      world.trap.visit(Callback.PROCESSOR);
      return result;
    };
  }

  private static String process(World world, MutableEntry<Key, Value> entry, Act act) {
    Value value = act == Act.GET || act == Act.GET_AND_SET ? entry.getValue() : null;
    if (act == Act.SET || act == Act.GET_AND_SET) {
      entry.setValue(world.value("new " + entry.getKey().id));
    } else if (act == Act.REMOVE) {
      entry.remove();
    }
    return String.valueOf(value);
  }
}
