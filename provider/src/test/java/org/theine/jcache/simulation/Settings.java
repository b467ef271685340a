package org.theine.jcache.simulation;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.cache.expiry.Duration;
import org.jspecify.annotations.Nullable;
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
 * @param evictionEvents who is told of evictions; null: not configured
 * @param statistics whether they are enabled at first
 * @param listeners those that can be registered
 * @param registered how many of them are from the start
 * @param mischief of 1024 callbacks so many do what they should not
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
    @Nullable EvictionEvents evictionEvents,
    boolean statistics,
    List<Listening> listeners,
    int registered,
    int mischief) {
  static final String CACHE = "simulated";

  enum Form {
    REFERENCE,
    IMMUTABLE,
    COPIED,
    SERIALIZED,
    JAVA
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
  record Listening(Hears hears, boolean synchronous, boolean oldValue, boolean filtered) {}

  enum Hears {
    ALL,
    ALL_AND_EVICTIONS,
    EVICTIONS,
    CREATIONS,
    UPDATES,
    ENDS
  }

  /** What may turn out not to matter for a failure. */
  static final List<UnaryOperator<Settings>> SIMPLIFICATIONS =
      List.of(
          settings ->
              new Settings(
                  Form.REFERENCE,
                  settings.typed,
                  settings.expiry,
                  settings.duration,
                  settings.loader,
                  settings.readThrough,
                  settings.writeThrough,
                  settings.maximumSize,
                  settings.maximumWeight,
                  settings.shards,
                  settings.hashSeed,
                  settings.evictionEvents,
                  settings.statistics,
                  settings.listeners,
                  settings.registered,
                  settings.mischief),
          settings ->
              new Settings(
                  settings.form,
                  false,
                  settings.expiry,
                  settings.duration,
                  settings.loader,
                  settings.readThrough,
                  settings.writeThrough,
                  settings.maximumSize,
                  settings.maximumWeight,
                  settings.shards,
                  settings.hashSeed,
                  settings.evictionEvents,
                  settings.statistics,
                  settings.listeners,
                  settings.registered,
                  settings.mischief),
          settings ->
              new Settings(
                  settings.form,
                  settings.typed,
                  Expiry.ETERNAL,
                  settings.duration,
                  settings.loader,
                  settings.readThrough,
                  settings.writeThrough,
                  settings.maximumSize,
                  settings.maximumWeight,
                  settings.shards,
                  settings.hashSeed,
                  settings.evictionEvents,
                  settings.statistics,
                  settings.listeners,
                  settings.registered,
                  settings.mischief),
          settings ->
              new Settings(
                  settings.form,
                  settings.typed,
                  settings.expiry,
                  settings.duration,
                  settings.loader,
                  false,
                  settings.writeThrough,
                  settings.maximumSize,
                  settings.maximumWeight,
                  settings.shards,
                  settings.hashSeed,
                  settings.evictionEvents,
                  settings.statistics,
                  settings.listeners,
                  settings.registered,
                  settings.mischief),
          settings ->
              new Settings(
                  settings.form,
                  settings.typed,
                  settings.expiry,
                  settings.duration,
                  false,
                  false,
                  settings.writeThrough,
                  settings.maximumSize,
                  settings.maximumWeight,
                  settings.shards,
                  settings.hashSeed,
                  settings.evictionEvents,
                  settings.statistics,
                  settings.listeners,
                  settings.registered,
                  settings.mischief),
          settings ->
              new Settings(
                  settings.form,
                  settings.typed,
                  settings.expiry,
                  settings.duration,
                  settings.loader,
                  settings.readThrough,
                  false,
                  settings.maximumSize,
                  settings.maximumWeight,
                  settings.shards,
                  settings.hashSeed,
                  settings.evictionEvents,
                  settings.statistics,
                  settings.listeners,
                  settings.registered,
                  settings.mischief),
          settings ->
              new Settings(
                  settings.form,
                  settings.typed,
                  settings.expiry,
                  settings.duration,
                  settings.loader,
                  settings.readThrough,
                  settings.writeThrough,
                  0,
                  0,
                  settings.shards,
                  settings.hashSeed,
                  settings.evictionEvents,
                  settings.statistics,
                  settings.listeners,
                  settings.registered,
                  settings.mischief),
          settings ->
              new Settings(
                  settings.form,
                  settings.typed,
                  settings.expiry,
                  settings.duration,
                  settings.loader,
                  settings.readThrough,
                  settings.writeThrough,
                  settings.maximumSize,
                  settings.maximumWeight,
                  1,
                  settings.hashSeed,
                  settings.evictionEvents,
                  settings.statistics,
                  settings.listeners,
                  settings.registered,
                  settings.mischief),
          settings ->
              new Settings(
                  settings.form,
                  settings.typed,
                  settings.expiry,
                  settings.duration,
                  settings.loader,
                  settings.readThrough,
                  settings.writeThrough,
                  settings.maximumSize,
                  settings.maximumWeight,
                  settings.shards,
                  settings.hashSeed,
                  null,
                  settings.statistics,
                  settings.listeners,
                  settings.registered,
                  settings.mischief),
          settings ->
              new Settings(
                  settings.form,
                  settings.typed,
                  settings.expiry,
                  settings.duration,
                  settings.loader,
                  settings.readThrough,
                  settings.writeThrough,
                  settings.maximumSize,
                  settings.maximumWeight,
                  settings.shards,
                  settings.hashSeed,
                  settings.evictionEvents,
                  false,
                  settings.listeners,
                  settings.registered,
                  settings.mischief),
          settings ->
              new Settings(
                  settings.form,
                  settings.typed,
                  settings.expiry,
                  settings.duration,
                  settings.loader,
                  settings.readThrough,
                  settings.writeThrough,
                  settings.maximumSize,
                  settings.maximumWeight,
                  settings.shards,
                  settings.hashSeed,
                  settings.evictionEvents,
                  settings.statistics,
                  settings.listeners,
                  0,
                  settings.mischief),
          settings ->
              new Settings(
                  settings.form,
                  settings.typed,
                  settings.expiry,
                  settings.duration,
                  settings.loader,
                  settings.readThrough,
                  settings.writeThrough,
                  settings.maximumSize,
                  settings.maximumWeight,
                  settings.shards,
                  settings.hashSeed,
                  settings.evictionEvents,
                  settings.statistics,
                  settings.listeners,
                  Math.min(1, settings.registered),
                  settings.mischief));

  private static final long[] MILLIS = {0, 1, 250, 1_000, 5_000, 15_000, 60_000, 3_600_000};

  static Settings of(long seed) {
    Choices choices = new Choices();
    choices.reset(seed);
    boolean weighted = choices.oneIn(4);
    boolean sized = !weighted && choices.oneIn(3);
    boolean listened = !choices.oneIn(4);
    boolean loader = !choices.oneIn(3);
    return new Settings(
        choices.of(
            Form.REFERENCE,
            Form.REFERENCE,
            Form.REFERENCE,
            Form.IMMUTABLE,
            Form.COPIED,
            Form.COPIED,
            Form.SERIALIZED,
            Form.SERIALIZED,
            Form.SERIALIZED,
            Form.JAVA),
        choices.oneIn(2),
        choices.oneIn(3) ? Expiry.CUSTOM : choices.of(Expiry.values()),
        duration(choices),
        loader,
        loader && !choices.oneIn(3),
        choices.oneIn(2),
        sized ? choices.of(1L, 2L, 5L, 100L) : 0,
        weighted ? choices.of(1L, 3L, 8L, 1_000L) : 0,
        choices.of(1, 1, 4),
        choices.next(),
        choices.of(null, EvictionEvents.REMOVED, EvictionEvents.EVICTED_ONLY, EvictionEvents.NONE),
        !choices.oneIn(4),
        List.of(listening(choices), listening(choices), listening(choices), listening(choices)),
        listened ? choices.below(4) : 0,
        choices.of(0, 10, 40, 150, 300));
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
}
