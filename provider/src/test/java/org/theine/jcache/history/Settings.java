package org.theine.jcache.history;

import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;

/** The kinds of caches on which histories run. */
final class Settings {
  /** Ticks that an entry lives; a little less, so that a sweep finds it when they have gone by. */
  private static final int LIFE = 2;

  private static final Duration LIFETIME = lifetime(LIFE);

  private static final int UNCHANGED = ExpiryModel.UNCHANGED;

  private Settings() {}

  private static Duration lifetime(int ticks) {
    return new Duration(
        TimeUnit.MILLISECONDS, TimeUnit.NANOSECONDS.toMillis(Subject.TICK_NANOS) * ticks - 500);
  }

  static Setting plain(int threads) {
    return new Setting("plain, threads " + threads, threads, 2, BoundModel.unbounded());
  }

  static Setting bounded(int maximum) {
    return new Setting("maximum " + maximum + " of 3", 2, 3, BoundModel.bounded(maximum))
        .jointly()
        .with((cache, subject) -> cache.setMaximumSize(maximum));
  }

  static Setting accessed() {
    return new Setting("accessed expiry", 2, 2, new ExpiryModel(LIFE, UNCHANGED, LIFE))
        .expiring(new AccessedExpiryPolicy(LIFETIME));
  }

  private static Setting weighted(String name) {
    return new Setting(name, 2, 3, BoundModel.weighted(4, Settings::weightOf))
        .jointly()
        .with(
            (cache, subject) ->
                cache.setMaximumWeight(4, () -> (key, value) -> slowlyWeighed(value)));
  }

  static Stream<Setting> all() {
    return Stream.concat(simple(), combined());
  }

  private static Stream<Setting> simple() {
    return Stream.of(
        plain(2),
        plain(3),
        plain(4),
        new Setting("eight shards", 2, 2, BoundModel.unbounded())
            .with((cache, subject) -> cache.setShards(8)),
        new Setting("growing", 2, 2, BoundModel.unbounded()).filled(),
        new Setting("colliding", 2, 2, BoundModel.unbounded()).colliding(),
        new Setting("by value", 2, 2, BoundModel.unbounded())
            .with((cache, subject) -> cache.setStoreByValue(true)),
        bounded(1),
        bounded(2),
        bounded(3),
        weighted("weighted"),
        new Setting("created expiry", 2, 2, new ExpiryModel(LIFE, UNCHANGED, UNCHANGED))
            .expiring(new CreatedExpiryPolicy(LIFETIME)),
        new Setting("modified expiry", 2, 2, new ExpiryModel(LIFE, LIFE, UNCHANGED))
            .expiring(new ModifiedExpiryPolicy(LIFETIME)),
        accessed(),
        new Setting("touched expiry, threads 3", 3, 2, new ExpiryModel(LIFE, LIFE, LIFE))
            .expiring(new TouchedExpiryPolicy(LIFETIME))
            .listening(true),
        new Setting("read-through", 2, 2, BoundModel.unbounded()).readingThrough(),
        new Setting("read-through, threads 3", 3, 2, BoundModel.unbounded()).readingThrough(),
        new Setting(
                "read-through and expiry", 2, 2, new ExpiryModel(LIFE, UNCHANGED, UNCHANGED, true))
            .readingThrough()
            .expiring(new CreatedExpiryPolicy(LIFETIME)),
        new Setting("write-through", 2, 2, BoundModel.unbounded()).writingThrough(),
        new Setting("read- and write-through", 2, 2, BoundModel.unbounded())
            .readingThrough()
            .writingThrough(),
        new Setting("listener", 2, 2, BoundModel.unbounded()).listening(true),
        new Setting("asynchronous listener", 2, 2, BoundModel.unbounded()).listening(false),
        new Setting("listener, maximum 2 of 3", 3, 3, BoundModel.bounded(2))
            .jointly()
            .with((cache, subject) -> cache.setMaximumSize(2))
            .listening(true));
  }

  /** What has more than one of all that a cache can have. */
  private static Stream<Setting> combined() {
    return Stream.of(
        new Setting("expiry of its own", 2, 2, new ExpiryModel(LIFE, LIFE + 1, LIFE - 1))
            .expiring(new Lives(LIFETIME, lifetime(LIFE + 1), lifetime(LIFE - 1)))
            .listening(true),
        new Setting("by value, copier", 2, 2, BoundModel.unbounded())
            .with(
                (cache, subject) ->
                    cache.setStoreByValue(true).setCopierFactory(() -> Plugs::copy)),
        new Setting("by value, serialiser, read-through", 2, 2, BoundModel.unbounded())
            .readingThrough()
            .with(
                (cache, subject) ->
                    cache.setStoreByValue(true).setSerializerFactory(() -> new Plugs.Bytes())),
        weighted("weighted, listener").listening(true),
        new Setting("writer, listener, clear", 2, 2, BoundModel.unbounded())
            .writingThrough()
            .listening(true)
            .clearing(),
        new Setting("reads what it wrote, clear", 2, 2, BoundModel.unbounded())
            .readingThrough()
            .writingThrough()
            .readingBack()
            .clearing());
  }

  /** An expiry policy that tells apart what JCache's own do not. */
  private record Lives(
      Duration getExpiryForCreation, Duration getExpiryForUpdate, Duration getExpiryForAccess)
      implements ExpiryPolicy {}

  private static int slowlyWeighed(Stamp value) {
    Worker.pauseInside();
    return weightOf(value.code());
  }

  /** One to three. */
  private static int weightOf(int code) {
    return code % 3 + 1;
  }
}
