package org.theine.jcache.races;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.cache.configuration.Factory;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import org.jspecify.annotations.Nullable;

/** What the cache is like on which operations meet. */
enum Setting {
  PLAIN(""),
  WRITE_THROUGH("writes"),
  READ_THROUGH("reads"),
  THROUGH("reads writes"),
  THROUGH_LISTENED("reads writes listens"),
  BOUND_1("listens bound1"),
  BOUND_2("bound2"),
  BOUND_1_THROUGH("reads writes listens bound1"),
  CREATED_EXPIRY("listens created"),
  ACCESSED_EXPIRY("listens accessed"),
  LISTENED("listens"),
  BY_VALUE("byValue"),
  ASKING("asks"),
  EVERYTHING("reads writes listens byValue accessed bound2 asks");

  static final long LIFE_SECONDS = 5;

  /** By which the time is turned: longer than a life. */
  static final long TURN_SECONDS = 6;

  /** A value from the store behind. */
  private static final int BEHIND = 7;

  private final String features;

  Setting(String features) {
    this.features = features;
  }

  private boolean has(String feature) {
    return features.contains(feature);
  }

  boolean reads() {
    return has("reads");
  }

  boolean writes() {
    return has("writes");
  }

  boolean listens() {
    return has("listens");
  }

  boolean byValue() {
    return has("byValue");
  }

  boolean expires() {
    return has("created") || has("accessed");
  }

  boolean touches() {
    return has("accessed");
  }

  /** Entries, or 0 if there is no bound. */
  int maximum() {
    return has("bound1") ? 1 : has("bound2") ? 2 : 0;
  }

  /** Whether there are a weigher and an expiry policy of the user's. */
  boolean asks() {
    return has("asks");
  }

  Factory<? extends ExpiryPolicy> expiry() {
    Duration life = new Duration(TimeUnit.SECONDS, LIFE_SECONDS);
    if (has("created")) {
      return CreatedExpiryPolicy.factoryOf(life);
    }
    Duration sinceAccess = has("accessed") ? life : Duration.ETERNAL;
    return asks() ? () -> new Asked(sinceAccess) : AccessedExpiryPolicy.factoryOf(sinceAccess);
  }

  /** As AccessedExpiryPolicy, but with code of the user's own. */
  private record Asked(Duration life) implements ExpiryPolicy {
    @Override
    public Duration getExpiryForCreation() {
      Callback.CREATION_EXPIRY.reached();
      return life;
    }

    @Override
    public Duration getExpiryForAccess() {
      Callback.ACCESS_EXPIRY.reached();
      return life;
    }

    @Override
    public @Nullable Duration getExpiryForUpdate() {
      Callback.UPDATE_EXPIRY.reached();
      return null;
    }
  }

  /** How a round can begin for a key: present with value 0, or absent. */
  List<KeyState> beginnings() {
    List<KeyState> beginnings = new ArrayList<>();
    beginnings.add(new KeyState(this, KeyState.NOTHING, KeyState.NOTHING));
    beginnings.add(new KeyState(this, 0, writes() ? 0 : KeyState.NOTHING));
    if (reads() || writes()) {
      beginnings.add(new KeyState(this, KeyState.NOTHING, BEHIND));
    }
    if (reads() && !writes()) {
      beginnings.add(new KeyState(this, 0, BEHIND));
    }
    return beginnings;
  }
}
