package org.theine.jcache.bench.speed;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.cache.expiry.ExpiryPolicy;
import org.jspecify.annotations.Nullable;

/**
 * What is created before a moment expires at it, all at once; what is created later lives an hour.
 * Reads and updates change nothing. Safe for use by several threads.
 */
public final class Until implements ExpiryPolicy {
  private static final long LATER_MILLIS = TimeUnit.HOURS.toMillis(1);

  private static volatile long moment;

  Until() {}

  /**
   * Sets the moment for all caches of this virtual machine.
   *
   * @param epochMillis as {@link System#currentTimeMillis} counts
   */
  public static void moment(long epochMillis) {
    moment = epochMillis;
  }

  private static long leftMillis() {
    long left = moment - System.currentTimeMillis();
    return left > 0 ? left : LATER_MILLIS;
  }

  @Override
  public javax.cache.expiry.Duration getExpiryForCreation() {
    return new javax.cache.expiry.Duration(TimeUnit.MILLISECONDS, leftMillis());
  }

  @Override
  public javax.cache.expiry.@Nullable Duration getExpiryForAccess() {
    return null;
  }

  @Override
  public javax.cache.expiry.@Nullable Duration getExpiryForUpdate() {
    return null;
  }

  /** The same for Ehcache's own interface. */
  static final class OfEhcache implements org.ehcache.expiry.ExpiryPolicy<Object, Object> {

    @Override
    public Duration getExpiryForCreation(Object key, Object value) {
      return Duration.ofMillis(leftMillis());
    }

    @Override
    public @Nullable Duration getExpiryForAccess(Object key, Supplier<?> value) {
      return null;
    }

    @Override
    public @Nullable Duration getExpiryForUpdate(
        Object key, Supplier<?> oldValue, Object newValue) {
      return null;
    }
  }
}
