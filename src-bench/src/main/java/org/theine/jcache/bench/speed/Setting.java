package org.theine.jcache.bench.speed;

import java.util.concurrent.TimeUnit;
import javax.cache.configuration.Factory;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;

/** How a cache is configured; by reference and eternal unless said otherwise. */
public enum Setting {
  /** Bounded to 1.25 times the keys: the policy is at work, but nothing is evicted. */
  ROOMY,

  /** Bounded to a tenth of the keys. */
  TIGHT,

  /** Without a bound. */
  UNBOUNDED,

  /** {@link #ROOMY}; entries expire an hour after their creation. */
  CREATED_1H(CreatedExpiryPolicy.factoryOf(Duration.ONE_HOUR)),

  /** {@link #ROOMY}; entries expire five minutes after their creation. */
  CREATED_5MIN(CreatedExpiryPolicy.factoryOf(Duration.FIVE_MINUTES)),

  /** {@link #ROOMY}; entries expire five seconds after their creation. */
  CREATED_5S(CreatedExpiryPolicy.factoryOf(new Duration(TimeUnit.SECONDS, 5))),

  /** {@link #ROOMY}; entries expire an hour after their last use. */
  TOUCHED(TouchedExpiryPolicy.factoryOf(Duration.ONE_HOUR)),

  /** {@link #ROOMY}; entries expire an hour after they were last read. */
  ACCESSED(AccessedExpiryPolicy.factoryOf(Duration.ONE_HOUR)),

  /** {@link #ROOMY}; all entries expire at one moment, see {@link Until}. */
  TOGETHER(Until::new),

  /** {@link #ROOMY}, but by weight: each entry weighs 1. Only of those that can. */
  WEIGHTED,

  /** {@link #ROOMY}; hits, misses and times are counted. */
  STATISTICS,

  /** {@link #ROOMY}; keys and values are copied. */
  BY_VALUE,

  /** {@link #ROOMY}; a synchronous listener hears of creations and updates. */
  LISTENER,

  /** {@link #TIGHT}, and what is missing is loaded: each key is its own value. */
  READ_THROUGH;

  private final Factory<? extends ExpiryPolicy> expiry;

  Setting() {
    this(EternalExpiryPolicy.factoryOf());
  }

  Setting(Factory<? extends ExpiryPolicy> expiry) {
    this.expiry = expiry;
  }

  Factory<? extends ExpiryPolicy> expiry() {
    return expiry;
  }

  boolean expires() {
    return !(expiry.create() instanceof EternalExpiryPolicy);
  }

  /** How long an unused entry of one that expires lives. */
  java.time.Duration life() {
    Duration life = expiry.create().getExpiryForCreation();
    return java.time.Duration.of(life.getDurationAmount(), life.getTimeUnit().toChronoUnit());
  }

  /** Whether uses of an entry prolong its life. */
  boolean prolongs() {
    return this == TOUCHED || this == ACCESSED;
  }

  /** Whether entries may expire before a run is over. */
  boolean isBrief() {
    return this == CREATED_5S;
  }

  boolean evicts() {
    return this == TIGHT || this == READ_THROUGH;
  }

  /** The bound for so many keys; 0 for none. */
  long maximum(int keys) {
    return this == UNBOUNDED ? 0 : evicts() ? Math.max(1, keys / 10) : keys + keys / 4;
  }
}
