package org.theine.jcache.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.cache.expiry.Duration;
import org.theine.jcache.EvictionEvents;

/**
 * What the cache of an episode is like. Immutable.
 *
 * @param form how values are kept
 * @param typed whether key and value types are configured
 * @param expiry the kind of expiry policy
 * @param duration of the policies of JCache
 * @param loader whether there is one
 * @param readThrough whether a miss loads
 * @param writeThrough whether there is a writer
 * @param maximumSize 0: none
 * @param maximumWeight 0: none
 * @param shards 1 or 4
 * @param hashSeed of the cache
 * @param evictionEvents who is told of evictions
 * @param statistics whether they are enabled at first
 * @param listeners those that can be registered
 * @param registered how many of them are from the start
 * @param mischief of 1024 callbacks so many do what they should not
 * @param keys how many there are: more than fit, or than a sweep lets go under one lock
 * @param hashing what their hashes are like
 */
record Settings(
    Form form,
    boolean typed,
    Expiry expiry,
    Duration duration,
    boolean loader,
    boolean readThrough,
    boolean writeThrough,
    long maximumSize,
    long maximumWeight,
    int shards,
    long hashSeed,
    EvictionEvents evictionEvents,
    boolean statistics,
    List<Listening> listeners,
    int registered,
    int mischief,
    int keys,
    Hashing hashing) {
  static final String CACHE = "simulated";

  enum Form {
    REFERENCE,
    IMMUTABLE,
    COPIED,
    SERIALIZED,
    JAVA
  }

  /** The hashes of keys, and whether keys have an order. */
  enum Hashing {
    SPREAD,
    COLLIDING,
    COLLIDING_ORDERED
  }

  enum Expiry {
    ETERNAL,
    CREATED,
    MODIFIED,
    ACCESSED,
    TOUCHED,
    CUSTOM
  }

  /**
   * How a listener listens.
   *
   * @param hears the events that it is told of
   */
  record Listening(Hears hears, boolean synchronous, boolean oldValue, boolean filtered) {
    @Override
    public String toString() {
      return (synchronous ? "synchronous " : "asynchronous ")
          + hears
          + (oldValue ? " with old value" : "")
          + (filtered ? ", filtered" : "");
    }
  }

  enum Hears {
    ALL,
    ALL_AND_EVICTIONS,
    EVICTIONS,
    CREATIONS,
    UPDATES,
    ENDS
  }

  /** What may turn out not to matter for a failure. */
  enum Part {
    FORM,
    TYPES,
    EXPIRY,
    READ_THROUGH,
    LOADER,
    WRITER,
    BOUND,
    SHARDS,
    EVICTION_EVENTS,
    STATISTICS,
    LISTENERS,
    HASHING
  }

  private static final int FEW_KEYS = 10;

  /** Of a maximum. */
  private static final int MANY = 100;

  private static final int MANY_KEYS = 200;

  /** A shard lets go 256 entries under one lock. */
  private static final int MORE_THAN_A_SWEEP = 600;

  private static final int KEYS_OF_A_HASH = 12;

  private static final long[] MILLIS = {0, 1, 250, 1_000, 5_000, 15_000, 60_000, 3_600_000};

  /** What a seed gives, without some parts of it. */
  static Settings of(long seed, Set<Part> without) {
    Choices choices = new Choices();
    choices.reset(seed);
    boolean bounded = !without.contains(Part.BOUND);
    boolean weighted = choices.oneIn(4) && bounded;
    boolean sized = choices.oneIn(3) && bounded && !weighted;
    boolean loader = !choices.oneIn(3) && !without.contains(Part.LOADER);
    long maximumSize = choices.of(1L, 2L, 5L, 100L) * (sized ? 1 : 0);
    long maximumWeight = choices.of(1L, 3L, 8L, 300L) * (weighted ? 1 : 0);
    return new Settings(
        or(without, Part.FORM, Form.REFERENCE, form(choices)),
        choices.oneIn(2) && !without.contains(Part.TYPES),
        or(
            without,
            Part.EXPIRY,
            Expiry.ETERNAL,
            choices.oneIn(3) ? Expiry.CUSTOM : choices.of(Expiry.values())),
        duration(choices),
        loader,
        !choices.oneIn(3) && loader && !without.contains(Part.READ_THROUGH),
        choices.oneIn(2) && !without.contains(Part.WRITER),
        maximumSize,
        maximumWeight,
        or(without, Part.SHARDS, 1, choices.of(1, 1, 4)),
        choices.next(),
        or(
            without,
            Part.EVICTION_EVENTS,
            EvictionEvents.REMOVED,
            choices.of(EvictionEvents.REMOVED, EvictionEvents.EVICTED_ONLY, EvictionEvents.NONE)),
        !choices.oneIn(4) && !without.contains(Part.STATISTICS),
        List.of(listening(choices), listening(choices), listening(choices), listening(choices)),
        or(without, Part.LISTENERS, 0, choices.oneIn(4) ? 0 : choices.below(4)),
        choices.of(0, 10, 40, 150, 300),
        Math.max(maximumSize, maximumWeight) >= MANY
            ? MANY_KEYS
            : choices.oneIn(20) && !sized && !weighted ? MORE_THAN_A_SWEEP : FEW_KEYS,
        or(
            without,
            Part.HASHING,
            Hashing.SPREAD,
            choices.of(
                Hashing.SPREAD, Hashing.SPREAD, Hashing.COLLIDING, Hashing.COLLIDING_ORDERED)));
  }

  /** The key of a number. */
  Key key(int number) {
    int hash = number == 1 ? 1 : number / KEYS_OF_A_HASH;
    return switch (hashing) {
      case SPREAD -> new Key.Plain(number, number);
      case COLLIDING -> new Key.Plain(number, hash);
      case COLLIDING_ORDERED -> new Key.Ordered(number, hash);
    };
  }

  boolean hasManyKeys() {
    return keys > FEW_KEYS;
  }

  /** Whether keys that the cache collects come in the order of their numbers. */
  boolean hasNaturalOrder() {
    return !hasManyKeys() && hashing == Hashing.SPREAD;
  }

  private static <T> T or(Set<Part> without, Part part, T plain, T chosen) {
    return without.contains(part) ? plain : chosen;
  }

  private static Form form(Choices choices) {
    return switch (choices.below(10)) {
      case 0, 1, 2 -> Form.REFERENCE;
      case 3 -> Form.IMMUTABLE;
      case 4, 5, 6 -> Form.COPIED;
      case 7, 8 -> Form.SERIALIZED;
      default -> Form.JAVA;
    };
  }

  private static Listening listening(Choices choices) {
    return new Listening(
        choices.of(
            Hears.ALL,
            Hears.ALL,
            Hears.ALL_AND_EVICTIONS,
            Hears.EVICTIONS,
            Hears.CREATIONS,
            Hears.UPDATES,
            Hears.ENDS),
        choices.below(3) > 0,
        choices.below(3) > 0,
        choices.oneIn(3));
  }

  static Duration duration(Choices choices) {
    int kind = choices.below(12);
    if (kind < MILLIS.length) {
      return new Duration(TimeUnit.MILLISECONDS, MILLIS[kind]);
    }
    return switch (kind) {
      case 8 -> new Duration(TimeUnit.DAYS, 60);
      case 9 -> new Duration(TimeUnit.DAYS, Long.MAX_VALUE);
      default -> Duration.ETERNAL;
    };
  }

  static String show(Duration duration) {
    return duration.isEternal()
        ? "eternal"
        : duration.getTimeUnit().toMillis(duration.getDurationAmount()) + " ms";
  }

  /** A weight: values of id 1 have none, those of id 4 are too heavy for most caches. */
  static int weight(Val value) {
    return switch (value.id) {
      case 1 -> 0;
      case 2 -> 2;
      case 3 -> 3;
      case 4 -> 20;
      default -> 1;
    };
  }

  /** What differs from a plain cache. */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    parts.add("values " + form);
    parts.add(expiry + (isEternal() ? "" : " " + show(duration)));
    parts.add(loader ? readThrough ? "read-through" : "loader" : "no loader");
    parts.add(writeThrough ? "writer" : "no writer");
    parts.add(
        maximumSize > 0
            ? "maximum " + maximumSize
            : maximumWeight > 0 ? "maximum weight " + maximumWeight : "no bound");
    parts.add(keys + " keys, hashes " + hashing);
    parts.add(shards + " shards, hash seed " + hashSeed);
    parts.add("evictions told as " + evictionEvents);
    parts.add("statistics " + (statistics ? "on" : "off"));
    for (int i = 0; i < listeners.size(); i++) {
      parts.add((i < registered ? "" : "unregistered ") + i + ": " + listeners.get(i));
    }
    return String.join(", ", parts);
  }

  private boolean isEternal() {
    return expiry == Expiry.ETERNAL || expiry == Expiry.CUSTOM;
  }
}
