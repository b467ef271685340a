package org.theine.jcache.simulation;

import java.util.function.Supplier;
import javax.cache.CacheException;
import javax.cache.expiry.Duration;
import org.jspecify.annotations.Nullable;

/** What the model asks of the plug-ins about values: forms, weights, durations. */
final class ModelValues {
  private final World world;
  private final PlugIns plugIns;

  ModelValues(World world) {
    this.world = world;
    this.plugIns = world.plugIns;
  }

  interface Attempt {
    @Nullable Object run() throws Exception;
  }

  Object stored(Val value) {
    return switch (world.settings.form()) {
      case REFERENCE, IMMUTABLE -> value;
      case JAVA -> value.copy(null);
      case COPIED -> byValue(() -> plugIns.copier == null ? null : plugIns.copier.copy(value));
      case SERIALIZED ->
          byValue(() -> plugIns.serializer == null ? null : plugIns.serializer.serialize(value));
    };
  }

  Val given(Object stored) {
    return switch (world.settings.form()) {
      case REFERENCE, IMMUTABLE -> (Val) stored;
      case JAVA -> ((Val) stored).copy(null);
      case COPIED ->
          (Val) byValue(() -> plugIns.copier == null ? null : plugIns.copier.copy(stored));
      case SERIALIZED ->
          (Val)
              byValue(
                  () ->
                      plugIns.serializer == null
                          ? null
                          : plugIns.serializer.deserialize((byte[]) stored));
    };
  }

  private static Object byValue(Attempt attempt) {
    Object result;
    try {
      result = attempt.run();
    } catch (CacheException e) {
      throw e;
    } catch (Exception | StackOverflowError e) {
      throw failure("copying failed", e);
    }
    if (result == null) {
      throw failure("copied to null", null);
    }
    return result;
  }

  static CacheException failure(String what, @Nullable Throwable cause) {
    return new CacheException("cache '" + Settings.CACHE + "': " + what, cause);
  }

  int weigh(Key key, Val value) {
    if (plugIns.weigher == null) {
      return 1;
    }
    int weight;
    try {
      weight = plugIns.weigher.weigh(key, value);
    } catch (Exception e) {
      throw failure("weigher", e);
    }
    if (weight < 0) {
      throw failure("negative weight", null);
    }
    return weight;
  }

  /** Of a new value: what is not answered is eternal. */
  long creation() {
    return nanos(plugIns.expiry::getExpiryForCreation, ModelEntries.NEVER);
  }

  long update() {
    return nanos(plugIns.expiry::getExpiryForUpdate, ModelEntries.UNCHANGED);
  }

  long access() {
    return nanos(plugIns.expiry::getExpiryForAccess, ModelEntries.UNCHANGED);
  }

  private static long nanos(Supplier<@Nullable Duration> question, long otherwise) {
    Duration duration;
    try {
      duration = question.get();
    } catch (Exception e) {
      return otherwise;
    }
    if (duration == null) {
      return otherwise;
    }
    long nanos =
        duration.isEternal()
            ? ModelEntries.NEVER
            : duration.getTimeUnit().toNanos(duration.getDurationAmount());
    return nanos > ModelEntries.NEVER / 2 ? ModelEntries.NEVER : nanos;
  }
}
