package org.theine.jcache.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.integration.CompletionListener;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;
import org.jspecify.annotations.Nullable;

/** The steps of a simulation: operations of a cache with the arguments that the seed chooses. */
final class Operations {
  private static final String RESULT = "=";

  private Operations() {}

  /** What can be done; as often as the number says. */
  private enum Kind {
    GET(12),
    CONTAINS_KEY(3),
    GET_ALL(4),
    PUT(12),
    GET_AND_PUT(4),
    PUT_IF_ABSENT(4),
    PUT_ALL(4),
    REMOVE(4),
    REMOVE_EQUAL(4),
    GET_AND_REMOVE(4),
    REPLACE(4),
    REPLACE_EQUAL(4),
    GET_AND_REPLACE(4),
    REMOVE_ALL(1),
    REMOVE_KEYS(3),
    CLEAR(1),
    LOAD_ALL(4),
    INVOKE(8),
    INVOKE_ALL(3),
    ITERATE(5),
    LISTEN(1),
    FORGET(1),
    STATISTICS(1),
    MAXIMUM(3),
    EXPIRE_NOW(3),
    MUTATE(2),
    BAD_ARGUMENT(1),
    IS_CLOSED(1),
    // the last ones are never done inside a callback
    ADVANCE(8),
    TICK(4),
    TASK(7),
    BEHIND(2);

    private final int weight;

    Kind(int weight) {
      this.weight = weight;
    }
  }

  private static final Kind[] NESTED = deck(Kind.IS_CLOSED);
  private static final Kind[] ALL = deck(Kind.BEHIND);

  private static Kind[] deck(Kind last) {
    List<Kind> deck = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      for (int i = 0; i < kind.weight && kind.compareTo(last) <= 0; i++) {
        deck.add(kind);
      }
    }
    return deck.toArray(new Kind[0]);
  }

  /** Runs a step; closes the cache once in a long time. */
  static void step(World world) {
    if (world.choices.oneIn(2000)) {
      attempt(world, () -> close(world));
    } else {
      attempt(world, () -> run(world, ALL));
    }
  }

  /** Runs an operation inside a callback; what it threw, or null. */
  static @Nullable Throwable run(World world) {
    return attempt(world, () -> run(world, NESTED));
  }

  private static @Nullable Throwable attempt(World world, Runnable operation) {
    world.choices.enter();
    world.depth++;
    try {
      operation.run();
      return null;
    } catch (Throwable e) {
      world.record("!", Failures.describe(e));
      return e;
    } finally {
      world.depth--;
      world.choices.leave();
    }
  }

  /** Ends the cache; once it is closed only by itself, since the others then refuse. */
  static void close(World world) {
    int way = world.cache().isClosed() ? 0 : world.choices.below(4);
    world.record("close", Item.NO_KEY, way, Item.NONE, "");
    world.controls().end(way);
  }

  private static void run(World world, Kind[] deck) {
    Kind kind = deck[world.choices.below(deck.length)];
    Key key = key(world);
    world.lastKey = key;
    Cache<Key, Val> cache = world.cache();
    switch (kind) {
      case GET -> value(world, "get", key, () -> cache.get(key));
      case CONTAINS_KEY -> truth(world, "containsKey", key, null, () -> cache.containsKey(key));
      case GET_ALL -> getAll(world);
      case PUT -> put(world, key);
      case GET_AND_PUT -> {
        Val value = world.newValue();
        value(world, "getAndPut", key, value, () -> cache.getAndPut(key, value));
      }
      case PUT_IF_ABSENT -> {
        Val value = world.newValue();
        truth(world, "putIfAbsent", key, value, () -> cache.putIfAbsent(key, value));
      }
      case PUT_ALL -> putAll(world);
      case REMOVE -> truth(world, "remove", key, null, () -> cache.remove(key));
      case REMOVE_EQUAL -> {
        Val old = world.newValue();
        truth(world, "remove", key, old, () -> cache.remove(key, old));
      }
      case GET_AND_REMOVE -> value(world, "getAndRemove", key, () -> cache.getAndRemove(key));
      case REPLACE -> {
        Val value = world.newValue();
        truth(world, "replace", key, value, () -> cache.replace(key, value));
      }
      case REPLACE_EQUAL -> replaceEqual(world, key);
      case GET_AND_REPLACE -> {
        Val value = world.newValue();
        value(world, "getAndReplace", key, value, () -> cache.getAndReplace(key, value));
      }
      case REMOVE_ALL -> removeAll(world);
      case REMOVE_KEYS -> {
        Set<Key> keys = keys(world);
        nothing(world, "removeAll", keys.toString(), () -> cache.removeAll(keys));
      }
      case CLEAR -> nothing(world, "clear", "", cache::clear);
      case LOAD_ALL -> loadAll(world);
      case INVOKE -> {
        Processor processor = new Processor(world);
        value(world, "invoke", key, () -> cache.invoke(key, processor));
      }
      case INVOKE_ALL -> invokeAll(world);
      case ITERATE -> iterate(world);
      case LISTEN -> listen(world);
      case FORGET -> forget(world);
      case STATISTICS -> statistics(world);
      case MAXIMUM -> maximum(world);
      case EXPIRE_NOW -> nothing(world, "expireNow", "", world.controls()::expireNow);
      case MUTATE -> world.changeKept();
      case BAD_ARGUMENT -> BadArguments.pass(world, key);
      case IS_CLOSED -> truth(world, "isClosed", null, null, cache::isClosed);
      case ADVANCE -> world.advance();
      case TICK -> tick(world);
      case TASK -> world.runTask();
      case BEHIND -> behind(world, key);
    }
  }

  /** Often the key of the operation around this one. */
  private static Key key(World world) {
    return switch (world.choices.below(3)) {
      case 0 -> world.lastKey;
      case 1 -> world.settings.key(world.choices.below(4));
      default -> world.settings.key(world.choices.below(world.settings.keys()));
    };
  }

  // ---------------------------------------------------------------------------------------
  // recording

  private static void value(World world, String what, Key key, Supplier<@Nullable Val> call) {
    value(world, what, key, null, call);
  }

  private static void value(
      World world, String what, Key key, @Nullable Val argument, Supplier<@Nullable Val> call) {
    world.record(what, key, Val.code(argument), Item.NONE, "");
    Val result = world.keepIfAny(call.get());
    world.record(RESULT, key, Val.code(result), Item.NONE, result == null ? "null" : "");
  }

  private static void truth(
      World world, String what, @Nullable Key key, @Nullable Val argument, Supplier<Boolean> call) {
    world.record(what, key, Val.code(argument), Item.NONE, "");
    world.record(RESULT, call.get().toString());
  }

  static void nothing(World world, String what, String arguments, Runnable call) {
    world.record(what, arguments);
    call.run();
    world.record(RESULT, "done");
  }

  private static void map(World world, Map<Key, Val> result) {
    sorted(result)
        .forEach((key, value) -> world.record(RESULT, key, world.keep(value).code(), 0, ""));
    world.record(RESULT, result.size() + " keys");
  }

  private static <T> Map<Key, T> sorted(Map<Key, T> map) {
    Map<Key, T> sorted = new TreeMap<>(Comparator.comparing(Key::number));
    sorted.putAll(map);
    return sorted;
  }

  /** Some keys, none too, in an order of their own. */
  private static Set<Key> keys(World world) {
    int all = world.settings.keys();
    boolean many = world.settings.hasManyKeys() && world.depth == 1 && world.choices.oneIn(4);
    int number = world.choices.below(many ? all : 5);
    int key = key(world).number();
    int stride = world.choices.of(1, 3, 7, 9);
    Set<Key> keys = new LinkedHashSet<>();
    for (int i = 0; i < number; i++) {
      keys.add(world.settings.key((key + i * stride) % all));
    }
    return keys;
  }

  // --------------------------------------------------------------------------------------
  // operations

  private static void put(World world, Key key) {
    Val value = world.newValue();
    world.record("put", key, value.code(), Item.NONE, "");
    world.cache().put(key, value);
    world.record(RESULT, "done");
  }

  private static void replaceEqual(World world, Key key) {
    Val old = world.newValue();
    Val value = world.newValue();
    world.record("replace", key, old.code(), value.code(), "");
    world.record(RESULT, "" + world.cache().replace(key, old, value));
  }

  /** In what order a cache removes them, nobody says: mostly all are named. */
  private static void removeAll(World world) {
    if (world.settings.hasNaturalOrder()) {
      nothing(world, "removeAll", "", world.cache()::removeAll);
    } else {
      Set<Key> keys = new LinkedHashSet<>();
      for (int i = 0; i < world.settings.keys(); i++) {
        keys.add(world.settings.key(i));
      }
      nothing(world, "removeAll", "of all keys", () -> world.cache().removeAll(keys));
    }
  }

  private static void getAll(World world) {
    Set<Key> keys = keys(world);
    world.record("getAll", keys.toString());
    map(world, world.cache().getAll(keys));
  }

  private static void putAll(World world) {
    Map<Key, Val> map = new LinkedHashMap<>();
    keys(world).forEach(key -> map.put(key, world.newValue()));
    nothing(world, "putAll", map.toString(), () -> world.cache().putAll(map));
  }

  private static void loadAll(World world) {
    Set<Key> keys = keys(world);
    boolean replace = world.choices.oneIn(2);
    CompletionListener listener = world.choices.oneIn(5) ? null : new Completion(world);
    nothing(
        world,
        "loadAll",
        keys + (replace ? " replacing" : "") + (listener == null ? " unheard" : ""),
        () -> world.cache().loadAll(keys, replace, listener));
    keys.clear(); // the cache has its own copy
  }

  record Completion(World world) implements CompletionListener {
    @Override
    public void onCompletion() {
      world.call(Plug.COMPLETION, Item.NO_KEY, Item.NONE);
    }

    @Override
    public void onException(Exception e) {
      world.call(Plug.EXCEPTION, Item.NO_KEY, Item.NONE, Item.NONE, Failures.describe(e));
    }
  }

  private static void invokeAll(World world) {
    Set<Key> keys = keys(world);
    world.record("invokeAll", keys.toString());
    Map<Key, EntryProcessorResult<Val>> results =
        world.cache().invokeAll(keys, new Processor(world));
    sorted(results)
        .forEach(
            (key, result) -> {
              try {
                world.record(RESULT, key, world.keep(result.get()).code(), Item.NONE, "");
              } catch (EntryProcessorException e) {
                world.record(RESULT, key, Item.NONE, Item.NONE, Failures.describe(e));
              }
            });
    world.record(RESULT, results.size() + " keys");
  }

  private static void iterate(World world) {
    Iterator<Cache.Entry<Key, Val>> iterator = world.depth > 1 ? null : world.iterator;
    if (iterator == null || world.choices.oneIn(3)) {
      world.record("iterator", "");
      iterator = world.controls().iterator();
      if (world.depth == 1) {
        world.iterator = iterator;
      }
    }
    for (int moves = world.choices.below(8); moves >= 0; moves--) {
      move(world, iterator, world.choices.below(6));
    }
  }

  private static void move(World world, Iterator<Cache.Entry<Key, Val>> iterator, int kind) {
    if (kind == 0) {
      nothing(world, "iterator.remove", "", iterator::remove);
    } else if (kind < 3) {
      truth(world, "hasNext", null, null, iterator::hasNext);
    } else {
      world.record("next", "");
      Cache.Entry<Key, Val> entry = iterator.next();
      world.record(RESULT, entry.getKey(), world.keep(entry.getValue()).code(), Item.NONE, "");
    }
  }

  private static void listen(World world) {
    int number = world.choices.below(world.plugIns.listeners.size());
    nothing(
        world,
        "registerCacheEntryListener",
        "" + number,
        () -> world.cache().registerCacheEntryListener(world.plugIns.listeners.get(number)));
  }

  private static void forget(World world) {
    int number = world.choices.below(world.plugIns.listeners.size());
    nothing(
        world,
        "deregisterCacheEntryListener",
        "" + number,
        () -> world.cache().deregisterCacheEntryListener(world.plugIns.listeners.get(number)));
  }

  @SuppressWarnings("unchecked")
  private static void statistics(World world) {
    switch (world.choices.below(4)) {
      case 0 -> nothing(world, "clear statistics", "", world.controls()::clearStatistics);
      case 1 -> {
        int listening = 0;
        for (Object each :
            world
                .cache()
                .getConfiguration(CompleteConfiguration.class)
                .getCacheEntryListenerConfigurations()) {
          listening += each == null ? 0 : 1;
        }
        world.record("listeners configured", Item.NO_KEY, listening, Item.NONE, "");
      }
      default -> {
        boolean enabled = !world.choices.oneIn(3);
        nothing(
            world,
            "enableStatistics",
            "" + enabled,
            () -> world.controls().enableStatistics(enabled));
      }
    }
  }

  private static void maximum(World world) {
    long maximum =
        world.settings.hasManyKeys()
            ? world.choices.of(1L, 30L, 100L, 150L, 300L, 500L)
            : world.choices.of(1L, 2L, 4L, 7L, 30L);
    nothing(world, "setMaximum", "" + maximum, () -> world.controls().setMaximum(maximum));
  }

  private static void tick(World world) {
    world.ticking = true;
    try {
      nothing(world, "tick", "", world.controls()::tick);
    } finally {
      world.ticking = false;
    }
  }

  /** The store behind the cache is changed past it. */
  private static void behind(World world, Key key) {
    Val value = world.choices.oneIn(3) ? null : world.newValue();
    world.record("behind", key, Val.code(value), Item.NONE, "");
    if (value == null) {
      world.behind.remove(key);
    } else {
      world.behind.put(key, value.copy(null));
    }
  }
}
